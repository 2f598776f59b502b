//! `wire-check FOLDER < wire.json`: reads the sandbox's record of requests and prints their deviations from
//! the OpenAPI documents in the folder, one a line. For tests that are not in Rust.

#![forbid(unsafe_code)]

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use wire_check::{Documents, RecordedRequest};

fn main() -> ExitCode {
    match run() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("wire-check: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Prints the findings and returns their number.
fn run() -> Result<usize> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let documents = Documents::read(&folder.context("usage: wire-check FOLDER < wire.json")?)?;
    let wire: Vec<RecordedRequest> = serde_json::from_reader(io::stdin().lock())
        .context("standard input is not a record of requests")?;
    let mut count = 0;
    for (number, sent) in wire.iter().enumerate() {
        if sent.call == "preflight" {
            continue;
        }
        for finding in documents.findings(sent)? {
            println!("{number} {} {}: {finding}", sent.method, sent.path);
            count += 1;
        }
    }
    Ok(count)
}

//! The doctor's command line: where it takes its plan from, and its messages about a configuration.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "command_line/authority.rs"]
mod authority;
#[path = "command_line/configuration.rs"]
mod configuration;
#[path = "command_line/probe.rs"]
mod probe;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sandbox::Running;

/// The doctor with these arguments and variables, and none of this process's own.
fn doctor(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_doctor"))
        .args(arguments)
        .env_remove("SSL_CERT_FILE")
        .env_remove("SSL_CERT_DIR")
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// A file for one test.
fn write(name: &str, text: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, text).unwrap();
    file
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The calls of a kind that the sandbox received.
fn wire(server: &Running, call: &str) -> Vec<serde_json::Value> {
    let mut all = whole_wire(server);
    all.retain(|entry| entry["call"] == call);
    all
}

/// All calls that the sandbox received.
fn whole_wire(server: &Running) -> Vec<serde_json::Value> {
    serde_json::from_str(&control(server, "GET", "wire", "")).unwrap()
}

/// A request to the sandbox's control API, and the body of its response.
fn control(server: &Running, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    let request = format!(
        "{method} /__sandbox/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let (_, body) = response.split_once("\r\n\r\n").unwrap();
    body.to_owned()
}

/// The outcome and the text of a check in a JSON report.
fn check(output: &Output, id: &str) -> Option<(String, String)> {
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(output)));
    let checks = report["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["id"] == id)?;
    let text = |key: &str| check[key].as_str().unwrap().to_owned();
    Some((text("outcome"), text("found")))
}

/// Asserts the outcome of a check.
#[track_caller]
fn assert_outcome(output: &Output, id: &str, outcome: &str) {
    let (found, text) = check(output, id).unwrap_or_else(|| panic!("{id}: {}", stderr(output)));
    assert_eq!(found, outcome, "{id}: {text}");
}

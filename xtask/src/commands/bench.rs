//! `cargo xtask bench`: speed and size of the built portal in a browser that emulates a slow phone, in
//! comparison with a hand-written page and with other built sites.
//!
//! The measurements are in `bench/`; this module builds, serves, and passes the options on.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use super::arguments;
use crate::build::portal;
use crate::setup::{packages, paths, process, system::Program};

/// Measure the built portal in a browser that emulates a slow phone
///
/// Every first visit is without a cache, with a round-trip time of 150 ms, 1.6 Mbit/s down, 750 kbit/s up,
/// and a processor four times slower; the sites take turns. docs/performance.md explains the numbers. A
/// missed target is printed and is no failure.
#[derive(clap::Args)]
pub struct Options {
    /// Visit each site N times; 0 only with --lighthouse
    #[arg(long, value_name = "N", default_value_t = 7)]
    runs: u32,
    /// Measure this folder of a built site as well (may be given again)
    #[arg(long = "peer", value_name = "NAME=DIR")]
    peers: Vec<String>,
    /// Run Lighthouse for / and /staff, too
    #[arg(long)]
    lighthouse: bool,
    /// Measure the existing builds of dist/ and the sandbox
    #[arg(long)]
    no_build: bool,
    /// Only the micro-benchmarks of crates/input and crates/contract
    #[arg(long, exclusive = true)]
    micro: bool,
    /// Write the report to this file, too, as JSON
    #[arg(long, value_name = "FILE", value_parser = arguments::path)]
    out: Option<PathBuf>,
}

/// `cargo xtask bench`
pub fn command(options: &Options) -> Result<ExitCode> {
    if options.micro {
        process::run(&mut process::cargo(
            "bench --package input --package contract",
        ))?;
    } else {
        bench(options)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn bench(options: &Options) -> Result<()> {
    let some = options.runs > 0 || options.lighthouse;
    ensure!(some, "--runs 0 needs --lighthouse");
    let chromium = Program::Chromium.installed()?;
    packages::install_npm()?;
    portal::build_unless(options.no_build)?;
    let compiled = paths::target().join("bench");
    let mut tsc = packages::npm_program("tsc");
    tsc.arg("--project").arg(paths::root().join("bench"));
    tsc.args(["--noEmit", "false", "--outDir"]).arg(&compiled);
    process::run(&mut tsc)?;

    let mut node = Command::new("node");
    node.current_dir(paths::e2e())
        .arg(compiled.join("main.mjs"))
        .arg("--sandbox")
        .arg(paths::program("sandbox"));
    node.arg("--portal").arg(paths::dist());
    node.args(["--runs", &options.runs.to_string()]);
    node.arg("--chromium").arg(chromium);
    node.arg("--hand-written")
        .arg(paths::root().join("bench/hand-written"));
    for peer in &options.peers {
        // Node runs in another folder.
        let (name, folder) = peer.split_once('=').context("--peer takes NAME=DIR")?;
        let folder = fs::canonicalize(folder).with_context(|| format!("there is no {folder}"))?;
        node.args(["--peer", &format!("{name}={}", folder.display())]);
    }
    if options.lighthouse {
        node.arg("--lighthouse");
    }
    if let Some(out) = &options.out {
        node.arg("--out").arg(out);
    }
    process::run(&mut node)
}

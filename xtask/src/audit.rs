//! What others have written: under which licences, from where, and whether something is known to be
//! wrong with it. Without a network the known faults cannot be asked for, and the stage counts as skipped.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::stages::Provided;
use crate::{node, places, process};

/// The name of the part that is skipped where the known faults cannot be asked for.
pub const ADVISORIES: &str = "advisories";

/// Audits the Rust crates, where there is cargo-deny, and the npm packages. Returns what could not be
/// looked at.
pub fn check(with: &Provided) -> Result<Vec<&'static str>> {
    let deny = with.tools.program("cargo-deny");
    let crates = deny.map_or(Ok(true), |deny| rust_crates(&deny))?;
    let packages = npm_packages()?;
    Ok(if crates && packages {
        vec![]
    } else {
        vec![ADVISORIES]
    })
}

/// Whether the known faults could be asked for.
fn rust_crates(deny: &Path) -> Result<bool> {
    process::run(cargo_deny(deny).args(["check", "bans", "licenses", "sources"]))?;
    // By itself, since a database that cannot be fetched and a crate that is in it fail alike.
    if let Err(error) = process::output(cargo_deny(deny).args(["fetch", "db"])) {
        left_out("crates", &error);
        return Ok(false);
    }
    process::run(cargo_deny(deny).args(["check", "--disable-fetch", "advisories"]))?;
    Ok(true)
}

fn cargo_deny(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(places::root()).arg("--locked");
    command
}

/// Tools of the tests only: nothing of them reaches a person. So what is grave counts.
/// Returns whether the known faults could be asked for.
fn npm_packages() -> Result<bool> {
    let mut npm = node::npm()?;
    npm.current_dir(places::e2e())
        .args(["audit", "--json", "--audit-level", "high"])
        .stderr(Stdio::null());
    println!("$ {}", process::shown(&npm));
    let answer = npm.output().context("cannot run npm")?;
    let report = String::from_utf8_lossy(&answer.stdout);
    if !is_report(&report) {
        left_out("npm packages", &anyhow::anyhow!("no report"));
        return Ok(false);
    }
    if !answer.status.success() {
        bail!("npm knows of a grave fault in a package of e2e/:\n{report}");
    }
    Ok(true)
}

/// Whether npm was told something: an answer that is an error looks different.
fn is_report(text: &str) -> bool {
    text.contains("\"auditReportVersion\"")
}

fn left_out(what: &str, why: &anyhow::Error) {
    let why = why.to_string();
    println!(
        "left out: known faults of {what} cannot be asked for here ({})",
        why.lines().next().unwrap_or_default()
    );
}

#[cfg(test)]
mod tests {
    use super::is_report;

    #[test]
    fn a_registry_that_does_not_answer_is_no_finding() {
        assert!(is_report(
            r#"{ "auditReportVersion": 2, "vulnerabilities": {} }"#
        ));
        assert!(!is_report(
            r#"{ "message": "request failed", "error": { "summary": "" } }"#
        ));
        assert!(!is_report(""));
    }
}

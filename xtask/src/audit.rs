//! What others have written: under which licences, from where, and whether something is known to be
//! wrong with it. Without a network the known faults cannot be asked for; that is said, and no more.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{node, places, process};

/// Audits the Rust crates and the npm packages.
pub fn check(deny: &Path) -> Result<()> {
    process::run(cargo_deny(deny).args(["check", "bans", "licenses", "sources"]))?;
    // By itself, since a database that cannot be fetched and a crate that is in it fail alike.
    match process::output(cargo_deny(deny).args(["fetch", "db"])) {
        Ok(_) => process::run(cargo_deny(deny).args(["check", "--disable-fetch", "advisories"]))?,
        Err(error) => left_out("crates", &error),
    }
    npm_packages()
}

fn cargo_deny(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(places::root()).arg("--locked");
    command
}

/// Tools of the tests only: nothing of them reaches a person. So what is grave counts.
fn npm_packages() -> Result<()> {
    let mut npm = node::npm()?;
    npm.current_dir(places::e2e())
        .args(["audit", "--json", "--audit-level", "high"])
        .stderr(Stdio::null());
    println!("$ {}", process::shown(&npm));
    let answer = npm.output().context("cannot run npm")?;
    let report = String::from_utf8_lossy(&answer.stdout);
    if !is_report(&report) {
        left_out("npm packages", &anyhow::anyhow!("no report"));
    } else if !answer.status.success() {
        bail!("npm knows of a grave fault in a package of e2e/:\n{report}");
    }
    Ok(())
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

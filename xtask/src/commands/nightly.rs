//! `cargo xtask nightly`: the checks that take too long for every change. Each part is a long run of
//! another command, and can be run by its name.

use std::process::{Command, ExitCode};

use anyhow::Result;
use clap::builder::PossibleValuesParser;

use crate::setup::{packages, process, system::Program};

/// Run the checks that take too long for every change
///
/// The last line is `N passed, N failed`, counting parts. LOGISTRATION_SOAK is the number of people that
/// the part `soak` signs in, one after the other in one tab (default: 1000); `chromium` runs the journeys in
/// Chromium itself, not in its headless shell, with those that `test` leaves out, and `chromium-108` many of them in the oldest that the portal works
/// in. LOGISTRATION_TRAFFIC_MINUTES is the duration of the part `traffic` (default: 30).
#[derive(clap::Args)]
pub struct Options {
    /// Only this part
    #[arg(value_parser = PossibleValuesParser::new(PARTS.map(|(name, _)| name)))]
    part: Option<String>,
}

/// The variable for the number of people that the part `soak` signs in.
const SOAK: &str = "LOGISTRATION_SOAK";

/// Journeys in the oldest Chromium in which the portal works.
const OLD_CHROMIUM: &str = "chromium-108";

/// The name and the command of each part.
const PARTS: [(&str, &[&str]); 12] = [
    ("fuzz", &["fuzz", "--seconds", "600"]),
    ("mutants", &["mutants"]),
    (
        "soak",
        &["test", "--only", "e2e", "--e2e-args", "soak.spec.ts"],
    ),
    ("chromium", &["test", "--only", "pictures", "--only", "e2e"]),
    (
        OLD_CHROMIUM,
        // Without the tests of the dark theme, which it does not have.
        &[
            "test",
            "--only",
            "floor",
            "--only",
            "e2e",
            "--e2e-args",
            "bfcache.spec",
            "connection_faults.spec",
            "input_cleaning.spec",
            "offline.spec",
            "one_time_code.spec",
            "patient.spec",
            "requests.spec",
            "service_errors.spec",
            "session.spec",
            "staff.spec",
            "validation.spec",
            "waits.spec",
        ],
    ),
    ("reproducible", &["test", "--only", "reproducible"]),
    ("commands", &["test", "--only", "commands"]),
    (
        "firefox-components",
        &["test", "--only", "firefox-components"],
    ),
    ("traffic", &["test", "--only", "traffic"]),
    ("monitoring", &["test", "--only", "monitoring"]),
    ("container", &["test", "--only", "container"]),
    ("deletions", &["test", "--only", "deletions"]),
];

/// `cargo xtask nightly`
pub fn command(options: &Options) -> Result<ExitCode> {
    let mut outcomes = Vec::new();
    for (name, words) in PARTS {
        if options.part.as_ref().is_some_and(|part| part != name) {
            continue;
        }
        let mut part = Command::new(process::this_program()?);
        // With the journeys that run at night only.
        part.args(words).env("LOGISTRATION_NIGHT", "1");
        match name {
            "soak" => part.env(
                SOAK,
                std::env::var_os(SOAK).unwrap_or_else(|| "1000".into()),
            ),
            "chromium" => part.env("CHROMIUM", Program::Chromium.installed()?),
            OLD_CHROMIUM => {
                packages::install_floor()?;
                part.env("CHROMIUM", packages::old_chromium("108"))
            }
            _ => &mut part,
        };
        let passed = process::run(&mut part).inspect_err(|error| eprintln!("{error:#}"));
        outcomes.push((name, passed.is_ok()));
    }
    println!();
    for (name, passed) in &outcomes {
        println!("{name:<12}  {}", if *passed { "passed" } else { "FAILED" });
    }
    let failed = outcomes.iter().filter(|(_, passed)| !passed).count();
    println!("{} passed, {failed} failed", outcomes.len() - failed);
    Ok(ExitCode::from(u8::from(failed > 0)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::PARTS;
    use crate::checks::stages::{ON_REQUEST, STAGES};
    use crate::setup::paths;

    #[test]
    fn workflow_runs_every_stage_and_every_nightly_part() {
        let workflow = paths::root().join(".github/workflows/ci.yml");
        let workflow = fs::read_to_string(workflow).unwrap();
        let words: Vec<&str> = workflow.split_whitespace().collect();
        let runs = |words_: &[&str]| words.windows(words_.len()).any(|found| found == words_);
        for stage in STAGES
            .iter()
            .filter(|stage| !ON_REQUEST.contains(&stage.name))
        {
            assert!(runs(&["--only", stage.name]), "{}", stage.name);
        }
        for (name, _) in PARTS {
            assert!(runs(&["-", name]), "{name}");
        }
    }
}

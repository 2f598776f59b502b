//! `cargo xtask nightly`: what takes too long for every change. Each part is another command's longest
//! form, and can be run by its name once a change touches what it covers.

use std::process::{Command, ExitCode};

use anyhow::Result;
use lexopt::{Arg, ValueExt};

use crate::arguments::Usage;
use crate::{browser, process};

const HELP: &str = "\
Run what takes too long for every change

Usage: cargo xtask nightly [NAME [ARGUMENTS]]

Parts, all of them where none is named:
  fuzz      ten minutes for each parser: cargo xtask fuzz
  soak      1,000 people one after the other in one tab: e2e/soak.spec.ts
  chromium  the journeys in Chromium itself, not its headless shell: CHROMIUM=… cargo xtask test --only e2e
  firefox   components and journeys in Firefox: cargo xtask test --firefox

Arguments after a name go to its command. LOGISTRATION_SOAK is how many people sign in (default: 1000).
The last line is `N passed, N failed`, counting parts.
";

/// How many people the part `soak` signs in.
const SOAK: &str = "LOGISTRATION_SOAK";

/// The parts: each one's name and command.
const PARTS: [(&str, &[&str]); 4] = [
    ("fuzz", &["fuzz", "--seconds", "600"]),
    (
        "soak",
        &["test", "--only", "e2e", "--e2e-args", "soak.spec.ts"],
    ),
    ("chromium", &["test", "--only", "e2e"]),
    ("firefox", &["test", "--firefox"]),
];

/// `cargo xtask nightly`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut parts = PARTS.to_vec();
    let mut arguments = Vec::new();
    match parser.next()? {
        Some(Arg::Long("help") | Arg::Short('h')) => {
            print!("{HELP}");
            return Ok(ExitCode::SUCCESS);
        }
        Some(Arg::Value(name)) => {
            let name = name.string()?;
            parts.retain(|(part, _)| *part == name);
            if parts.is_empty() {
                return Err(Usage::new(format!(
                    "there is no part '{name}'; there are {}",
                    PARTS.map(|(part, _)| part).join(", ")
                )));
            }
            arguments.extend(parser.raw_args()?);
        }
        Some(other) => return Err(other.unexpected().into()),
        None => {}
    }
    let soak = std::env::var_os(SOAK).unwrap_or_else(|| "1000".into());
    let mut failed = Vec::new();
    for (name, words) in &parts {
        let mut part = Command::new(process::this_program()?);
        part.args(*words).args(&arguments);
        match *name {
            "soak" => part.env(SOAK, &soak),
            "chromium" => part.env("CHROMIUM", browser::ready()?.chromium),
            _ => &mut part,
        };
        if let Err(error) = process::run(&mut part) {
            eprintln!("{name} failed: {error:#}");
            failed.push(*name);
        }
    }
    println!();
    for (name, _) in &parts {
        let outcome = if failed.contains(name) {
            "FAILED"
        } else {
            "passed"
        };
        println!("{name:<8}  {outcome}");
    }
    println!(
        "{} passed, {} failed",
        parts.len() - failed.len(),
        failed.len()
    );
    Ok(if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{HELP, PARTS};
    use crate::places;
    use crate::stages::Stage;

    #[test]
    fn the_workflow_runs_every_stage_and_every_nightly_part() {
        let workflow = places::root().join(".github/workflows/ci.yml");
        let workflow = fs::read_to_string(workflow).unwrap();
        let words: Vec<&str> = workflow.split_whitespace().collect();
        let runs = |words_: &[&str]| words.windows(words_.len()).any(|found| found == words_);
        for stage in Stage::ALL.into_iter().filter(|stage| stage.is_usual()) {
            assert!(runs(&["--only", stage.name()]), "{}", stage.name());
        }
        for (name, _) in PARTS {
            assert!(HELP.contains(&format!("\n  {name} ")));
            assert!(runs(&["-", name]), "{name}");
        }
    }
}

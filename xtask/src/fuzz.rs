//! `cargo xtask fuzz`: gives the parsers whatever a machine can think of, for a while. What brings one
//! down stays in fuzz/artifacts/, and belongs into a test.

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use lexopt::{Arg, ValueExt};

use crate::arguments::Usage;
use crate::tools::{self, Toolbox};
use crate::{places, process};

const HELP: &str = "\
Try the parsers of crates/contract, crates/config and crates/input with whatever a machine can think of

Usage: cargo xtask fuzz [--seconds N] [--only TARGET]

Options:
  --seconds N     how long for each target (default: 60)
  --only TARGET   answers, config, json, texts or input
  --help          show this

It needs Rust's nightly toolchain, which rustup installs, and a C++ compiler. What brings a parser down
is in fuzz/artifacts/ afterwards.
";

/// Each is a file in `fuzz/fuzz_targets/` and a folder of samples in `fuzz/corpus/`.
const TARGETS: [&str; 5] = ["answers", "config", "json", "texts", "input"];

/// `cargo xtask fuzz`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut seconds = 60_u32;
    let mut targets = TARGETS.to_vec();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("seconds") => {
                let text = parser.value()?.string()?;
                // 0 would be for ever.
                seconds = text
                    .parse()
                    .ok()
                    .filter(|seconds| *seconds > 0)
                    .ok_or_else(|| Usage::new("--seconds takes a whole number, at least 1"))?;
            }
            Arg::Long("only") => {
                let name = parser.value()?.string()?;
                targets.retain(|target| *target == name);
                if targets.is_empty() {
                    return Err(Usage::new(format!(
                        "there is no target '{name}'; there are {}",
                        TARGETS.join(", ")
                    )));
                }
            }
            other => return Err(other.unexpected().into()),
        }
    }
    fuzz(&targets, seconds)?;
    Ok(ExitCode::SUCCESS)
}

fn fuzz(targets: &[&str], seconds: u32) -> Result<()> {
    tools::nightly()?;
    let mut tools = Toolbox::default();
    tools.add_cargo_fuzz()?;
    tools::tidy()?;
    let build = places::target().join("fuzz");
    for target in targets {
        // What it finds out goes here, and not among the samples.
        let learnt = build.join("corpus").join(target);
        fs::create_dir_all(&learnt).with_context(|| format!("cannot make {}", learnt.display()))?;
        let samples = places::root().join("fuzz").join("corpus").join(target);
        let mut command = Command::new("rustup");
        tools.lend(&mut command)?;
        process::run(
            command
                .current_dir(places::root())
                .args([
                    "run",
                    "nightly",
                    "cargo",
                    "fuzz",
                    "run",
                    "--fuzz-dir",
                    "fuzz",
                ])
                .arg(target)
                .args([&learnt, &samples])
                .arg("--")
                .arg(format!("-max_total_time={seconds}"))
                // Longer ones find nothing new; a second for one would be a finding.
                .args(["-max_len=4096", "-timeout=10", "-verbosity=0"])
                .args(["-print_final_stats=1"])
                .env("CARGO_TARGET_DIR", &build),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::TARGETS;
    use crate::places;

    #[test]
    fn every_target_is_there_with_samples() {
        let fuzz = places::root().join("fuzz");
        for target in TARGETS {
            assert!(fuzz.join(format!("fuzz_targets/{target}.rs")).is_file());
            assert!(fuzz.join("corpus").join(target).is_dir());
        }
        let files = std::fs::read_dir(fuzz.join("fuzz_targets")).unwrap();
        assert_eq!(files.count(), TARGETS.len());
    }
}

//! `cargo xtask fuzz`: gives the parsers whatever a machine can think of, for a while. What brings one
//! down stays in fuzz/artifacts/, and belongs into a test.

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;

use crate::tools::{self, Tool, Toolbox};
use crate::{places, process};

/// Try the parsers of crates/contract, crates/config and crates/input with whatever a machine can think of
///
/// It needs Rust's nightly toolchain, which rustup installs, and a C++ compiler. What brings a parser down
/// is in fuzz/artifacts/ afterwards.
#[derive(clap::Args)]
pub struct Options {
    /// How long for each target
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
    /// Only this target
    #[arg(long, value_name = "TARGET", value_parser = PossibleValuesParser::new(TARGETS))]
    only: Option<String>,
}

/// Each is a file in `fuzz/fuzz_targets/` and a folder of samples in `fuzz/corpus/`.
const TARGETS: [&str; 5] = ["answers", "config", "json", "texts", "input"];

/// `cargo xtask fuzz`
pub fn command(options: &Options) -> Result<ExitCode> {
    tools::nightly()?;
    let tools = Toolbox::with(&[Tool::CargoFuzz])?;
    let build = places::target().join("fuzz");
    let wanted = |target: &&str| options.only.as_ref().is_none_or(|only| only == target);
    for target in TARGETS.into_iter().filter(wanted) {
        // What it finds out goes here, and not among the samples.
        let learnt = build.join("corpus").join(target);
        fs::create_dir_all(&learnt).with_context(|| format!("cannot make {}", learnt.display()))?;
        let samples = places::root().join("fuzz").join("corpus").join(target);
        let mut command = Command::new("rustup");
        tools.lend(&mut command)?;
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
            .arg(format!("-max_total_time={}", options.seconds))
            // Longer ones find nothing new; a second for one would be a finding.
            .args(["-max_len=4096", "-timeout=10", "-verbosity=0"])
            .args(["-print_final_stats=1"])
            .env("CARGO_TARGET_DIR", &build);
        process::run(&mut command)?;
    }
    Ok(ExitCode::SUCCESS)
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

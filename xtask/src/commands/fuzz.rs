//! `cargo xtask fuzz`: fuzzes the parsers for a limited time. Inputs that crash one are kept in
//! fuzz/artifacts/; add a test for each.

use std::ffi::OsString;
use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::setup::tools::{Tool, Toolbox};
use crate::setup::{paths, process};

/// Fuzz the parsers of crates/contract, crates/config and crates/input, and the scrubber of crates/recording
///
/// This needs Rust's nightly toolchain, which rustup installs, and a C++ compiler. Inputs that crash a
/// parser are kept in fuzz/artifacts/.
#[derive(clap::Args)]
pub struct Options {
    /// The time for each target, in seconds
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
    /// Only this target
    #[arg(long, value_name = "TARGET")]
    only: Option<String>,
}

/// `cargo xtask fuzz`
pub fn command(options: &Options) -> Result<ExitCode> {
    let tools = Toolbox::with(&[Tool::CargoFuzz])?;
    let build = paths::target().join("fuzz");
    let corpus = paths::root().join("fuzz").join("corpus");
    let mut targets: Vec<OsString> = options.only.iter().map(Into::into).collect();
    if targets.is_empty() {
        for folder in fs::read_dir(&corpus)? {
            targets.push(folder?.file_name());
        }
    }
    for target in targets {
        // New inputs are kept apart from the samples.
        let found = build.join("corpus").join(&target);
        fs::create_dir_all(&found).with_context(|| format!("cannot create {}", found.display()))?;
        let samples = corpus.join(&target);
        let mut command = Command::new("rustup");
        tools.add_to_path(&mut command)?;
        command
            .current_dir(paths::root())
            .args("run --install nightly cargo fuzz run --fuzz-dir fuzz".split(' '))
            .arg(target)
            .args([&found, &samples])
            .arg("--")
            .arg(format!("-max_total_time={}", options.seconds))
            // Longer inputs have found nothing new.
            .args(["-max_len=4096", "-timeout=10", "-verbosity=0"])
            .args(["-print_final_stats=1"])
            .env("CARGO_TARGET_DIR", &build);
        process::run(&mut command)?;
    }
    Ok(ExitCode::SUCCESS)
}

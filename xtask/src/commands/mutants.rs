//! `cargo xtask mutants`: changes the code of pure crates, and of the portal's pure files, in one place after
//! another, and runs the crate's native tests with each change. A change that no test notices is a failure.
//! `.cargo/mutants.toml` names the changes that no native test can notice.

use std::ffi::OsString;
use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};
use clap::builder::PossibleValuesParser;

use crate::setup::tools::{Tool, Toolbox};
use crate::setup::{paths, process};

/// The crates whose tests are fast and need no browser, and the portal.
const CRATES: [&str; 6] = [
    "barcodes",
    "input",
    "config",
    "contract",
    "wire-check",
    "logistration",
];

/// The crates' files, and of the portal those whose tests need no browser.
const FILES: [&str; 12] = [
    "crates/*/src/**",
    "src/api/error.rs",
    "src/i18n/countries.rs",
    "src/i18n/digits.rs",
    "src/i18n/languages.rs",
    "src/i18n/message.rs",
    "src/pages/patient_sign_in/validation.rs",
    "src/pages/staff_sign_in/validation.rs",
    "src/platform/moment.rs",
    "src/router/route.rs",
    "src/session/time_left.rs",
    "src/ui/countdown.rs",
];

/// Change pure code in one place after another: the native tests must notice each change
///
/// The changes and the output of each are in target/mutants/mutants.out.
#[derive(clap::Args)]
pub struct Options {
    /// The number of changes that are compiled and tested at a time, each in a copy of the sources
    #[arg(long, value_name = "N", default_value_t = 2)]
    jobs: u32,
    /// Only this crate
    #[arg(long, value_name = "CRATE", value_parser = PossibleValuesParser::new(CRATES))]
    only: Option<String>,
    /// Only these files, such as crates/input/src/phone.rs
    #[arg(long, value_name = "FILE", default_values = FILES, hide_default_value = true)]
    file: Vec<String>,
    /// Options of cargo mutants, such as --in-diff FILE
    #[arg(
        value_name = "OPTION",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    further: Vec<OsString>,
}

/// `cargo xtask mutants`
pub fn command(options: &Options) -> Result<ExitCode> {
    let tools = Toolbox::with(&[Tool::CargoMutants])?;
    let output = paths::target().join("mutants");
    fs::create_dir_all(&output)?;
    let jobs = options.jobs.to_string();
    let mut command = Command::new(tools.program("cargo-mutants")?);
    command
        .current_dir(paths::root())
        .args(["mutants", "--jobs", &jobs, "--output"])
        .arg(&output)
        // Each copy of the sources has a target folder of its own.
        .env_remove("CARGO_TARGET_DIR");
    for package in CRATES {
        if options.only.as_ref().is_none_or(|only| only == package) {
            command.args(["--package", package]);
        }
    }
    for file in &options.file {
        command.args(["--file", file]);
    }
    command.args(&options.further);
    println!("$ {}", process::display(&command));
    let status = command.status()?;
    // 3 is a time-out: an endless loop is noticed, but hides whether any other change was not.
    let missed = output.join("mutants.out/missed.txt");
    if status.success() || (status.code() == Some(3) && fs::read_to_string(missed)?.is_empty()) {
        return Ok(ExitCode::SUCCESS);
    }
    bail!("`{}` failed ({status})", process::display(&command))
}

#[cfg(test)]
mod tests {
    use super::{FILES, paths};

    #[test]
    fn every_file_exists() {
        for file in FILES.iter().filter(|file| !file.contains('*')) {
            assert!(paths::root().join(file).is_file(), "{file}");
        }
    }
}

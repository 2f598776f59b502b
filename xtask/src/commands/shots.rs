//! `cargo xtask shots`: the screenshots in `docs/img/`, taken from the built portal.

use std::process::ExitCode;

use anyhow::Result;

use crate::build::portal;
use crate::checks::needs;
use crate::setup::{fonts::Fonts, packages, process, system::Program};

/// Take the screenshots in docs/img/ again
#[derive(clap::Args)]
pub struct Options {
    /// Use the existing builds of dist/ and the sandbox
    #[arg(long)]
    no_build: bool,
}

/// `cargo xtask shots`
pub fn command(options: &Options) -> Result<ExitCode> {
    let chromium = Program::Chromium.installed()?;
    packages::install_npm()?;
    portal::build_unless(options.no_build)?;
    let mut shots = needs::playwright(&chromium);
    shots.arg("--project=shots");
    // Only on Linux; elsewhere the screenshots show the machine's own fonts.
    if let Ok(settings) = Fonts::default().fontconfig_file() {
        shots.env("FONTCONFIG_FILE", settings);
    }
    process::run(&mut shots)?;
    Ok(ExitCode::SUCCESS)
}

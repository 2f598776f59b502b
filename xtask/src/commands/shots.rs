//! `cargo xtask shots`: the screenshots in `docs/img/`, taken from the built portal.

use std::process::ExitCode;

use anyhow::Result;

use crate::build::portal;
use crate::checks::needs;
use crate::setup::{fonts::Fonts, packages, process, system::Program};

/// Take the screenshots in docs/img/ anew
#[derive(clap::Args)]
pub struct Options {
    /// Take them of dist/ and the sandbox as they were built before
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
    // Elsewhere than on Linux the pictures have the machine's own fonts.
    if let Ok(settings) = Fonts::default().fontconfig_file() {
        shots.env("FONTCONFIG_FILE", settings);
    }
    process::run(&mut shots)?;
    Ok(ExitCode::SUCCESS)
}

//! `cargo xtask shots`: the pictures in `docs/img/`, taken from the built portal.

use std::process::ExitCode;

use anyhow::Result;

use crate::build::portal;
use crate::checks::{needs::Provided, pictures};
use crate::setup::{fonts::Fonts, packages, system::Program, tools::Toolbox};

/// Take the pictures in docs/img/ again that differ from what the browser shows
#[derive(clap::Args)]
pub struct Options {
    /// Use the existing builds of dist/ and the sandbox
    #[arg(long)]
    no_build: bool,
}

/// `cargo xtask shots`
pub fn command(options: &Options) -> Result<ExitCode> {
    Program::Chromium.installed()?;
    packages::install_npm()?;
    portal::build_unless(options.no_build)?;
    pictures::update(&Provided {
        tools: Toolbox::with(&portal::TOOLS)?,
        fontconfig_file: Some(Fonts::default().fontconfig_file()?),
        ..Provided::default()
    })?;
    Ok(ExitCode::SUCCESS)
}

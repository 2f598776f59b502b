//! `cargo xtask shots`: the screenshots in `docs/img/`, taken from the built portal.

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::Arg;

use crate::fonts::Fonts;
use crate::tools::Toolbox;
use crate::{browser, node, places, portal, process, sandbox, stages};

const HELP: &str = "\
Take the screenshots in docs/img/ anew

Usage: cargo xtask shots [OPTIONS]

Options:
  --no-build    take them of dist/ and the sandbox as they were built before
  --help        show this
";

/// `cargo xtask shots`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut build = true;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("no-build") => build = false,
            other => return Err(other.unexpected().into()),
        }
    }
    let browser = browser::ready()?;
    node::e2e_packages()?;
    if build {
        portal::build(&Toolbox::for_portal()?, &portal::Release::default())?;
        sandbox::build()?;
    } else if !places::dist().join("index.html").is_file() {
        bail!("--no-build, but there is no dist/index.html");
    }
    let mut shots = stages::playwright(&browser);
    shots.arg("--project=shots");
    // Elsewhere than on Linux the pictures have the machine's own fonts.
    if let Ok(settings) = Fonts::default().configure() {
        shots.env("FONTCONFIG_FILE", settings);
    }
    process::run(&mut shots)?;
    Ok(ExitCode::SUCCESS)
}

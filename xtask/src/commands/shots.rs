//! `cargo xtask shots`: the pictures in `docs/img/`, taken from the built portal.

use std::fs;
use std::iter;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::build::portal;
use crate::checks::{needs::Provided, pictures};
use crate::setup::{fonts::Fonts, packages, paths, process, system::Program, tools::Toolbox};

/// Take the pictures in docs/img/ again that differ from what the browser shows
#[derive(clap::Args)]
pub struct Options {
    /// Use the existing builds of dist/ and the sandbox
    #[arg(long)]
    no_build: bool,
    /// Only make docs/img/tour.webp of the pictures that are there
    #[arg(long, conflicts_with = "no_build")]
    tour: bool,
}

/// The pages of the tour, as the pictures name them: in English in the light, then in Arabic in the dark.
const TOUR: [&str; 5] = [
    "patient-sign-in",
    "profile",
    "addresses",
    "staff-sign-in",
    "roles",
];

/// `cargo xtask shots`
pub fn command(options: &Options) -> Result<ExitCode> {
    if options.tour {
        tour()?;
        return Ok(ExitCode::SUCCESS);
    }
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

/// Makes the animated picture: the top of each page for two seconds.
fn tour() -> Result<()> {
    let ffmpeg = Program::Ffmpeg.installed()?;
    let pictures = paths::root().join("docs/img");
    let pages = [("en", "light"), ("ar", "dark")]
        .into_iter()
        .flat_map(|(language, theme)| {
            TOUR.map(|page| pictures.join(format!("{page}-{language}-{theme}-1280.png")))
        })
        .map(|file| format!("file '{}'\nduration 2\n", file.display()));
    let list: String = iter::once("ffconcat version 1.0\n".to_owned())
        .chain(pages)
        .collect();
    let listed = paths::target().join("tour.ffconcat");
    fs::write(&listed, list)?;
    // One frame for each picture: the player shows it for its two seconds.
    let size =
        "crop=1280:min(ih\\,800):0:0,pad=1280:800,scale=960:600:flags=lanczos,format=yuv420p";
    let mut make = Command::new(ffmpeg);
    make.args(["-loglevel", "error", "-y", "-safe", "0", "-i"])
        .arg(&listed)
        .args(["-vf", size, "-fps_mode", "passthrough"])
        .args(["-c:v", "libwebp_anim", "-loop", "0", "-quality", "80"])
        .arg(pictures.join("tour.webp"));
    process::run(&mut make)
}

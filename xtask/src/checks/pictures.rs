//! The pictures in `docs/img/`: every page and the gallery of components, compared with what the browser shows now.
//! Another version of Chromium or other fonts draw other pixels, so the folder names those of its pictures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::json;

use super::needs::Provided;
use crate::build::portal;
use crate::setup::fonts::Fonts;
use crate::setup::paths;
use crate::setup::process::{self, run};
use crate::setup::system::Program;

/// The name of the stage, and of what it misses where the pictures are another browser's.
pub const NAME: &str = "pictures";

/// What the pictures were taken with.
#[derive(Debug, PartialEq, Eq)]
struct Baseline {
    /// The major version of Chromium.
    chromium: u32,
    /// The name of the fonts for `--fonts`.
    fonts: String,
}

impl Baseline {
    fn file() -> PathBuf {
        paths::root().join("docs/img/baseline.json")
    }

    fn parse(text: &str) -> Option<Self> {
        let json: serde_json::Value = serde_json::from_str(text).ok()?;
        Some(Self {
            chromium: json.get("chromium")?.as_u64()?.try_into().ok()?,
            fonts: json.get("fonts")?.as_str()?.to_owned(),
        })
    }

    /// Of this machine's browser and these fonts.
    fn of(chromium: &Path, fonts: Fonts) -> Result<Self> {
        let version = process::output(Command::new(chromium).arg("--version"))?;
        Ok(Self {
            chromium: major(&version).with_context(|| format!("no version in {version}"))?,
            fonts: fonts.name().to_owned(),
        })
    }
}

/// The major version in such as `Chromium 142.0.7444.59 built on Debian`.
fn major(version: &str) -> Option<u32> {
    let mut words = version.split_whitespace();
    let number = words.find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    number.split('.').next()?.parse().ok()
}

/// Compares; skipped, with what differs, where the pictures are of another browser or fonts.
pub fn check(with: &Provided) -> Result<Vec<&'static str>> {
    let text = fs::read_to_string(Baseline::file())?;
    let taken = Baseline::parse(&text).context("docs/img/baseline.json cannot be read")?;
    let here = Baseline::of(&Program::Chromium.require()?, with.fonts)?;
    if taken != here || with.fontconfig_file.is_none() {
        println!("Not compared: the pictures are of {taken:?}, and this machine has {here:?}.");
        println!("`cargo xtask shots` takes them again.");
        return Ok(vec![NAME]);
    }
    let mut pictures = playwright(with)?;
    pictures.arg("--update-snapshots=none").args(&with.e2e_args);
    run(&mut pictures)?;
    Ok(vec![])
}

/// Takes those pictures again that differ.
pub fn update(with: &Provided) -> Result<()> {
    let mut pictures = playwright(with)?;
    // With those that are compared at night only.
    pictures.env("LOGISTRATION_NIGHT", "1");
    run(pictures.arg("--update-snapshots=changed"))?;
    let Baseline { chromium, fonts } = Baseline::of(&Program::Chromium.require()?, with.fonts)?;
    let baseline = json!({ "chromium": chromium, "fonts": fonts });
    fs::write(Baseline::file(), format!("{baseline:#}\n"))?;
    Ok(())
}

/// Playwright for the pictures, with a development build, which has the gallery.
fn playwright(with: &Provided) -> Result<Command> {
    let gallery = paths::target().join("gallery");
    portal::fetch()?;
    let mut trunk = portal::trunk(&with.tools)?;
    trunk.envs(portal::WITHOUT_DEBUG_INFO);
    run(trunk.arg("build").arg("--dist").arg(&gallery))?;
    run(&mut process::cargo("build --package new-application"))?;
    let mut pictures = with.playwright()?;
    pictures
        .arg("--project=readme")
        .env("LOGISTRATION_GALLERY", gallery)
        .env(
            "LOGISTRATION_NEW_APPLICATION",
            paths::program("new-application"),
        );
    Ok(pictures)
}

#[cfg(test)]
mod tests {
    use super::{Baseline, major};

    #[test]
    fn baseline_names_the_browser_s_major_version_and_the_fonts() {
        assert_eq!(major("Chromium 142.0.7444.59 built on Debian\n"), Some(142));
        assert_eq!(major("Google Chrome 9.1"), Some(9));
        assert_eq!(major("Chromium"), None);
        let baseline = Baseline::parse(r#"{ "chromium": 142, "fonts": "noto" }"#);
        let expected = Baseline {
            chromium: 142,
            fonts: "noto".to_owned(),
        };
        assert_eq!(baseline, Some(expected));
        assert_eq!(Baseline::parse("{}"), None);
    }
}

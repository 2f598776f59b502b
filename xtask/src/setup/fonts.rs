//! The fonts of the tests, from npm packages of e2e/, so that heights and screenshots are the same on every
//! machine. Browsers on Linux find fonts by fontconfig, which reads the file in `FONTCONFIG_FILE`: one of
//! `e2e/support/fonts/`.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::paths;

/// A set of fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Fonts {
    /// Noto Sans and Noto Sans Arabic.
    #[default]
    Noto,
    /// `DejaVu` alone, a wide font that the layout must work with, too.
    #[value(name = "dejavu")]
    DejaVu,
}

impl Fonts {
    /// Its name for `--fonts`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Noto => "noto",
            Self::DejaVu => "dejavu",
        }
    }

    /// The file for fontconfig.
    pub fn fontconfig_file(self) -> Result<PathBuf> {
        let linux = cfg!(target_os = "linux");
        ensure!(
            linux,
            "tests can choose the fonts of a browser on Linux only"
        );
        Ok(paths::e2e()
            .join("support/fonts")
            .join(self.name())
            .with_extension("conf"))
    }
}

//! The fonts that tests see, and no others: from npm packages of e2e/, so that a height or a picture
//! is the same on every machine. Browsers on Linux find fonts by fontconfig, which reads the file
//! that `FONTCONFIG_FILE` names.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::places;

/// A set of fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fonts {
    /// Noto Sans and Noto Sans Arabic.
    #[default]
    Noto,
    /// `DejaVu` alone, whose letters are wide: layout has to hold with it, too.
    DejaVu,
}

impl Fonts {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Noto, Self::DejaVu];

    /// Its name for `--fonts`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Noto => "noto",
            Self::DejaVu => "dejavu",
        }
    }

    const fn families(self) -> &'static [&'static str] {
        match self {
            Self::Noto => &["Noto Sans", "Noto Sans Arabic"],
            Self::DejaVu => &["DejaVu Sans"],
        }
    }

    const fn folders(self) -> &'static [&'static str] {
        match self {
            Self::Noto => &[
                "@expo-google-fonts/noto-sans",
                "@expo-google-fonts/noto-sans-arabic",
            ],
            Self::DejaVu => &["dejavu-fonts-ttf"],
        }
    }

    /// The files in its folders that a browser sees. With all of `DejaVu`'s families it draws some weights
    /// with one that is not wide.
    const fn files(self) -> &'static [&'static str] {
        match self {
            Self::Noto => &["NotoSans_*", "NotoSansArabic_*"],
            Self::DejaVu => &["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"],
        }
    }

    /// Writes fontconfig's file for these fonts; returns where. The packages of e2e/ must be there.
    pub fn configure(self) -> Result<PathBuf> {
        if !cfg!(target_os = "linux") {
            bail!("only on Linux can tests choose the fonts that a browser sees");
        }
        let packages = places::e2e().join("node_modules");
        let home = places::target().join("fonts");
        let dirs: Vec<_> = (self.folders().iter())
            .map(|folder| packages.join(folder))
            .collect();
        if let Some(absent) = dirs.iter().find(|dir| !dir.is_dir()) {
            bail!("{} is missing", absent.display());
        }
        fs::create_dir_all(&home).context("cannot make the folder of font settings")?;
        let file = home.join(self.name()).with_extension("conf");
        let dirs: Vec<_> = (dirs.iter())
            .map(|dir| format!("  <dir>{}</dir>\n", dir.display()))
            .collect();
        fs::write(
            &file,
            self.document(&dirs.concat(), &home.display().to_string()),
        )?;
        Ok(file)
    }

    fn document(self, dirs: &str, home: &str) -> String {
        let prefer: Vec<_> = (self.families().iter())
            .map(|family| format!("<family>{family}</family>"))
            .collect();
        let prefer = prefer.concat();
        // What a browser asks for where a style sheet names no family that is there.
        let generic = ["system-ui", "sans-serif", "serif", "monospace"].map(|name| {
            format!("  <alias><family>{name}</family><prefer>{prefer}</prefer></alias>\n")
        });
        let generic = generic.concat();
        let accept = (self.files().iter())
            .map(|file| format!("<acceptfont><glob>*/{file}</glob></acceptfont>"))
            .collect::<Vec<_>>()
            .concat();
        format!(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n<fontconfig>\n\
             {dirs}  <cachedir>{home}/cache</cachedir>\n  <selectfont><rejectfont>\
             <glob>*.ttf</glob></rejectfont>{accept}</selectfont>\n{generic}</fontconfig>\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Fonts;

    #[test]
    fn only_the_chosen_folders_are_fonts() {
        let document = Fonts::Noto.document("  <dir>/here</dir>\n", "/home");
        assert_eq!(document.matches("<dir>").count(), 1);
        assert!(document.contains("<family>system-ui</family><prefer><family>Noto Sans</family>"));
        assert!(!document.contains("DejaVu"));
    }
}

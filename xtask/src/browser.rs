//! The browser for tests, its driver, and fonts to write Arabic with. On Debian, as root, they are
//! installed from its archive; anywhere else the error says exactly what to install.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::{places, process};

const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const MAC_CHROME: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const DEBIAN: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-core"];

/// Where the browser and its driver are.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium or Chrome.
    pub chromium: PathBuf,
    /// Its chromedriver, of the same version.
    pub driver: PathBuf,
}

/// Finds the browser, or installs it.
pub fn ready() -> Result<Browser> {
    let found = find();
    if let Some(browser) = &found
        && writes_arabic()
    {
        return Ok(browser.clone());
    }
    if can_apt() {
        apt(&DEBIAN)?;
        if let Some(browser) = find() {
            return Ok(browser);
        }
        bail!(
            "apt-get installed {}, and yet there is no browser on PATH",
            DEBIAN.join(", ")
        );
    }
    if let Some(browser) = found {
        println!(
            "note: no font here has Arabic letters; screenshots will show boxes. \
             Install Noto Sans Arabic (on Debian: fonts-noto-core)."
        );
        return Ok(browser);
    }
    bail!(
        "tests need Chromium or Chrome and a chromedriver of the same version. \
         On Debian, as root: apt-get install {}. Elsewhere: install them so that `chromium` (or \
         `google-chrome`) and `chromedriver` are on PATH, or set CHROMIUM and CHROMEDRIVER to \
         their paths",
        DEBIAN.join(" ")
    )
}

fn find() -> Option<Browser> {
    let chosen = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_file())
    };
    let mac = || Some(PathBuf::from(MAC_CHROME)).filter(|path| path.is_file());
    Some(Browser {
        chromium: chosen("CHROMIUM")
            .or_else(|| places::on_path(&CHROMIUM))
            .or_else(mac)?,
        driver: chosen("CHROMEDRIVER").or_else(|| places::on_path(&["chromedriver"]))?,
    })
}

/// Whether some font has Arabic letters. Where fontconfig cannot tell, it is not asked of the user.
fn writes_arabic() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    process::output(Command::new("fc-list").args([":lang=ar", "family"]))
        .map_or(!can_apt(), |fonts| !fonts.trim().is_empty())
}

/// Whether this is a machine where packages may be installed: Debian, as root.
pub fn can_apt() -> bool {
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    is_debian(&system)
        && places::on_path(&["apt-get"]).is_some()
        && process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Ubuntu is left out on purpose: its package `chromium` is a snap, which does not run in containers.
fn is_debian(os_release: &str) -> bool {
    os_release
        .lines()
        .any(|line| matches!(line.trim(), "ID=debian" | "ID=\"debian\""))
}

/// Installs Debian's packages.
pub fn apt(packages: &[&str]) -> Result<()> {
    println!(
        "Installing {} with apt-get: usually 1 to 3 minutes …",
        packages.join(", ")
    );
    let started = Instant::now();
    let logs = places::cache()?.join("logs");
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    process::logged(apt().arg("update"), &logs.join("apt-update.log"))?;
    process::logged(
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
        &logs.join("apt-install.log"),
    )?;
    println!("  done in {}", process::spoken(started.elapsed()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_debian;

    #[test]
    fn debian_is_told_from_its_descendants() {
        assert!(is_debian(
            "PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n"
        ));
        assert!(!is_debian("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(!is_debian(""));
    }
}

//! The browser for tests, its driver, and fonts to write Arabic with. On Debian, as root, they are
//! installed from its archive; anywhere else the error says exactly what to install.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::tools::Toolbox;
use crate::{debian, places, process};

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

/// Where Firefox and its driver are.
#[derive(Debug, Clone)]
pub struct Firefox {
    /// Firefox itself.
    pub program: PathBuf,
    /// Its geckodriver.
    pub driver: PathBuf,
}

/// Finds Firefox, or installs it; its driver is one of the tools, or named by GECKODRIVER.
pub fn firefox() -> Result<Firefox> {
    let find = || chosen("FIREFOX").or_else(|| places::on_path(&["firefox-esr", "firefox"]));
    if find().is_none() && debian::can_install() {
        debian::install(&["firefox-esr", "fonts-noto-core"])?;
    }
    let Some(program) = find() else {
        bail!(
            "there is no Firefox. On Debian, as root: apt-get install firefox-esr. Elsewhere: install it \
             so that `firefox` is on PATH, or set FIREFOX to its path"
        );
    };
    let driver = match chosen("GECKODRIVER") {
        Some(driver) => driver,
        None => Toolbox::geckodriver()?,
    };
    Ok(Firefox { program, driver })
}

/// Finds the browser, or installs it.
pub fn ready() -> Result<Browser> {
    let found = find();
    if let Some(browser) = &found
        && writes_arabic()
    {
        return Ok(browser.clone());
    }
    if debian::can_install() {
        debian::install(&DEBIAN)?;
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

/// A program that is named in the environment.
fn chosen(name: &str) -> Option<PathBuf> {
    env::var_os(name)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}

fn find() -> Option<Browser> {
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
        .map_or(!debian::can_install(), |fonts| !fonts.trim().is_empty())
}

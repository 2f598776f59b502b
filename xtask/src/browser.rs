//! The browsers for tests, each with its driver.

use std::path::PathBuf;

use anyhow::Result;

use crate::system::{self, Program};
use crate::tools::Toolbox;

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

/// Finds Chromium and its driver.
pub fn chromium() -> Result<Browser> {
    Ok(Browser {
        chromium: Program::Chromium.require()?,
        driver: Program::Chromedriver.require()?,
    })
}

/// Finds Chromium and its driver, or installs them.
pub fn ready() -> Result<Browser> {
    system::look_for(&[Program::Chromium, Program::Chromedriver]);
    chromium()
}

/// Finds Firefox; its driver is one of the tools, or named by GECKODRIVER.
pub fn firefox() -> Result<Firefox> {
    Ok(Firefox {
        program: Program::Firefox.require()?,
        driver: system::chosen("GECKODRIVER").map_or_else(Toolbox::geckodriver, Ok)?,
    })
}

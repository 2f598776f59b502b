//! Node and npm: the end-to-end tests' packages.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::system::Program;
use crate::{places, process};

/// npm, or a sentence saying how to get it.
pub fn npm() -> Result<Command> {
    Program::Node.require()?;
    Ok(Command::new("npm"))
}

/// The end-to-end tests' packages, exactly as their lock file says.
pub fn e2e_packages() -> Result<()> {
    let folder = places::e2e();
    let lock =
        fs::read(folder.join("package-lock.json")).context("cannot read e2e/package-lock.json")?;
    // A copy of the lock file they were installed by: no guess from times, and no half-made
    // installation, since it is written last.
    let stamp = folder.join("node_modules").join(".installed-by-lock");
    if fs::read(&stamp).is_ok_and(|made_by| made_by == lock) {
        return Ok(());
    }
    let mut command = npm()?;
    command
        .current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund"])
        // The browser is the system's own.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::logged("npm packages of e2e/", &mut command, 0)?;
    fs::write(&stamp, lock)?;
    Ok(())
}

/// A program of one of the end-to-end tests' packages.
pub fn e2e_program(name: &str) -> Command {
    let folder = places::e2e();
    let mut command = Command::new(folder.join("node_modules").join(".bin").join(name));
    command.current_dir(folder);
    command
}

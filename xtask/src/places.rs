//! Where things are: the repository, its build output, and the per-user cache of tools.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The repository's root: the folder above this crate.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Cargo's output folder for this repository.
pub fn target() -> PathBuf {
    // Cargo itself reads a relative path against the folder it runs in, which is always the root here.
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// An unoptimised native program of the workspace, once built.
pub fn program(name: &str) -> PathBuf {
    target().join("debug").join(name)
}

/// The release build of the portal.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The services' contracts as OpenAPI documents.
pub fn openapi() -> PathBuf {
    root().join("docs").join("openapi")
}

/// The end-to-end tests.
pub fn e2e() -> PathBuf {
    root().join("e2e")
}

/// The benchmarks of the whole portal.
pub fn bench() -> PathBuf {
    root().join("bench")
}

/// The folder shared by every clone of this user, where tools are installed once.
pub fn cache() -> Result<PathBuf> {
    let folder = cache_from(
        env::var_os("LOGISTRATION_CACHE").map(PathBuf::from),
        env::var_os("XDG_CACHE_HOME").map(PathBuf::from),
        env::home_dir(),
    );
    let Some(folder) = folder else {
        bail!("no home directory: set LOGISTRATION_CACHE to a folder where tools may be kept");
    };
    std::path::absolute(folder).context("LOGISTRATION_CACHE is not a usable path")
}

fn cache_from(
    chosen: Option<PathBuf>,
    xdg: Option<PathBuf>,
    home: Option<PathBuf>,
) -> Option<PathBuf> {
    let set = |path: &PathBuf| !path.as_os_str().is_empty();
    chosen.filter(set).or_else(|| {
        // The XDG rules say that a relative path there is to be ignored.
        xdg.filter(|path| path.is_absolute())
            .or_else(|| home.filter(set).map(|home| home.join(".cache")))
            .map(|base| base.join("logistration"))
    })
}

/// The first program called one of `names` on PATH.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names
        .iter()
        .find_map(|name| env::split_paths(&path).find_map(|dir| program_in(&dir, name)))
}

/// `name` in `dir`, if it is a program.
pub fn program_in(dir: &Path, name: &str) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let program = dir.join(name);
    let meta = program.metadata().ok()?;
    (meta.is_file() && meta.permissions().mode() & 0o111 != 0).then_some(program)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{cache_from, on_path, program_in};

    #[test]
    fn the_cache_is_where_it_is_said_to_be_and_else_where_caches_are() {
        let at = |path: &str| Some(PathBuf::from(path));
        assert_eq!(cache_from(at("/c"), at("/x"), at("/h")), at("/c"));
        assert_eq!(
            cache_from(at(""), at("/x"), at("/h")),
            at("/x/logistration")
        );
        assert_eq!(
            cache_from(None, at("x"), at("/h")),
            at("/h/.cache/logistration")
        );
        assert_eq!(cache_from(None, None, None), None);
    }

    #[test]
    fn programs_are_files_that_can_be_run() {
        assert!(on_path(&["no-such-program-here", "sh"]).is_some());
        assert!(on_path(&["no-such-program-here"]).is_none());
        assert!(program_in(Path::new("/"), "etc").is_none());
    }
}

//! Reproducible builds: a release is built a second time in another environment and compared.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::portal;
use crate::setup::tools::{Toolbox, remove_folder};
use crate::setup::{paths, process};

/// The folder of Rust's own source in a sysroot, with the component `rust-src`.
const RUST_SRC: &str = "lib/rustlib/src/rust";

/// Builds the same source as on another machine, by Trunk alone, and compares every byte with the
/// finished `release`. Path, `CARGO_HOME`, target folder and toolchain differ; exactly one of the two
/// toolchains has Rust's own source. The first run takes as long as a first build. Returns the names of
/// what could not be made different.
pub fn check(release: &portal::Options) -> Result<Vec<&'static str>> {
    let second = paths::target().join("second");
    let source = second.join("source-at-another-path");
    copy_source(&source)?;
    let dist = second.join("dist");
    let mut tools = Toolbox::with(&portal::TOOLS)?;
    // The sysroot of a toolchain that rustup has not installed may be all of `/usr`.
    let uses_rustup = std::env::var_os("RUSTUP_TOOLCHAIN").is_some();
    if uses_rustup {
        tools.prepend(another_toolchain(&second.join("toolchain"))?.join("bin"));
    }
    let mut build = portal::trunk(&tools)?;
    build
        .current_dir(&source)
        .args(["build", "--release", "--public-url", &release.base_path])
        .arg("--dist")
        .arg(&dist)
        // Within the checkout, as in some CI systems.
        .env("CARGO_HOME", another_cargo_home(&source.join("cargo"))?)
        // Kept for the next run.
        .env("CARGO_TARGET_DIR", second.join("target"))
        // The copy is of the same commit, wherever the target folder is.
        .env("GIT_DIR", paths::root().join(".git"))
        .env("GIT_WORK_TREE", paths::root());
    // These would select the toolchain of this process.
    for name in [
        "CARGO",
        "RUSTUP_TOOLCHAIN",
        "LD_LIBRARY_PATH",
        "DYLD_FALLBACK_LIBRARY_PATH",
    ] {
        build.env_remove(name);
    }
    if let Some(config) = &release.config {
        build.env("LOGISTRATION_CONFIG", config);
    }
    process::run(&mut build)?;
    process::run(
        Command::new("diff")
            .args(["-r", "--brief"])
            .args([&release.to, &dist]),
    )
    .context("two builds differ")?;
    Ok(Vec::from_iter((!uses_rustup).then_some("toolchain")))
}

/// Creates a `CARGO_HOME` with the parts of this user's that a build without the network needs.
fn another_cargo_home(folder: &Path) -> Result<&Path> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let home = home.context("there is no CARGO_HOME and no home directory")?;
    fs::create_dir_all(folder)?;
    for name in ["registry", "config.toml"] {
        if home.join(name).exists() {
            std::os::unix::fs::symlink(home.join(name), folder.join(name))?;
        }
    }
    Ok(folder)
}

/// Copies the toolchain, by hard links where possible, and removes Rust's own source or adds the file
/// by which the compiler detects it.
fn another_toolchain(folder: &Path) -> Result<&Path> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(paths::root());
    let real = process::output(rustc.args(["--print", "sysroot"]))?;
    remove_folder(folder)?;
    let copy =
        |options| process::output(Command::new("cp").args([options, real.trim()]).arg(folder));
    copy("-Rl").or_else(|_| {
        remove_folder(folder)?;
        copy("-R")
    })?;
    if folder.join(RUST_SRC).exists() {
        remove_folder(&folder.join(RUST_SRC))?;
    } else {
        // The file that the compiler looks for.
        let std = folder.join(RUST_SRC).join("library/std/src");
        fs::create_dir_all(&std)?;
        fs::write(std.join("lib.rs"), "")?;
    }
    let sysroot = process::output(
        Command::new(folder.join("bin/rustc"))
            .args(["--print", "sysroot"])
            .env_remove("LD_LIBRARY_PATH"),
    )?;
    anyhow::ensure!(
        Path::new(sysroot.trim()) == folder.canonicalize()?,
        "the copied compiler uses {sysroot}"
    );
    Ok(folder)
}

/// Copies all files that Git tracks or would add, with their present content.
pub fn copy_source(to: &Path) -> Result<()> {
    remove_folder(to)?;
    let git = |words: &str| {
        let mut git = Command::new("git");
        git.current_dir(paths::root()).args(words.split(' '));
        // A separate index, so that the user's is not changed.
        git.env("GIT_INDEX_FILE", paths::target().join("copied.index"));
        git
    };
    process::output(&mut git("add --all")).context("this folder is not a Git clone")?;
    let prefix = format!("--prefix={}/", to.display());
    process::output(git("checkout-index --all").arg(prefix))?;
    Ok(())
}

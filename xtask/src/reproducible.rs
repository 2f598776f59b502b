//! The same bytes on every machine: a release built a second time, elsewhere, and compared.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::tools::remove_folder;
use crate::{places, portal, process};

/// The part of the comparison that is skipped where the compiler cannot be given another sysroot.
pub const RUST_SRC: &str = "rust-src";

/// Where a sysroot has Rust's own source, if the component `rust-src` is installed.
const SOURCE: &str = "lib/rustlib/src/rust";

/// Builds the same source as another user of another machine would, and compares every byte with
/// `release`, which has been built: at another path and with another `CARGO_HOME`, target folder and
/// sysroot, which has Rust's own source where the first one is without it, and the other way round; and
/// by Trunk alone. The first time it takes as long as a first build does. Returns what could not be made
/// different.
pub fn check(release: &portal::Options) -> Result<Vec<&'static str>> {
    let second = places::target().join("second");
    let source = second.join("source-at-another-path");
    remove_folder(&source)?;
    copy_source(&source)?;
    let dist = second.join("dist");
    let mut build = portal::trunk(&crate::tools::Toolbox::with(&portal::TOOLS)?)?;
    build
        .current_dir(&source)
        .args(["build", "--release", "--public-url", &release.base_path])
        .arg("--dist")
        .arg(&dist)
        // Within the checkout, as some CI systems have it.
        .env("CARGO_HOME", another_cargo_home(&source.join("cargo"))?)
        // Kept: what the second build compiled is there for the next time.
        .env("CARGO_TARGET_DIR", second.join("target"));
    if let Some(config) = &release.config {
        build.env("LOGISTRATION_CONFIG", config);
    }
    let compiler = another_compiler(&second.join("sysroot"))?;
    build.envs(compiler.as_ref().map(|rustc| ("RUSTC", rustc)));
    process::run(&mut build)?;
    let differing = differences(&files(&release.to)?, &files(&dist)?);
    if !differing.is_empty() {
        bail!("two builds differ in {}", differing.join(", "));
    }
    println!("Two builds, for two users at two paths: the same bytes.");
    Ok(compiler.map_or(vec![RUST_SRC], |_| vec![]))
}

/// Makes a folder for Cargo with all that this user's has for a build without the network.
fn another_cargo_home(folder: &Path) -> Result<&Path> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .context("there is no CARGO_HOME and no home directory")?;
    fs::create_dir_all(folder)?;
    for name in ["registry", "config.toml"] {
        if home.join(name).exists() {
            symlink(home.join(name), folder.join(name))?;
        }
    }
    Ok(folder)
}

/// Makes a compiler with a sysroot of its own, of links to the real one: without Rust's own source
/// where that has it, and else with what the compiler takes for it. None where it keeps to the real
/// one, as some distributions' does.
fn another_compiler(sysroot: &Path) -> Result<Option<PathBuf>> {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc
        .current_dir(places::root())
        .args(["--print", "sysroot"]);
    let real = PathBuf::from(process::output(&mut rustc)?.trim());
    remove_folder(sysroot)?;
    for folder in ["bin", "lib/rustlib"] {
        fs::create_dir_all(sysroot.join(folder))?;
    }
    let rustc = sysroot.join("bin/rustc");
    link(&real.join("bin/rustc"), &rustc)?;
    for entry in fs::read_dir(real.join("lib"))?.chain(fs::read_dir(real.join("lib/rustlib"))?) {
        let from = entry?.path();
        let to = sysroot.join(from.strip_prefix(&real)?);
        let name = from.file_name().unwrap_or_default().to_string_lossy();
        // Where this library is says where the sysroot is: a symbolic link would lead to the real one.
        if name.starts_with("librustc_driver") {
            link(&from, &to)?;
        } else if name != "rustlib" && name != "src" {
            symlink(&from, &to)?;
        }
    }
    if !real.join(SOURCE).exists() {
        // The one file it looks for.
        let std = sysroot.join(SOURCE).join("library/std/src");
        fs::create_dir_all(&std)?;
        fs::write(std.join("lib.rs"), "")?;
    }
    // rustup and Cargo set the path of libraries, by which the real library would be found first.
    let compiler = sysroot.join("rustc");
    let script = format!(
        "#!/bin/sh\nunset LD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH\nexec '{}' \"$@\"\n",
        rustc.display()
    );
    fs::write(&compiler, script)?;
    fs::set_permissions(&compiler, fs::Permissions::from_mode(0o755))?;
    let said = process::output(Command::new(&compiler).args(["--print", "sysroot"]))?;
    Ok((Path::new(said.trim()) == sysroot.canonicalize()?).then_some(compiler))
}

/// Makes a file that is another's by its contents, and not by its place.
fn link(from: &Path, to: &Path) -> Result<()> {
    fs::hard_link(from, to)
        .or_else(|_| fs::copy(from, to).map(drop))
        .with_context(|| format!("cannot copy {}", from.display()))
}

/// What a release's manifest says of its files.
pub fn files(dist: &Path) -> Result<Vec<Value>> {
    let manifest = fs::read(dist.join(".meta").join("manifest.json"))
        .with_context(|| format!("{} is no release", dist.display()))?;
    let manifest: Value = serde_json::from_slice(&manifest)?;
    let files = manifest.get("files").and_then(Value::as_array);
    files.cloned().context("a manifest names no files")
}

/// The names of the files that two manifests do not say the same of.
pub fn differences(first: &[Value], second: &[Value]) -> Vec<String> {
    let only_in_first = first.iter().filter(|file| !second.contains(file));
    let only_in_second = second.iter().filter(|file| !first.contains(file));
    let mut names: Vec<String> = only_in_first
        .chain(only_in_second)
        .filter_map(|file| file.get("path")?.as_str().map(str::to_owned))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Copies what git knows of, as it is on the disk.
pub fn copy_source(to: &Path) -> Result<()> {
    let mut git = Command::new("git");
    git.current_dir(places::root());
    git.args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let known = process::output(&mut git)
        .context("this is no clone: what belongs to the source is not known")?;
    for name in known.split('\0').filter(|name| !name.is_empty()) {
        let from = places::root().join(name);
        // Removed, and not yet told to git.
        if !from.is_file() {
            continue;
        }
        let copy = to.join(name);
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&from, &copy).with_context(|| format!("cannot copy {name}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::differences;

    #[test]
    fn a_byte_that_differs_is_named() {
        let file = |path, sum| json!({ "path": path, "sha256": sum });
        let one = [file("a", "1"), file("b", "2")];
        let two = [file("a", "1"), file("b", "3")];
        assert_eq!(differences(&one, &two), ["b"]);
        assert_eq!(differences(&one, &one), [""; 0]);
    }
}

//! `cargo xtask dist`: a release with all that goes with it, to be carried to a server: what its files
//! are (`manifest.json`), the headers they want (`headers.json`, and the words of nginx and Caddy),
//! what they are made of (`sbom.cdx.json`).
//!
//! These lie in `dist/.meta/`: within `dist/`, so that nothing is lost on the way, and under a name that
//! the servers of deploy/ give out to nobody. There is no secret in them.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use lexopt::Arg;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::finish::{hex, integrity};
use crate::keeper::is_hashed;
use crate::portal::Release;
use crate::tools::{Toolbox, remove_folder};
use crate::{arguments, headers, places, portal, process, sandbox, sbom};

const HELP: &str = "\
Build the portal for release, into dist/, with all that goes with it in dist/.meta/

Usage: cargo xtask dist [OPTIONS]

Options:
  --config FILE          render the pages from this configuration: the hospital's name, colour and
                         languages are there at once. Serve the same file as /config.json
  --base-path PATH       the folder the portal will be served from, such as /portal/ (default: /)
  --to DIR               where to (default: dist/)
  --check-reproducible   build it a second time, elsewhere, and compare every byte
  --help                 show this

In dist/.meta/: manifest.json (each file with size, hashes, type and how long it may be kept),
headers.json, headers.nginx.conf and headers.caddy (the headers this build wants), sbom.cdx.json (what
the program is made of, CycloneDX).
";

/// The folder of what goes with a release.
const META: &str = ".meta";

/// `cargo xtask dist`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut release = Release::default();
    let mut twice = false;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("check-reproducible") => twice = true,
            Arg::Long("config") => release.config = Some(arguments::config(&mut parser)?),
            Arg::Long("base-path") => release.base = arguments::folder(&mut parser)?,
            Arg::Long("to") => release.dist = arguments::path(&mut parser)?,
            other => return Err(other.unexpected().into()),
        }
    }
    let tools = Toolbox::for_portal()?;
    sandbox::build()?;
    make(&tools, &release)?;
    println!(
        "Wrote {}, and what goes with it in its folder {META}.",
        release.dist.display()
    );
    if twice {
        compare_with_second_build(&release)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds a release, and writes down all that goes with it. The sandbox must have been built.
pub fn make(tools: &Toolbox, release: &Release) -> Result<()> {
    portal::build(tools, release)?;
    let meta = release.dist.join(META);
    headers::write(&release.dist, release.config.as_deref(), &meta)?;
    write(&meta.join("sbom.cdx.json"), &sbom::of_the_program()?)?;
    write(&meta.join("manifest.json"), &manifest(release)?)
}

fn write(file: &Path, json: &Value) -> Result<()> {
    fs::write(file, serde_json::to_string_pretty(json)? + "\n")
        .with_context(|| format!("cannot write {}", file.display()))
}

/// Every file of the release but those beside the portal: for uploads, and for comparing.
fn manifest(release: &Release) -> Result<Value> {
    let mut names: Vec<String> = fs::read_dir(&release.dist)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name != META)
        .collect();
    names.sort();
    let mut files = Vec::new();
    for name in &names {
        let path = release.dist.join(name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {name}"))?;
        let (plain, encoding) = match name.rsplit_once('.') {
            Some((plain, "br")) => (plain, Some("br")),
            Some((plain, "gz")) => (plain, Some("gzip")),
            _ => (name.as_str(), None),
        };
        let mut file = json!({
            "path": name,
            "bytes": bytes.len(),
            "sha256": hex(&Sha256::digest(&bytes), 32),
            "integrity": integrity(&path)?,
            "contentType": content_type(plain)?,
            "cacheControl": cache_control(plain),
        });
        if let (Some(encoding), Some(file)) = (encoding, file.as_object_mut()) {
            file.insert("contentEncoding".to_owned(), encoding.into());
        }
        files.push(file);
    }
    Ok(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "basePath": format!("{}/", release.base),
        "files": files,
    }))
}

/// What the servers of deploy/ say of such a file.
fn content_type(name: &str) -> Result<&'static str> {
    Ok(match name.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        _ => bail!("{name} is of a kind that no server has been told of"),
    })
}

/// How long such a file may be kept: named after its contents for ever; a page, and the script that
/// keeps files, never; else as long as the server says that it is still the same.
fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else if name
        .rsplit_once('.')
        .is_some_and(|(_, end)| matches!(end, "html" | "js"))
    {
        "no-store"
    } else {
        "no-cache"
    }
}

/// Builds the same source as another user of another machine would, and compares every byte with
/// `release`, which has been built: at another path and with another `CARGO_HOME`, target folder and
/// sysroot, which has Rust's own source where the first one is without it, and the other way round.
/// The first time it takes as long as a first build does. Returns what could not be made different.
fn compare_with_second_build(release: &Release) -> Result<Vec<&'static str>> {
    let second = places::target().join("second");
    let source = second.join("source-at-another-path");
    remove_folder(&source)?;
    copy_source(&source)?;
    let again = Release {
        dist: second.join("dist"),
        base: release.base.clone(),
        config: release.config.clone(),
    };
    let mut build = Command::new(process::this_program()?);
    build
        .current_dir(&source)
        .args(["build", "--to"])
        .arg(&again.dist)
        .args(["--base-path", &format!("{}/", again.base)])
        .env(places::ROOT, &source)
        // Within the checkout, as some CI systems have it.
        .env("CARGO_HOME", another_cargo_home(&source.join("cargo"))?)
        // Kept: what the second build compiled is there for the next time.
        .env("CARGO_TARGET_DIR", second.join("target"));
    if let Some(config) = &again.config {
        build.arg("--config").arg(config);
    }
    let compiler = another_compiler(&second.join("sysroot"))?;
    build.envs(compiler.as_ref().map(|rustc| ("RUSTC", rustc)));
    process::run(&mut build)?;
    let differing = differences(&manifest(release)?, &manifest(&again)?);
    if !differing.is_empty() {
        bail!("two builds differ in {}", differing.join(", "));
    }
    println!("Two builds, for two users at two paths: the same bytes.");
    Ok(compiler.map_or(vec![RUST_SRC], |_| vec![]))
}

/// Makes a folder for Cargo with all that this user's has for a build without the network.
fn another_cargo_home(folder: &Path) -> Result<&Path> {
    let home = portal::cargo_home().context("there is no CARGO_HOME and no home directory")?;
    fs::create_dir_all(folder)?;
    for name in ["registry", "config.toml"] {
        if home.join(name).exists() {
            symlink(home.join(name), folder.join(name))?;
        }
    }
    Ok(folder)
}

/// The part of the comparison that is skipped where the compiler cannot be given another sysroot.
pub const RUST_SRC: &str = "rust-src";

/// Makes a compiler with a sysroot of its own, of links to the real one: without Rust's own source
/// where that has it, and else with what the compiler takes for it. None where it keeps to the real
/// one, as some distributions' does.
fn another_compiler(sysroot: &Path) -> Result<Option<PathBuf>> {
    let real = portal::sysroot()?;
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
    if !real.join(portal::RUST_SRC).exists() {
        // The one file it looks for.
        let std = sysroot.join(portal::RUST_SRC).join("library/std/src");
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

/// Builds the release in dist/ once more elsewhere, and compares. Returns what could not be made different.
pub fn check_reproducible() -> Result<Vec<&'static str>> {
    compare_with_second_build(&Release::default())
}

/// The names of the files that two manifests do not say the same of.
fn differences(first: &Value, second: &Value) -> Vec<String> {
    let files = |manifest: &Value| manifest.get("files").and_then(Value::as_array).cloned();
    let (first, second) = (
        files(first).unwrap_or_default(),
        files(second).unwrap_or_default(),
    );
    let only_in = |these: &[Value], those: &[Value]| -> Vec<String> {
        these
            .iter()
            .filter(|file| !those.contains(file))
            .filter_map(|file| file.get("path")?.as_str().map(str::to_owned))
            .collect()
    };
    let mut names = only_in(&first, &second);
    names.extend(only_in(&second, &first));
    names.sort();
    names.dedup();
    names
}

/// Copies what git knows of, as it is on the disk.
fn copy_source(to: &Path) -> Result<()> {
    let known = process::output(Command::new("git").current_dir(places::root()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))
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

    use super::{cache_control, content_type, differences};

    #[test]
    fn what_may_be_kept_is_what_never_changes() {
        assert!(cache_control("boot-0123456789abcdef.js").contains("immutable"));
        assert_eq!(cache_control("sw.js"), "no-store");
        assert_eq!(cache_control("index.ar.html"), "no-store");
        assert_eq!(cache_control("config.json"), "no-cache");
        assert!(content_type("x.exe").is_err());
    }

    #[test]
    fn a_byte_that_differs_is_named() {
        let one =
            json!({ "files": [{ "path": "a", "sha256": "1" }, { "path": "b", "sha256": "2" }] });
        let two =
            json!({ "files": [{ "path": "a", "sha256": "1" }, { "path": "b", "sha256": "3" }] });
        assert_eq!(differences(&one, &two), ["b"]);
        assert_eq!(differences(&one, &one), [""; 0]);
    }
}

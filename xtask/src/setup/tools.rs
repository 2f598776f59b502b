//! Tools at pinned versions: what is on PATH is used if it is that version; else it is installed into the
//! per-user cache, once, by Cargo or npm, so that a second clone starts in seconds.
//!
//! An installation appears by a rename, so a half-made one is never mistaken for a whole one, and happens
//! under a lock, so two runs at once never make the same one.

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
    /// Lets a program drive Firefox.
    Geckodriver,
    /// Runs the targets in fuzz/.
    CargoFuzz,
}

/// Where a tool comes from.
#[derive(Clone, Copy)]
enum Source {
    /// Options of `cargo install`, and about how many crates it is compiled from.
    Cargo(&'static [&'static str], u64),
    /// Its npm package has it for every platform that runs Node.
    Npm,
}

/// The development profile is made for a short compilation; Trunk's own release profile takes a quarter
/// of an hour.
const QUICK: [(&str, &str); 2] = [
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ("CARGO_PROFILE_DEV_OPT_LEVEL", "0"),
];

impl Tool {
    /// Its package, its programs, and where it comes from.
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
            Self::Binaryen => ("binaryen", &["wasm-opt"], Npm),
        }
    }

    fn version(self) -> Result<String> {
        let pinned = match self {
            Self::Trunk => "0.22.1",
            Self::Geckodriver => "0.37.1",
            Self::CargoFuzz => "0.13.2",
            Self::Binaryen => "132.0.0",
            // The library and the program speak a private format that changes with every release.
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

    /// Its name for people, and for `--allow-missing`.
    pub fn name(self) -> &'static str {
        let (_, programs, _) = self.row();
        programs.first().unwrap_or(&"tool")
    }

    /// The program that it cannot be installed without.
    pub fn program(self) -> Option<Program> {
        match self {
            Self::Binaryen => Some(Program::Node),
            Self::Geckodriver => Some(Program::Firefox),
            _ => None,
        }
    }

    /// Whether its installation takes minutes.
    pub fn is_compiled(self) -> bool {
        matches!(self.row().2, Source::Cargo(..))
    }

    /// Where it is installed in the cache, and the folder of its programs in there.
    fn install_dirs(self) -> Result<(PathBuf, PathBuf)> {
        let name = format!("{}-{}", self.name(), self.version()?);
        let home = paths::cache()?.join("tools").join(name);
        let bin = home.join(match self.row().2 {
            Source::Npm => "node_modules/.bin",
            Source::Cargo(..) => "bin",
        });
        Ok((home, bin))
    }

    /// Whether its programs are in this folder.
    fn is_in(self, bin: &Path) -> bool {
        let programs = self.row().1;
        programs.iter().all(|program| bin.join(program).is_file())
    }

    /// Whether its programs are on PATH at this version.
    fn is_on_path(self) -> bool {
        let Ok(version) = self.version() else {
            return false;
        };
        // Binaryen's programs say only the first number of the version.
        let said = match self {
            Self::Binaryen => version.split('.').next().unwrap_or_default(),
            _ => &version,
        };
        self.row().1.iter().all(|name| {
            paths::on_path(&[name]).is_some_and(|program| {
                process::output(Command::new(program).arg("--version"))
                    .is_ok_and(|text| has_version(&text, said))
            })
        })
    }

    /// Installs it into the cache, unless that has been done.
    fn install(self) -> Result<PathBuf> {
        let (home, bin) = self.install_dirs()?;
        if self.is_in(&bin) {
            return Ok(bin);
        }
        if let Some(program) = self.program() {
            program.require()?;
        }
        // The last part of a version is no extension.
        let beside = |end| PathBuf::from(format!("{}.{end}", home.display()));
        fs::create_dir_all(home.parent().unwrap_or(&home)).context("cannot make the cache")?;
        let _lock = self.lock(&beside("lock"))?;
        // The owner of the lock before may have made it.
        if self.is_in(&bin) {
            return Ok(bin);
        }
        let (package, _, source) = self.row();
        let version = self.version()?;
        let partial = beside("partial");
        remove_folder(&partial)?;
        let (mut command, crates) = match source {
            // It fetches what it can, and compiles else.
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
        // An installation that was broken off goes on where it was.
        let build = beside("build");
        command.env("CARGO_TARGET_DIR", &build).envs(QUICK);
        process::logged(&format!("{} {version}", self.name()), &mut command, crates)?;
        fs::rename(&partial, &home)?;
        remove_folder(&build)?;
        ensure!(self.is_in(&bin), "{package} has no {}", self.name());
        Ok(bin)
    }

    /// Keeps two runs from installing it at once, while the file is held.
    fn lock(self, path: &Path) -> Result<File> {
        let file = File::create(path).context("cannot make a lock file")?;
        if file.try_lock().is_err() {
            println!("Waiting for another run that installs {} …", self.name());
            file.lock().context("cannot lock the cache")?;
        }
        Ok(file)
    }
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
        Ok(all)
    }

    /// One more tool, installed if need be.
    pub fn add(&mut self, tool: Tool) -> Result<()> {
        if !tool.is_on_path() {
            self.folders.push(tool.install()?);
        }
        Ok(())
    }

    /// Looks in this folder before all others.
    pub fn prepend(&mut self, folder: PathBuf) {
        self.folders.insert(0, folder);
    }

    /// Whether one of these tools would have to be installed.
    pub fn needs_install(tools: &[Tool]) -> bool {
        let there =
            |it: &Tool| it.is_on_path() || it.install_dirs().is_ok_and(|(_, bin)| it.is_in(&bin));
        !tools.iter().all(there)
    }

    /// Where a program of these tools is.
    pub fn program(&self, name: &str) -> Result<PathBuf> {
        let own = self.folders.iter().map(|folder| folder.join(name));
        let found = own.into_iter().find(|file| file.is_file());
        found
            .or_else(|| paths::on_path(&[name]))
            .with_context(|| format!("there is no {name}"))
    }

    /// Lets `command` find the tools.
    pub fn add_to_path<'a>(&self, command: &'a mut Command) -> Result<&'a mut Command> {
        let present = env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned();
        let path = env::join_paths(folders.chain(env::split_paths(&present)))
            .context("a folder of tools has a name that cannot be on PATH")?;
        Ok(command.env("PATH", path))
    }
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
    fn a_version_is_a_whole_word() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert!(has_version("wasm-opt version 132 (version_132)", "132"));
        assert!(!has_version("wasm-bindgen 0.2.13", "0.2.130"));
        assert!(!has_version("wasm-opt version 108", "132"));
    }

    #[test]
    fn trunk_and_the_set_up_want_the_same_versions() {
        let settings = std::fs::read_to_string(paths::root().join("Trunk.toml")).unwrap();
        let version = |tool: Tool| tool.version().unwrap();
        let binaryen = version(Tool::Binaryen);
        let number = binaryen.split('.').next().unwrap();
        assert!(settings.contains(&format!("wasm_opt = \"version_{number}\"")));
        assert!(settings.contains(&format!("trunk-version = \"^{}\"", version(Tool::Trunk))));
    }
}

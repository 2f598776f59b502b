//! Programs that the operating system brings: one table of them and of the packages that have them.
//! All that a run needs are looked for before its first stage; what is missing is installed by apt
//! where that asks for no password, or named at once with the command that installs it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::{limit, places, process};

/// Where Debian and Ubuntu put nginx's module for files that are compressed with brotli already.
const BROTLI_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
const MAC_CHROME: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
/// The oldest Node.js that the npm packages run on.
const OLDEST_NODE: u32 = 20;

/// A program of the operating system, or a module of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// Tells which files belong to the source.
    Git,
    /// Node.js with npm.
    Node,
    /// Python with venv, for tools that come as Python packages.
    Python,
    /// Makes certificates for tests.
    Openssl,
    /// The browser for tests.
    Chromium,
    /// Its `WebDriver`, of the same version.
    Chromedriver,
    /// Chromium without a window around its pages: half the work for each page of a test.
    HeadlessShell,
    /// The second browser.
    Firefox,
    /// Reads bar codes off pictures.
    Zbar,
    /// The web server of deploy/nginx.
    Nginx,
    /// nginx's module for files that are compressed with brotli already.
    Brotli,
    /// The web server of deploy/caddy.
    Caddy,
    /// Renders the Kubernetes objects of deploy/kubernetes.
    Kustomize,
}

/// A package's name for each package manager, where it has one.
struct Package {
    name: &'static str,
    debian: Option<&'static str>,
    ubuntu: Option<&'static str>,
    dnf: Option<&'static str>,
    brew: Option<&'static str>,
}

/// A package with the same name in Debian and Ubuntu.
const fn package(
    name: &'static str,
    apt: &'static str,
    dnf: &'static str,
    brew: &'static str,
) -> Package {
    Package {
        name,
        debian: Some(apt),
        ubuntu: Some(apt),
        dnf: Some(dnf),
        brew: Some(brew),
    }
}

impl Program {
    const fn package(self) -> Package {
        match self {
            Self::Git => package("git", "git", "git", "git"),
            Self::Node => Package {
                // Debian's is older than what the npm packages run on.
                debian: None,
                ubuntu: None,
                ..package("Node.js 20 or newer with npm", "", "nodejs-npm", "node")
            },
            Self::Python => package(
                "Python 3.10 or newer with venv",
                "python3-venv",
                "python3",
                "python",
            ),
            Self::Openssl => package("openssl", "openssl", "openssl", "openssl"),
            // Ubuntu's packages of browsers are snaps, which do not run in containers.
            Self::Chromium => Package {
                ubuntu: None,
                ..package("Chromium or Chrome", "chromium", "chromium", "chromium")
            },
            Self::Chromedriver => Package {
                ubuntu: None,
                ..package(
                    "chromedriver",
                    "chromium-driver",
                    "chromedriver",
                    "chromedriver",
                )
            },
            Self::HeadlessShell => Package {
                ubuntu: None,
                brew: None,
                ..package(
                    "Chromium's headless shell",
                    "chromium-headless-shell",
                    "chromium-headless",
                    "",
                )
            },
            Self::Firefox => Package {
                ubuntu: None,
                ..package("Firefox", "firefox-esr", "firefox", "firefox")
            },
            Self::Zbar => package("zbarimg", "zbar-tools", "zbar-tools", "zbar"),
            Self::Nginx => package("nginx", "nginx-light", "nginx", "nginx"),
            Self::Brotli => Package {
                dnf: None,
                brew: None,
                ..package(
                    "nginx's module for brotli",
                    "libnginx-mod-http-brotli-static",
                    "",
                    "",
                )
            },
            Self::Caddy => package("caddy", "caddy", "caddy", "caddy"),
            Self::Kustomize => Package {
                debian: None,
                ubuntu: None,
                ..package("kustomize or kubectl", "", "kustomize", "kustomize")
            },
        }
    }

    /// Its name for `--allow-missing` and in summaries.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Git => "git",
            Self::Node => "node",
            Self::Python => "python",
            Self::Openssl => "openssl",
            Self::Chromium => "chromium",
            Self::Chromedriver => "chromedriver",
            Self::HeadlessShell => "headless-shell",
            Self::Firefox => "firefox",
            Self::Zbar => "zbar",
            Self::Nginx => "nginx",
            Self::Brotli => "brotli",
            Self::Caddy => "caddy",
            Self::Kustomize => "kustomize",
        }
    }

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        self.package().name
    }

    /// Where it is, if it is there in a version that serves.
    pub fn find(self) -> Option<PathBuf> {
        match self {
            Self::Git => places::on_path(&["git"]),
            Self::Node => places::on_path(&["npm"]).and(node()),
            Self::Python => python(),
            Self::Openssl => places::on_path(&["openssl"]),
            Self::Chromium => chosen("CHROMIUM")
                .or_else(|| places::on_path(&CHROMIUM_NAMES))
                .or_else(|| Some(PathBuf::from(MAC_CHROME)).filter(|path| path.is_file())),
            Self::Chromedriver => {
                chosen("CHROMEDRIVER").or_else(|| places::on_path(&["chromedriver"]))
            }
            Self::HeadlessShell => places::on_path(&["chromium-headless-shell", "headless_shell"]),
            Self::Firefox => {
                chosen("FIREFOX").or_else(|| places::on_path(&["firefox-esr", "firefox"]))
            }
            Self::Zbar => places::on_path(&["zbarimg"]),
            // Debian keeps it where only root's PATH leads.
            Self::Nginx => places::on_path(&["nginx"])
                .or_else(|| places::program_in(Path::new("/usr/sbin"), "nginx")),
            Self::Brotli => Some(PathBuf::from(BROTLI_MODULE)).filter(|module| module.is_file()),
            Self::Caddy => places::on_path(&["caddy"]),
            Self::Kustomize => places::on_path(&["kustomize", "kubectl"]),
        }
    }

    /// Whether the tests check the same without it, only slower.
    const fn is_a_convenience(self) -> bool {
        matches!(self, Self::HeadlessShell)
    }

    /// Where it is, or a sentence on how to get it.
    pub fn require(self) -> Result<PathBuf> {
        self.find()
            .with_context(|| format!("{} is missing. {}", self.name(), advice(&[self])))
    }
}

const CHROMIUM_NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// A program that is named in the environment.
pub fn chosen(name: &str) -> Option<PathBuf> {
    env::var_os(name)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}

fn node() -> Option<PathBuf> {
    let node = places::on_path(&["node"])?;
    let version = process::output(Command::new(&node).arg("--version")).ok()?;
    (major(&version)? >= OLDEST_NODE).then_some(node)
}

/// 22 of `v22.3.0`.
fn major(version: &str) -> Option<u32> {
    let number = version.trim().strip_prefix('v')?;
    number.split('.').next()?.parse().ok()
}

fn python() -> Option<PathBuf> {
    let python = places::on_path(&["python3"])?;
    let question = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))";
    process::output(Command::new(&python).args(["-c", question]))
        .is_ok()
        .then_some(python)
}

/// A package manager, as far as it is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manager {
    Apt { ubuntu: bool },
    Dnf,
    Brew,
}

impl Manager {
    const ALL: [Self; 4] = [
        Self::Apt { ubuntu: false },
        Self::Apt { ubuntu: true },
        Self::Dnf,
        Self::Brew,
    ];

    fn here() -> Option<Self> {
        let has = |name| places::on_path(&[name]).is_some();
        let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
        match system_id(&system) {
            Some(id @ ("debian" | "ubuntu")) if has("apt-get") => Some(Self::Apt {
                ubuntu: id == "ubuntu",
            }),
            _ if has("dnf") => Some(Self::Dnf),
            _ if has("brew") => Some(Self::Brew),
            _ => None,
        }
    }

    fn package(self, program: Program) -> Option<&'static str> {
        let package = program.package();
        match self {
            Self::Apt { ubuntu: false } => package.debian,
            Self::Apt { ubuntu: true } => package.ubuntu,
            Self::Dnf => package.dnf,
            Self::Brew => package.brew,
        }
    }

    /// The command that installs `packages`, for a person to type.
    fn command(self, packages: &[&str], root: bool) -> String {
        let sudo = if root { "" } else { "sudo " };
        let packages = packages.join(" ");
        match self {
            Self::Apt { .. } => format!("{sudo}apt-get install {packages}"),
            Self::Dnf => format!("{sudo}dnf install {packages}"),
            // Homebrew refuses to be run by root.
            Self::Brew => format!("brew install {packages}"),
        }
    }

    const fn system(self) -> &'static str {
        match self {
            Self::Apt { ubuntu: false } => "Debian",
            Self::Apt { ubuntu: true } => "Ubuntu",
            Self::Dnf => "Fedora",
            Self::Brew => "macOS",
        }
    }
}

fn system_id(os_release: &str) -> Option<&str> {
    let id = os_release.lines().find_map(|line| line.strip_prefix("ID="));
    id.map(|id| id.trim().trim_matches('"'))
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// How to install `missing` here; on a system that is not known, how on those that are.
fn advice(missing: &[Program]) -> String {
    let managers = Manager::here().map_or(Manager::ALL.to_vec(), |here| vec![here]);
    advice_for(missing, &managers, is_root())
}

fn advice_for(missing: &[Program], managers: &[Manager], root: bool) -> String {
    let mut lines = Vec::new();
    for manager in managers {
        let packages: Vec<_> = (missing.iter())
            .filter_map(|program| manager.package(*program))
            .collect();
        if !packages.is_empty() {
            let command = manager.command(&packages, root);
            lines.push(match managers {
                [_] => format!("Install by: {command}"),
                _ => format!("On {}: {command}", manager.system()),
            });
        }
    }
    let without: Vec<_> = (missing.iter())
        .filter(|program| !managers.iter().any(|it| it.package(**program).is_some()))
        .map(|program| program.name())
        .collect();
    if !without.is_empty() {
        lines.push(format!("Install from its makers: {}", without.join(", ")));
    }
    lines.join("\n")
}

/// Looks for all of `programs`, installs by apt what it can, and names the rest with a command that
/// installs it. Returns what is missing in the end, apart from conveniences.
pub fn look_for(programs: &[Program]) -> Vec<Program> {
    let absent = || -> Vec<Program> {
        let all = programs.iter().copied();
        all.filter(|program| program.find().is_none()).collect()
    };
    let mut missing = absent();
    if missing.is_empty() {
        return missing;
    }
    if let Some(manager @ Manager::Apt { .. }) = Manager::here()
        && is_root()
    {
        let packages: Vec<_> = (missing.iter())
            .filter_map(|program| manager.package(*program))
            .collect();
        if !packages.is_empty() {
            if let Err(error) = apt(&packages) {
                println!("note: apt-get could not install everything: {error:#}");
            }
            missing = absent();
        }
    }
    missing.retain(|program| !program.is_a_convenience());
    if !missing.is_empty() {
        let names: Vec<_> = missing.iter().map(|program| program.name()).collect();
        println!("Missing on this machine: {}", names.join(", "));
        println!("{}", advice(&missing));
    }
    missing
}

/// How long apt may take before it counts as hanging.
const APT_LIMIT: Duration = Duration::from_mins(15);

/// Installs packages; where not all can be had, those that can.
fn apt(packages: &[&str]) -> Result<()> {
    println!(
        "Installing {} with apt-get: usually 1 to 3 minutes …",
        packages.join(", ")
    );
    let started = Instant::now();
    let logs = places::cache()?.join("logs");
    let install = |packages: &[&str]| {
        process::logged(
            apt_get()
                .args(["install", "--yes", "--no-install-recommends"])
                .args(packages),
            &logs.join("apt-install.log"),
        )
    };
    limit::limited("apt-get", APT_LIMIT, || {
        process::logged(apt_get().arg("update"), &logs.join("apt-update.log"))?;
        install(packages).or_else(|error| {
            let failed = |package: &&&str| install(&[*package]).is_err();
            let left: Vec<_> = packages.iter().filter(failed).copied().collect();
            if left.is_empty() {
                return Ok(());
            }
            Err(error.context(format!("not to be had: {}", left.join(", "))))
        })
    })?;
    println!("  done in {}", process::spoken(started.elapsed()));
    Ok(())
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(test)]
mod tests {
    use super::{Manager, Program, advice_for, major, system_id};

    #[test]
    fn os_release_names_the_system_and_not_its_relatives() {
        let debian = "PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n";
        assert_eq!(system_id(debian), Some("debian"));
        assert_eq!(system_id("ID=\"ubuntu\"\nID_LIKE=debian\n"), Some("ubuntu"));
        assert_eq!(system_id("ID_LIKE=debian\n"), None);
    }

    #[test]
    fn a_node_version_has_its_major_number_first() {
        assert_eq!(major("v20.11.0\n"), Some(20));
        assert_eq!(major("20.11.0"), None);
    }

    #[test]
    fn all_missing_programs_stand_in_one_command() {
        let missing = [Program::Zbar, Program::Nginx, Program::Node];
        let debian = Manager::Apt { ubuntu: false };
        assert_eq!(
            advice_for(&missing, &[debian], true),
            "Install by: apt-get install zbar-tools nginx-light\n\
             Install from its makers: Node.js 20 or newer with npm"
        );
        assert_eq!(
            advice_for(&missing, &[Manager::Dnf], false),
            "Install by: sudo dnf install zbar-tools nginx nodejs-npm"
        );
        assert_eq!(
            advice_for(&missing, &[Manager::Brew], false),
            "Install by: brew install zbar nginx node"
        );
    }

    #[test]
    fn ubuntu_s_browsers_are_not_installed_since_they_are_snaps() {
        let missing = [Program::Chromium, Program::Caddy];
        let advice = advice_for(&missing, &[Manager::Apt { ubuntu: true }], false);
        assert_eq!(
            advice,
            "Install by: sudo apt-get install caddy\nInstall from its makers: Chromium or Chrome"
        );
    }

    #[test]
    fn an_unknown_system_gets_a_command_for_each_known_one() {
        let advice = advice_for(&[Program::Zbar], &Manager::ALL, false);
        assert_eq!(advice.lines().count(), Manager::ALL.len());
        assert!(advice.contains("On macOS: brew install zbar"));
    }
}

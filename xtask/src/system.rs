//! Programs that the operating system brings: one table of them and of the packages that have them.
//! All that a run needs are looked for before its first stage; what is missing is installed by apt
//! where that asks for no password, or named at once with the command that installs it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result};

use crate::{limit, places, process};

/// Where Debian and Ubuntu put nginx's module for files that are compressed with brotli already.
const BROTLI_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
/// The oldest Node.js that the npm packages run on.
const OLDEST_NODE: u32 = 20;

/// A program of the operating system, or a module of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    Git,
    Node,
    Python,
    Openssl,
    Chromium,
    Chromedriver,
    HeadlessShell,
    Firefox,
    Zbar,
    Nginx,
    Brotli,
    Caddy,
    Kustomize,
}

impl Program {
    /// Its name for `--allow-missing`, its name for people, where it may be, and its packages for Debian,
    /// Ubuntu, dnf and Homebrew, empty where there is none.
    #[rustfmt::skip]
    const fn row(self) -> (&'static str, &'static str, &'static [&'static str], [&'static str; 4]) {
        match self {
            Self::Git => ("git", "git", &["git"], ["git"; 4]),
            // Debian's is older than what the npm packages run on.
            Self::Node => ("node", "Node.js 20 or newer with npm", &["node"], ["", "", "nodejs-npm", "node"]),
            Self::Python => ("python", "Python 3.10 or newer with venv", &["python3"], ["python3-venv", "python3-venv", "python3", "python"]),
            Self::Openssl => ("openssl", "openssl", &["openssl"], ["openssl"; 4]),
            // Ubuntu's packages of browsers are snaps, which do not run in containers.
            Self::Chromium => ("chromium", "Chromium or Chrome", &CHROMIUM, ["chromium", "", "chromium", "chromium"]),
            Self::Chromedriver => ("chromedriver", "chromedriver", &["chromedriver"], ["chromium-driver", "", "chromedriver", "chromedriver"]),
            Self::HeadlessShell => ("headless-shell", "Chromium's headless shell", &["chromium-headless-shell", "headless_shell"], ["chromium-headless-shell", "", "chromium-headless", ""]),
            Self::Firefox => ("firefox", "Firefox", &["firefox-esr", "firefox"], ["firefox-esr", "", "firefox", "firefox"]),
            Self::Zbar => ("zbar", "zbarimg", &["zbarimg"], ["zbar-tools", "zbar-tools", "zbar-tools", "zbar"]),
            // Debian keeps it where only root's PATH leads.
            Self::Nginx => ("nginx", "nginx", &["nginx", "/usr/sbin/nginx"], ["nginx-light", "nginx-light", "nginx", "nginx"]),
            Self::Brotli => ("brotli", "nginx's module for brotli", &[], ["libnginx-mod-http-brotli-static", "libnginx-mod-http-brotli-static", "", ""]),
            Self::Caddy => ("caddy", "caddy", &["caddy"], ["caddy"; 4]),
            Self::Kustomize => ("kustomize", "kustomize or kubectl", &["kustomize", "kubectl"], ["", "", "kustomize", "kustomize"]),
        }
    }

    /// Its name for `--allow-missing` and in summaries.
    pub const fn id(self) -> &'static str {
        self.row().0
    }

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        self.row().1
    }

    /// Where it is, if it is there in a version that serves.
    pub fn find(self) -> Option<PathBuf> {
        let found = || places::on_path(self.row().2);
        match self {
            Self::Node => {
                found().filter(|node| places::on_path(&["npm"]).is_some() && serves(node))
            }
            Self::Python => found().filter(|python| {
                let question = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))";
                process::output(Command::new(python).args(["-c", question])).is_ok()
            }),
            Self::Chromium | Self::Chromedriver | Self::Firefox => {
                chosen(&self.id().to_uppercase()).or_else(found)
            }
            Self::Brotli => Some(PathBuf::from(BROTLI_MODULE)).filter(|module| module.is_file()),
            _ => found(),
        }
    }

    /// Where it is, or a sentence on how to get it.
    pub fn require(self) -> Result<PathBuf> {
        self.find()
            .with_context(|| format!("{} is missing. {}", self.name(), advice(&[self])))
    }

    /// Where it is, after installing it if that asks for no password.
    pub fn installed(self) -> Result<PathBuf> {
        look_for(&[self]);
        self.require()
    }
}

const CHROMIUM: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// A program that is named in the environment.
pub fn chosen(name: &str) -> Option<PathBuf> {
    let path = env::var_os(name).map(PathBuf::from);
    path.filter(|path| path.is_file())
}

fn serves(node: &Path) -> bool {
    let version = process::output(Command::new(node).arg("--version"));
    version.is_ok_and(|version| major(&version) >= Some(OLDEST_NODE))
}

/// 22 of `v22.3.0`.
fn major(version: &str) -> Option<u32> {
    let number = version.trim().strip_prefix('v')?;
    number.split('.').next()?.parse().ok()
}

/// A package manager: the system it is known by, its column of the table, and its command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Manager(&'static str, usize, &'static str);

const MANAGERS: [Manager; 4] = [
    Manager("Debian", 0, "apt-get install"),
    Manager("Ubuntu", 1, "apt-get install"),
    Manager("Fedora", 2, "dnf install"),
    Manager("macOS", 3, "brew install"),
];

impl Manager {
    fn here() -> Option<Self> {
        let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
        let known = |it: &Self| match it.0 {
            "Fedora" | "macOS" => true,
            name => system_id(&system).is_some_and(|id| id == name.to_lowercase()),
        };
        let program = |it: &Self| it.2.split(' ').next().unwrap_or_default();
        let there = |it: &Self| places::on_path(&[program(it)]).is_some();
        MANAGERS.into_iter().find(|it| known(it) && there(it))
    }

    fn packages(self, programs: &[Program]) -> Vec<&'static str> {
        let names = programs
            .iter()
            .filter_map(|program| program.row().3.get(self.1).copied());
        names.filter(|name| !name.is_empty()).collect()
    }

    /// The command that installs packages, for a person to type.
    fn command(self, packages: &[&str], root: bool) -> String {
        // Homebrew refuses to be run by root.
        let sudo = if root || self.0 == "macOS" {
            ""
        } else {
            "sudo "
        };
        format!("{sudo}{} {}", self.2, packages.join(" "))
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
    let managers = Manager::here().map_or(MANAGERS.to_vec(), |here| vec![here]);
    advice_for(missing, &managers, is_root())
}

fn advice_for(missing: &[Program], managers: &[Manager], root: bool) -> String {
    let mut lines = Vec::new();
    for manager in managers {
        let packages = manager.packages(missing);
        if !packages.is_empty() {
            let command = manager.command(&packages, root);
            lines.push(match managers {
                [_] => format!("Install by: {command}"),
                _ => format!("On {}: {command}", manager.0),
            });
        }
    }
    let without: Vec<_> = (missing.iter())
        .filter(|program| {
            managers
                .iter()
                .all(|it| it.packages(&[**program]).is_empty())
        })
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
    if let Some(manager) = Manager::here()
        && manager.2.starts_with("apt-get")
        && is_root()
    {
        let packages = manager.packages(&missing);
        if !packages.is_empty() {
            if let Err(error) = apt(&packages) {
                println!("note: apt-get could not install everything: {error:#}");
            }
            missing = absent();
        }
    }
    // The tests check the same without it, only slower.
    missing.retain(|program| *program != Program::HeadlessShell);
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
    let apt_get = |words: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(words);
        process::logged(&format!("apt-get {}", words.join(" ")), &mut command, 0)
    };
    let install = |packages: &[&str]| {
        apt_get(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
    };
    limit::limited("apt-get", APT_LIMIT, || {
        apt_get(&["update"])?;
        install(packages).or_else(|error| {
            let failed = |package: &&&str| install(&[*package]).is_err();
            let left: Vec<_> = packages.iter().filter(failed).copied().collect();
            if left.is_empty() {
                return Ok(());
            }
            Err(error.context(format!("not to be had: {}", left.join(", "))))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{MANAGERS, Program, advice_for, major, system_id};

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
        let [debian, _, dnf, brew] = MANAGERS;
        assert_eq!(
            advice_for(&missing, &[debian], true),
            "Install by: apt-get install zbar-tools nginx-light\n\
             Install from its makers: Node.js 20 or newer with npm"
        );
        assert_eq!(
            advice_for(&missing, &[dnf], false),
            "Install by: sudo dnf install zbar-tools nginx nodejs-npm"
        );
        assert_eq!(
            advice_for(&missing, &[brew], false),
            "Install by: brew install zbar nginx node"
        );
    }

    #[test]
    fn ubuntu_s_browsers_are_not_installed_since_they_are_snaps() {
        let missing = [Program::Chromium, Program::Caddy];
        let [_, ubuntu, ..] = MANAGERS;
        assert_eq!(
            advice_for(&missing, &[ubuntu], false),
            "Install by: sudo apt-get install caddy\nInstall from its makers: Chromium or Chrome"
        );
    }

    #[test]
    fn an_unknown_system_gets_a_command_for_each_known_one() {
        let advice = advice_for(&[Program::Zbar], &MANAGERS, false);
        assert_eq!(advice.lines().count(), MANAGERS.len());
        assert!(advice.contains("On macOS: brew install zbar"));
    }
}

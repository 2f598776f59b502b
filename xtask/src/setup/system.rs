//! Programs of the operating system, with the packages that contain them. Missing ones are installed by
//! apt-get as root, or reported together with the command that installs them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context, Result};

use super::{paths, process, time_limit};

/// The path of nginx's module for precompressed Brotli files, on Debian and Ubuntu.
const BROTLI_MODULE: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// A program of the operating system, or a module of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    Git,
    Node,
    Python,
    Openssl,
    Chromium,
    Chromedriver,
    Firefox,
    WebKit,
    Xvfb,
    Zbar,
    Poppler,
    Nginx,
    Brotli,
    Caddy,
    Kustomize,
    Wrk,
    Mtail,
    Promtool,
    Ffmpeg,
    Buildah,
}

impl Program {
    /// Its name for `--allow-missing`, its display name, its possible names or paths, and its packages for
    /// Debian, Ubuntu, dnf and Homebrew, empty where there is none.
    #[rustfmt::skip]
    const fn row(self) -> (&'static str, &'static str, &'static [&'static str], [&'static str; 4]) {
        match self {
            Self::Git => ("git", "git", &["git"], ["git"; 4]),
            // Debian's version is too old for the npm packages.
            Self::Node => ("node", "Node.js 20 or newer with npm", &["node"], ["", "", "nodejs-npm", "node"]),
            Self::Python => ("python", "Python 3.10 or newer with venv", &["python3"], ["python3-venv", "python3-venv", "python3", "python"]),
            Self::Openssl => ("openssl", "openssl", &["openssl"], ["openssl"; 4]),
            // Ubuntu's browser packages are snaps, which do not run in containers.
            Self::Chromium => ("chromium", "Chromium or Chrome", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
                ["chromium chromium-headless-shell", "", "chromium chromium-headless", "chromium"]),
            Self::Chromedriver => ("chromedriver", "chromedriver", &["chromedriver"], ["chromium-driver", "", "chromedriver", "chromedriver"]),
            Self::Firefox => ("firefox", "Firefox", &["firefox-esr", "firefox"], ["firefox-esr", "", "firefox", "firefox"]),
            Self::WebKit => ("webkit", "WebKitWebDriver with MiniBrowser", &["WebKitWebDriver"], ["webkit2gtk-driver", "webkit2gtk-driver", "", ""]),
            Self::Xvfb => ("xvfb", "xvfb-run", &["xvfb-run"], ["xvfb", "xvfb", "xorg-x11-server-Xvfb", ""]),
            Self::Zbar => ("zbar", "zbarimg", &["zbarimg"], ["zbar-tools", "zbar-tools", "zbar-tools", "zbar"]),
            Self::Poppler => ("poppler", "pdftotext and pdftoppm", &["pdftoppm"], ["poppler-utils", "poppler-utils", "poppler-utils", "poppler"]),
            // On Debian its folder is only in root's PATH.
            Self::Nginx => ("nginx", "nginx", &["nginx", "/usr/sbin/nginx"], ["nginx-light", "nginx-light", "nginx", "nginx"]),
            Self::Brotli => ("brotli", "nginx's module for brotli", &[], ["libnginx-mod-http-brotli-static", "libnginx-mod-http-brotli-static", "", ""]),
            Self::Caddy => ("caddy", "caddy", &["caddy"], ["caddy"; 4]),
            Self::Kustomize => ("kustomize", "kustomize or kubectl", &["kustomize", "kubectl"], ["", "", "kustomize", "kustomize"]),
            Self::Buildah => ("buildah", "buildah", &["buildah"], ["buildah", "buildah", "buildah", ""]),
            Self::Ffmpeg => ("ffmpeg", "ffmpeg", &["ffmpeg"], ["ffmpeg", "ffmpeg", "ffmpeg-free", "ffmpeg"]),
            Self::Mtail => ("mtail", "mtail", &["mtail"], ["mtail", "mtail", "", "mtail"]),
            Self::Promtool => ("promtool", "promtool", &["promtool"], ["prometheus", "prometheus", "", "prometheus"]),
            Self::Wrk => ("wrk", "wrk", &["wrk"], ["wrk", "wrk", "", "wrk"]),
        }
    }

    /// Its name for `--allow-missing` and in summaries.
    pub const fn id(self) -> &'static str {
        self.row().0
    }

    /// Its display name.
    pub const fn name(self) -> &'static str {
        self.row().1
    }

    /// Its path, if it is installed in a version that works.
    pub fn find(self) -> Option<PathBuf> {
        let found = || paths::on_path(self.row().2);
        match self {
            Self::Node if paths::on_path(&["npm"]).is_none() => None,
            Self::Node => {
                let check = "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)";
                found().filter(|node| succeeds(node, ["-e", check]))
            }
            Self::Python => {
                let check = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))";
                found().filter(|python| succeeds(python, ["-c", check]))
            }
            Self::Chromium | Self::Chromedriver | Self::Firefox => {
                from_env(&self.id().to_uppercase()).or_else(found)
            }
            Self::Brotli => Some(PathBuf::from(BROTLI_MODULE)).filter(|module| module.is_file()),
            _ => found(),
        }
    }

    /// Its path, or an error with the way to install it.
    pub fn require(self) -> Result<PathBuf> {
        self.find()
            .with_context(|| format!("{} is missing. {}", self.name(), advice(&[self])))
    }

    /// Its path, after installing it by apt-get if possible.
    pub fn installed(self) -> Result<PathBuf> {
        ensure_installed(&[self]);
        self.require()
    }
}

/// The path of a program from an environment variable.
pub fn from_env(name: &str) -> Option<PathBuf> {
    let path = env::var_os(name).map(PathBuf::from);
    path.filter(|path| path.is_file())
}

fn succeeds(program: &Path, words: [&str; 2]) -> bool {
    process::output(Command::new(program).args(words)).is_ok()
}

/// A package manager: the start of its command, and its column in the table.
#[derive(Clone, Copy)]
struct PackageManager(&'static str, usize);

const APT: PackageManager = PackageManager("apt-get install", 0);
const APT_ON_UBUNTU: PackageManager = PackageManager("apt-get install", 1);
const DNF: PackageManager = PackageManager("dnf install", 2);
const BREW: PackageManager = PackageManager("brew install", 3);

impl PackageManager {
    fn here() -> Option<Self> {
        let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
        let is_ubuntu = system.lines().any(|line| line == "ID=ubuntu");
        let there = |program| paths::on_path(&[program]).is_some();
        match () {
            () if there("apt-get") && is_ubuntu => Some(APT_ON_UBUNTU),
            () if there("apt-get") => Some(APT),
            () if there("dnf") => Some(DNF),
            () if there("brew") => Some(BREW),
            () => None,
        }
    }

    fn packages(self, programs: &[Program]) -> Vec<&'static str> {
        let columns = programs.iter().map(|program| program.row().3);
        let cells = columns.filter_map(|columns| columns.get(self.1).copied());
        cells.flat_map(str::split_whitespace).collect()
    }
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// The way to install `missing` on this machine.
fn advice(missing: &[Program]) -> String {
    advice_for(missing, PackageManager::here(), is_root())
}

fn advice_for(missing: &[Program], manager: Option<PackageManager>, root: bool) -> String {
    let packages = |all: &[Program]| manager.map_or(vec![], |it| it.packages(all));
    let mut lines = Vec::new();
    let all = packages(missing).join(" ");
    if let Some(PackageManager(command, _)) = manager.filter(|_| !all.is_empty()) {
        // Homebrew does not run as root.
        let needs_sudo = !root && command != BREW.0;
        let sudo = if needs_sudo { "sudo " } else { "" };
        lines.push(format!("Install with: {sudo}{command} {all}"));
    }
    let others = (missing.iter()).filter(|it| packages(&[**it]).is_empty());
    let others: Vec<_> = others.map(|it| it.name()).collect();
    if !others.is_empty() {
        lines.push(format!("Download and install: {}", others.join(", ")));
    }
    lines.join("\n")
}

/// Installs missing `programs` by apt-get if possible, and prints the way to install the others, which it
/// returns.
pub fn ensure_installed(programs: &[Program]) -> Vec<Program> {
    let absent = || -> Vec<Program> {
        let all = programs.iter().copied();
        all.filter(|program| program.find().is_none()).collect()
    };
    let mut missing = absent();
    let apt = PackageManager::here().filter(|it| it.0 == APT.0 && is_root());
    let packages = apt.map_or(vec![], |it| it.packages(&missing));
    if !packages.is_empty() {
        if let Err(error) = time_limit::with_limit("apt-get", APT_LIMIT, || install(&packages)) {
            println!("note: apt-get could not install everything: {error:#}");
        }
        missing = absent();
    }
    if !missing.is_empty() {
        let names: Vec<_> = missing.iter().map(|program| program.name()).collect();
        println!("Missing on this machine: {}", names.join(", "));
        println!("{}", advice(&missing));
    }
    missing
}

/// The time limit of apt-get.
const APT_LIMIT: Duration = Duration::from_mins(15);

/// Installs packages by apt-get; if one of them fails, each by itself.
fn install(packages: &[&str]) -> Result<()> {
    let apt_get = |words: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(words);
        process::logged(&format!("apt-get {}", words.join(" ")), &mut command, 0)
    };
    let install = |packages: &[&str]| {
        apt_get(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
    };
    apt_get(&["update"])?;
    if install(packages).is_ok() {
        return Ok(());
    }
    let failed = |package: &&&str| install(&[*package]).is_err();
    let left: Vec<_> = packages.iter().filter(failed).copied().collect();
    anyhow::ensure!(left.is_empty(), "not available: {}", left.join(", "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{APT, APT_ON_UBUNTU, BREW, DNF, Program, advice_for};

    #[test]
    fn advice_has_one_command_for_all_missing_programs() {
        let missing = [Program::Zbar, Program::Nginx, Program::Node];
        assert_eq!(
            advice_for(&missing, Some(APT), true),
            "Install with: apt-get install zbar-tools nginx-light\n\
             Download and install: Node.js 20 or newer with npm"
        );
        assert_eq!(
            advice_for(&missing, Some(DNF), false),
            "Install with: sudo dnf install zbar-tools nginx nodejs-npm"
        );
        assert_eq!(
            advice_for(&missing, Some(BREW), false),
            "Install with: brew install zbar nginx node"
        );
        assert_eq!(
            advice_for(&missing, None, false),
            "Download and install: zbarimg, nginx, Node.js 20 or newer with npm"
        );
    }

    #[test]
    fn advice_on_ubuntu_has_no_package_for_browsers() {
        assert_eq!(
            advice_for(
                &[Program::Chromium, Program::Caddy],
                Some(APT_ON_UBUNTU),
                false
            ),
            "Install with: sudo apt-get install caddy\nDownload and install: Chromium or Chrome"
        );
    }
}

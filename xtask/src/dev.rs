//! `cargo xtask dev`: the portal rebuilt and reloaded as one edits, beside a sandbox.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use lexopt::Arg;

use crate::process::Leashed;
use crate::sandbox::Port;
use crate::tools::Toolbox;
use crate::{arguments, places, portal, sandbox};

const HELP: &str = "\
Serve the portal, rebuilt and reloaded as you edit, with a sandbox behind it

Usage: cargo xtask dev [OPTIONS]

Options:
  --port N         serve on this port (default: 8080, or the next that is free)
  --config FILE    serve this file as /config.json (default: public/config.json)
  --help           show this

This is an unoptimised build, apart from dist/. Ctrl-C ends it.
";

/// What the sandbox answers; everything else comes from the build.
const PROXIED: [&str; 4] = ["/api", "/auth-service", "/user-service", "/config.json"];

/// What the portal is built from. Trunk would watch the whole repository, and rebuild when a test
/// writes a screenshot.
const WATCHED: [&str; 8] = [
    "src",
    "style",
    "public",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "crates/contract",
    "crates/input",
];

/// `cargo xtask dev`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut port = Port::From(8080);
    let mut config: Option<PathBuf> = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("port") => port = Port::Exactly(arguments::port(&mut parser)?),
            Arg::Long("config") => config = Some(arguments::config(&mut parser)?),
            other => return Err(other.unexpected().into()),
        }
    }
    let port = port.choose()?;
    let tools = Toolbox::for_portal()?;
    portal::fetch()?;
    sandbox::build()?;

    let root = places::root();
    let mut command = sandbox::program(0);
    // It reads the file afresh each time: edits show on the next reload.
    command
        .arg("--config")
        .arg(config.unwrap_or_else(|| root.join("public").join("config.json")));
    let sandbox = sandbox::start(&command, true)?;

    let folder = places::target().join("dev");
    fs::create_dir_all(&folder)?;
    let settings = fs::read_to_string(root.join("Trunk.toml")).context("cannot read Trunk.toml")?;
    let generated = folder.join("Trunk.toml");
    fs::write(&generated, with_proxies(&settings, &sandbox.url))?;

    let mut trunk = portal::trunk(&tools)?;
    trunk
        .envs(portal::WITHOUT_DEBUG_INFO)
        .args(["serve", "--port", &port.to_string()])
        .args(["--address", "127.0.0.1", "--disable-address-lookup", "true"])
        // Its own policy would forbid the reload script it adds.
        .args(["--disable-csp", "true"])
        .arg("--config")
        .arg(&generated)
        .arg("--dist")
        .arg(folder.join("dist"));
    // The project's own list is relative to its own file, and of no use beside the list below.
    trunk.arg("--ignore").arg(folder.join("**"));
    for path in watched(root) {
        trunk.arg("--watch").arg(path);
    }
    trunk.arg(root.join("index.html"));
    println!(
        "The sandbox answers at {}; open http://127.0.0.1:{port}/ instead, once it is built.",
        sandbox.url
    );
    Leashed::start(&trunk)?.wait().context("trunk serve")?;
    drop(sandbox);
    Ok(ExitCode::SUCCESS)
}

fn watched(root: &Path) -> impl Iterator<Item = PathBuf> {
    WATCHED
        .iter()
        .map(move |name| root.join(name))
        .filter(|path| path.exists())
}

/// The project's own settings for Trunk, with the sandbox behind the paths it answers: Trunk's
/// command line has room for one proxy only.
fn with_proxies(settings: &str, backend: &str) -> String {
    use std::fmt::Write;
    let mut text = settings.to_owned();
    for path in PROXIED {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n[[proxies]]\nbackend = \"{backend}{path}\"\nno_system_proxy = true\n"
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::with_proxies;

    #[test]
    fn every_path_of_the_services_has_a_proxy() {
        let text = with_proxies("[build]\ndist = \"dist\"", "http://127.0.0.1:9");
        assert!(text.starts_with("[build]\ndist = \"dist\"\n[[proxies]]\n"));
        assert_eq!(text.matches("[[proxies]]").count(), 4);
        assert!(text.contains("backend = \"http://127.0.0.1:9/auth-service\"\n"));
    }
}

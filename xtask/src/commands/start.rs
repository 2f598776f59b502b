//! `cargo xtask start`: builds the portal and serves it with the sandbox.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread;

use anyhow::{Context, Result, anyhow};

use super::arguments;
use crate::build::portal;
use crate::build::sandbox::{self, free_port};
use crate::setup::paths;
use crate::setup::process::{self, cargo, run};
use crate::setup::tools::{Tool, Toolbox};

/// Build the portal and serve it on this machine, with sample people to sign in as
///
/// A service at another address must allow this page's origin (CORS). Stop it with Ctrl-C. The first run
/// on a machine also installs the build's tools: about eight minutes in all on two cores.
#[derive(clap::Args)]
pub struct Options {
    /// Serve on this port [default: 8080, or the next that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Use the existing builds of dist/ and the sandbox
    #[arg(long)]
    no_build: bool,
    /// Serve this file as /config.json, with the files of `assets` beside it
    /// [default: examples/demo-hospital/config.json]
    #[arg(long, value_name = "FILE", value_parser = arguments::config)]
    config: Option<PathBuf>,
    /// Sign patients in at this service instead of the sandbox
    #[arg(long, value_name = "URL", value_parser = arguments::base_url)]
    patient_url: Option<String>,
    /// Sign staff in at this service instead of the sandbox
    #[arg(long, value_name = "URL", value_parser = arguments::base_url)]
    staff_url: Option<String>,
    /// Answer all sign-ins from this recording, made by `cargo xtask doctor --record`
    #[arg(long, value_name = "FILE", value_parser = arguments::file, conflicts_with_all = ["patient_url", "staff_url"])]
    replay: Option<PathBuf>,
    /// Serve this example of examples/, with the sandbox as its services
    #[arg(long, value_name = "NAME", value_parser = [NEW_APPLICATION], conflicts_with_all = ["config", "patient_url", "staff_url", "replay"])]
    example: Option<String>,
}

/// A server of examples/, a package of the workspace.
const NEW_APPLICATION: &str = "new-application";

/// `cargo xtask start`
pub fn command(options: Options) -> Result<ExitCode> {
    // Fails before the build, not minutes later.
    let first = free_port(options.port, 8080)?;
    // A second start takes seconds; `wasm-opt` and compression alone take longer.
    if options.no_build || is_up_to_date().unwrap_or(false) {
        portal::build_unless(true)?;
        println!("Using the existing build of the portal in dist/.");
    } else {
        build()?;
        fs::copy(manifest(), stamp())?;
    }
    if let Some(example) = options.example {
        return serve_example(&example, free_port(options.port, first)?);
    }
    let mut config = options.config.unwrap_or_else(demo_hospital);
    let assets = config.with_file_name("assets");
    let services = [options.patient_url, options.staff_url];
    if services.iter().any(Option::is_some) {
        config = merge_config(&config, services)?;
    }
    let mut program = sandbox::command(free_port(options.port, first)?);
    program.arg("--portal").arg(paths::dist());
    program.arg("--config").arg(config);
    program.arg("--assets").arg(assets);
    if let Some(recording) = options.replay {
        program.arg("--replay").arg(recording);
    }
    println!("Serving the portal; stop it with Ctrl-C.");
    // The sandbox replaces this process, so that it receives every signal.
    Err(program.exec()).context("cannot run the sandbox")
}

/// The configuration of the hospital that is shown where none is named.
fn demo_hospital() -> PathBuf {
    paths::root()
        .join("examples")
        .join("demo-hospital")
        .join("config.json")
}

/// Serves an example on this port, in front of a sandbox with the portal, until Ctrl-C ends both.
fn serve_example(name: &str, port: u16) -> Result<ExitCode> {
    run(cargo("build --package").arg(name))?;
    let mut program = sandbox::command(0);
    program.arg("--portal").arg(paths::dist());
    let config = paths::root()
        .join("examples")
        .join(name)
        .join("config.json");
    program.arg("--config").arg(config);
    let sandbox = sandbox::start(&mut program, true)?;
    println!("Serving {name}; stop it with Ctrl-C.");
    let mut example = Command::new(paths::program(name));
    example.args(["--middleware", &sandbox.url, "--portal", &sandbox.url]);
    run(example.args(["--port", &port.to_string()]))?;
    Ok(ExitCode::SUCCESS)
}

/// Builds the portal and, in parallel with the slow installation of its tools, all that does not need them.
fn build() -> Result<()> {
    let needs_tools = Toolbox::needs_install(&portal::TOOLS);
    if needs_tools {
        println!(
            "First run on this machine: installing tools and building take about eight minutes on two cores."
        );
    }
    portal::fetch()?;
    let background = thread::spawn(move || {
        Toolbox::with(&[Tool::Binaryen, Tool::WasmBindgen])?;
        if needs_tools {
            // What Trunk is going to build, with the same features, so that it finds it compiled.
            let mut hook = cargo("build --package release");
            process::logged("the release hook", &mut hook, 270)?;
            let mut portal = cargo("build --release --bin logistration --features hydrate");
            portal.args(["--target", "wasm32-unknown-unknown"]);
            process::logged("the portal", &mut portal, 195)?;
        }
        process::logged("the sandbox", &mut sandbox::compile(), 50)
    });
    // By far the slowest.
    Toolbox::with(&[Tool::Trunk])?;
    portal::build(&Toolbox::with(&portal::TOOLS)?, &portal::Options::default())?;
    let background = background.join();
    background.map_err(|_| anyhow!("a thread panicked"))?
}

/// The manifest of the release in dist/.
fn manifest() -> PathBuf {
    paths::dist().join(".meta").join("manifest.json")
}

/// The copy of the manifest from the last start.
fn stamp() -> PathBuf {
    paths::target().join("start-manifest.json")
}

/// Returns `true` if dist/ is the release of the last start and no source has changed since.
fn is_up_to_date() -> Result<bool> {
    const SOURCES: &str =
        "src crates style public .cargo index.html Trunk.toml Cargo.toml Cargo.lock";
    let built = fs::metadata(manifest())?.modified()?;
    let mut left: Vec<_> = (SOURCES.split(' ').map(|name| paths::root().join(name))).collect();
    while let Some(path) = left.pop() {
        if fs::metadata(&path)?.modified()? > built {
            return Ok(false);
        }
        // A folder's time changes when a file in it is added or removed.
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                left.push(entry?.path());
            }
        }
    }
    Ok(fs::read(manifest())? == fs::read(stamp())?)
}

/// Sets the services' addresses in a configuration and keeps unknown keys. A script for Node, because keys
/// of the configuration may occur in the crate `config` only.
const MERGE: &str = r#"
const [from, patient, staff] = process.argv.slice(1);
const config = JSON.parse(require("node:fs").readFileSync(from, "utf8"));
if (patient) config.patient = { ...config.patient, baseUrl: patient };
if (staff) config.staff = { ...config.staff, baseUrl: staff };
process.stdout.write(JSON.stringify(config));
"#;

/// Writes a configuration with other addresses of the services; returns its path.
fn merge_config(from: &Path, services: [Option<String>; 2]) -> Result<PathBuf> {
    let mut node = Command::new("node");
    node.args(["-e", MERGE, "--"]).arg(from);
    node.args(services.map(Option::unwrap_or_default));
    let file = paths::target().join("start-config.json");
    fs::write(&file, process::output(&mut node)?)?;
    Ok(file)
}

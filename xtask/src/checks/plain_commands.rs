//! The commands that one types without having read anything, in a clone of this repository: `cargo run`,
//! `cargo test`, the tests of components, `trunk serve`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::needs::Provided;
use crate::build::sandbox::{self, free_port};
use crate::build::{portal, reproducible};
use crate::setup::process::{self, Background};
use crate::setup::{paths, system::Program};

/// The tests of components, but for `cargo`.
pub const COMPONENTS: &str = "test -p logistration --features csr --target wasm32-unknown-unknown";

/// Runs all of them.
pub fn check(with: &Provided) -> Result<Vec<&'static str>> {
    let clone = paths::target().join("clone");
    reproducible::copy_source(&clone)?;
    let said = run_in_clone(with, &clone, "cargo run", Some(2))?;
    // Cargo's own lines are indented.
    let sentences: Vec<_> = said.lines().filter(|line| !line.starts_with(' ')).collect();
    ensure!(
        matches!(sentences.as_slice(), [one] if one.contains("cargo xtask start")),
        "cargo run says: {sentences:?}"
    );
    let said = run_in_clone(with, &clone, "cargo test", Some(0))?;
    for package in fs::read_dir(clone.join("crates"))? {
        let name = package?.file_name().to_string_lossy().replace('-', "_");
        ensure!(
            said.contains(&format!("deps/{name}-")),
            "cargo test leaves {name} out"
        );
    }
    let components = format!("cargo {COMPONENTS}");
    let without = format!("{components} --test browser_api");
    let port = free_port(Some(sandbox::PORT), 0)?;
    let said = run_in_clone(with, &clone, &without, Some(1))?;
    ensure!(said.contains("cargo run --package sandbox"), "{said}");
    // As README says it.
    let sandbox = format!("cargo run --quiet --package sandbox -- --port {port}");
    let mut program = command_in_clone(with, &clone, &sandbox)?;
    let sandbox = sandbox::start(program.stderr(Stdio::null()), false)?;
    let page = free_port(None, 8090)?;
    let dist = paths::target().join("clone-dist");
    let served = format!("trunk serve --port {page} --dist {}", dist.display());
    let server = Background::start(&mut command_in_clone(with, &clone, &served)?, false)?;
    let mut journeys = with.playwright()?;
    journeys
        .arg("--project=dev")
        .env("LOGISTRATION_SERVED", format!("http://127.0.0.1:{page}/"));
    process::run(&mut journeys)?;
    drop(server);
    // Last: they leave accounts locked.
    run_in_clone(with, &clone, &components, Some(0))?;
    drop(sandbox);
    Ok(vec![])
}

/// A command as one types it, in the clone.
fn command_in_clone(with: &Provided, clone: &Path, line: &str) -> Result<Command> {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().context("no command")?);
    command
        .args(words)
        .current_dir(clone)
        .env("CARGO_TARGET_DIR", paths::target())
        .env("CHROMEDRIVER", Program::Chromedriver.require()?)
        // A test machine may have no way to download.
        .env("TRUNK_OFFLINE", "true")
        .envs(portal::WITHOUT_DEBUG_INFO);
    with.tools.add_to_path(&mut command)?;
    Ok(command)
}

/// Runs it to its end, which must be `code`, without a warning. Returns all that it said.
fn run_in_clone(with: &Provided, clone: &Path, line: &str, code: Option<i32>) -> Result<String> {
    println!("$ {line}");
    let output = process::captured(&mut command_in_clone(with, clone, line)?)?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    if output.status.code() != code {
        eprintln!("{said}");
        bail!("`{line}` ended with {}", output.status);
    }
    let warning = said
        .lines()
        .find(|line| line.contains("warning") || line.contains("WARN"));
    if let Some(warning) = warning {
        bail!("`{line}` prints a warning: {warning}");
    }
    Ok(said)
}

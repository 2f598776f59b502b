//! The usual commands in a clone of this repository: `cargo run`, `cargo test`, the component tests, `trunk serve`, and
//! all commands of the documentation.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::documented_commands;
use super::needs::Provided;
use crate::build::sandbox::{self, free_port};
use crate::build::{portal, reproducible};
use crate::setup::process::{self, Background};
use crate::setup::{paths, system::Program};

/// The arguments of `cargo` for the component tests.
pub const COMPONENTS: &str = "test -p logistration --features csr --target wasm32-unknown-unknown";

/// Runs all of them and checks their output.
pub fn check(with: &Provided) -> Result<Vec<&'static str>> {
    let clone = paths::target().join("clone");
    reproducible::copy_source(&clone)?;
    let output = run_in_clone(with, &clone, "cargo run", Some(2))?;
    // Cargo indents its own lines.
    let sentences: Vec<_> = output
        .lines()
        .filter(|line| !line.starts_with(' '))
        .collect();
    ensure!(
        matches!(sentences.as_slice(), [one] if one.contains("cargo xtask start")),
        "cargo run prints {sentences:?}"
    );
    let output = run_in_clone(with, &clone, "cargo test", Some(0))?;
    for package in fs::read_dir(clone.join("crates"))? {
        let name = package?.file_name().to_string_lossy().replace('-', "_");
        ensure!(
            output.contains(&format!("deps/{name}-")),
            "cargo test does not run the tests of {name}"
        );
    }
    let components = format!("cargo {COMPONENTS}");
    let without = format!("{components} --test browser_api");
    let port = free_port(Some(sandbox::PORT), 0)?;
    let output = run_in_clone(with, &clone, &without, Some(1))?;
    ensure!(output.contains("cargo run --package sandbox"), "{output}");
    // The command in README.md.
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
    // Last, because these tests leave accounts locked.
    run_in_clone(with, &clone, &components, Some(0))?;
    drop(sandbox);
    documented_commands::run(&clone, |line| {
        let mut shell = command_in_clone(with, &clone, "sh -ec")?;
        shell.arg(line);
        Ok(shell)
    })?;
    Ok(vec![])
}

/// A command line, to be run in the clone.
fn command_in_clone(with: &Provided, clone: &Path, line: &str) -> Result<Command> {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().context("the command line is empty")?);
    command
        .args(words)
        .current_dir(clone)
        .env("CARGO_TARGET_DIR", paths::target())
        .env("CHROMEDRIVER", Program::Chromedriver.require()?)
        // Test machines may have no network.
        .env("TRUNK_OFFLINE", "true")
        .envs(portal::WITHOUT_DEBUG_INFO);
    with.tools.add_to_path(&mut command)?;
    Ok(command)
}

/// Runs a command line, which must exit with `code` and without a warning. Returns its output.
fn run_in_clone(with: &Provided, clone: &Path, line: &str, code: Option<i32>) -> Result<String> {
    println!("$ {line}");
    let output = process::captured(&mut command_in_clone(with, clone, line)?)?;
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    if output.status.code() != code {
        eprintln!("{text}");
        bail!("`{line}` ended with {}", output.status);
    }
    let warning = text
        .lines()
        .find(|line| line.contains("warning:") || line.contains("WARN"));
    if let Some(warning) = warning {
        bail!("`{line}` prints a warning: {warning}");
    }
    Ok(text)
}

//! The project's own commands: `cargo xtask --help`.
//!
//! Nothing has to be installed first but Rust, Node and npm: each command sets up what it needs,
//! once a machine, in a per-user cache. Linux and macOS are supported (on Windows, use WSL).

#![allow(
    clippy::struct_excessive_bools,
    clippy::doc_markdown,
    reason = "options of a command line, and their help as it is shown"
)]

#[cfg(windows)]
compile_error!("Windows is not supported: use WSL (https://learn.microsoft.com/windows/wsl/)");

mod arguments;
mod audit;
mod bench;
mod contract_kit;
mod dev;
mod fonts;
mod fuzz;
mod limit;
mod nightly;
mod ordinary;
mod packages;
mod places;
mod portal;
mod process;
mod reproducible;
mod sandbox;
mod shots;
mod stages;
mod start;
mod system;
mod test;
mod tools;

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

/// This project's commands
///
/// Environment: LOGISTRATION_CACHE is where tools are kept (default: $XDG_CACHE_HOME/logistration, or
/// ~/.cache/logistration); CHROMIUM and CHROMEDRIVER are the browser for tests and its driver (default:
/// found on PATH).
#[derive(Parser)]
#[command(name = "cargo xtask", verbatim_doc_comment)]
enum Command {
    Start(start::Options),
    Dev(dev::Options),
    #[command(alias = "dist")]
    Build(portal::Options),
    Test(test::Options),
    Nightly(nightly::Options),
    /// Check whether a hospital's services answer as the portal needs them to
    #[command(disable_help_flag = true)]
    Doctor {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        arguments: Vec<OsString>,
    },
    Fuzz(fuzz::Options),
    Bench(bench::Options),
    Shots(shots::Options),
    Headers(Headers),
}

/// Write the headers that go with a built portal, for nginx, for Caddy, and as data
#[derive(clap::Args)]
struct Headers {
    /// The portal
    #[arg(long, value_name = "DIR", default_value = "dist", value_parser = arguments::path)]
    portal: PathBuf,
    /// The configuration it will be served with [default: its own config.json]; services at other origins
    /// must be allowed by name
    #[arg(long, value_name = "FILE", value_parser = arguments::config)]
    config: Option<PathBuf>,
    /// Where to write headers.nginx.conf, headers.caddy and headers.json
    #[arg(long, value_name = "DIR", default_value = "target/deploy", value_parser = arguments::path)]
    to: PathBuf,
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Start(options) => start::command(options),
        Command::Dev(options) => dev::command(options),
        Command::Build(options) => portal::command(&options),
        Command::Test(options) => test::command(options),
        Command::Nightly(options) => nightly::command(&options),
        // A program of its own: its HTTP client and TLS are not compiled before every other command.
        Command::Doctor { arguments } => become_program("doctor", arguments),
        Command::Fuzz(options) => fuzz::command(&options),
        Command::Bench(options) => bench::command(&options),
        Command::Shots(options) => shots::command(&options),
        Command::Headers(options) => {
            let folders = [options.portal, options.to]
                .into_iter()
                .chain(options.config);
            become_program("release", folders)
        }
    }
}

/// This process becomes another program of the workspace, whose exit status is the answer.
fn become_program<T: AsRef<OsStr>>(
    package: &str,
    arguments: impl IntoIterator<Item = T>,
) -> Result<ExitCode> {
    Err(process::cargo("run --quiet --package")
        .args([package, "--"])
        .args(arguments)
        .exec())
    .context("cannot run cargo")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Command::command().debug_assert();
    }
}

//! A module for each command, and the values that their options take.

mod arguments;
mod bench;
mod build;
mod dev;
mod fuzz;
mod nightly;
mod shots;
mod start;
mod test;

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use crate::setup::process;

/// This project's commands
///
/// Environment: LOGISTRATION_CACHE is where tools are kept (default: $XDG_CACHE_HOME/logistration, or
/// ~/.cache/logistration); CHROMIUM and CHROMEDRIVER are the browser for tests and its driver (default:
/// found on PATH).
#[derive(Parser)]
#[command(name = "cargo xtask", verbatim_doc_comment)]
pub enum Command {
    Start(start::Options),
    Dev(dev::Options),
    #[command(alias = "dist")]
    Build(build::Options),
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
pub struct Headers {
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

/// Does what was asked for.
pub fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Start(options) => start::command(options),
        Command::Dev(options) => dev::command(options),
        Command::Build(options) => build::command(options),
        Command::Test(options) => test::command(options),
        Command::Nightly(options) => nightly::command(&options),
        // A program of its own: its HTTP client and TLS are not compiled before every other command.
        Command::Doctor { arguments } => exec_package("doctor", arguments),
        Command::Fuzz(options) => fuzz::command(&options),
        Command::Bench(options) => bench::command(&options),
        Command::Shots(options) => shots::command(&options),
        Command::Headers(options) => {
            let folders = [options.portal, options.to]
                .into_iter()
                .chain(options.config);
            exec_package("release", folders)
        }
    }
}

/// This process becomes another program of the workspace, whose exit status is the answer.
fn exec_package<T: AsRef<OsStr>>(
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

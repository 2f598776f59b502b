//! The command line, with a module for each command.

mod arguments;
mod bench;
mod build;
mod dev;
mod fuzz;
mod load;
mod mutants;
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
/// Environment: LOGISTRATION_CACHE is the folder for tools (default: $XDG_CACHE_HOME/logistration, or
/// ~/.cache/logistration); CHROMIUM and CHROMEDRIVER are the browser for tests and its driver (default:
/// from PATH).
#[derive(Parser)]
#[command(name = "cargo xtask", verbatim_doc_comment)]
pub enum Command {
    Start(start::Options),
    Dev(dev::Options),
    #[command(alias = "dist")]
    Build(build::Options),
    Test(test::Options),
    Nightly(nightly::Options),
    /// Check a hospital's services against what the portal needs
    #[command(disable_help_flag = true)]
    Doctor {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        arguments: Vec<OsString>,
    },
    Fuzz(fuzz::Options),
    Mutants(mutants::Options),
    Bench(bench::Options),
    Load(load::Options),
    Shots(shots::Options),
    Headers(Headers),
}

/// Write the headers to serve a built portal with, for nginx, for Caddy, and as JSON
#[derive(clap::Args)]
pub struct Headers {
    /// The folder of the built portal
    #[arg(long, value_name = "DIR", default_value = "dist", value_parser = arguments::path)]
    portal: PathBuf,
    /// The configuration it will be served with, whose services' origins the policy allows [default: its
    /// own config.json]
    #[arg(long, value_name = "FILE", value_parser = arguments::config)]
    config: Option<PathBuf>,
    /// The folder for headers.nginx.conf, headers.caddy and headers.json
    #[arg(long, value_name = "DIR", default_value = "target/deploy", value_parser = arguments::path)]
    to: PathBuf,
}

/// Runs a command.
pub fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Start(options) => start::command(options),
        Command::Dev(options) => dev::command(options),
        Command::Build(options) => build::command(options),
        Command::Test(options) => test::command(options),
        Command::Nightly(options) => nightly::command(&options),
        // A separate program, so that other commands do not compile its HTTP client and TLS.
        Command::Doctor { arguments } => exec_package("doctor", arguments),
        Command::Fuzz(options) => fuzz::command(&options),
        Command::Mutants(options) => mutants::command(&options),
        Command::Bench(options) => bench::command(&options),
        Command::Load(options) => load::command(&options),
        Command::Shots(options) => shots::command(&options),
        Command::Headers(options) => {
            let folders = [options.portal, options.to]
                .into_iter()
                .chain(options.config);
            exec_package("release", folders)
        }
    }
}

/// Replaces this process by another program of the workspace.
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
    fn command_line_definition_is_consistent() {
        super::Command::command().debug_assert();
    }
}

//! The project's own commands: `cargo xtask start`, `dev`, `build`, `test`, `nightly`, `doctor`,
//! `fuzz`, `bench`, `shots`.
//!
//! Nothing has to be installed first but Rust, Node and npm: each command sets up what it needs,
//! once a machine, in a per-user cache. This file only reads the command line and calls the room
//! that does the work; Linux and macOS are supported (on Windows, use WSL).

#[cfg(windows)]
compile_error!("Windows is not supported: use WSL (https://learn.microsoft.com/windows/wsl/)");

mod arguments;
mod audit;
mod bench;
mod browser;
mod contract_kit;
mod dev;
mod dist;
mod doctor;
mod finish;
mod fonts;
mod fuzz;
mod headers;
mod keeper;
mod limit;
mod manifests;
mod nightly;
mod node;
mod places;
mod portal;
mod process;
mod python;
mod sandbox;
mod sbom;
mod shots;
mod stages;
mod start;
mod system;
mod test;
mod tools;

use std::process::ExitCode;

use lexopt::Arg;

use crate::arguments::Usage;

const HELP: &str = "\
cargo xtask: this project's commands

Usage: cargo xtask <COMMAND> [OPTIONS]

Commands:
  start   build the portal and open it for a first look, with sample people to sign in as
  dev     the same, rebuilding and reloading the page as you edit
  build   build the portal for release, into dist/
  test    set up what tests need, run them all, and print a summary
  nightly run what takes too long for every change: fuzzing, a long soak, Firefox
  doctor  check whether a hospital's services answer as the portal needs them to
  fuzz    try the parsers with whatever a machine can think of, for a while
  shots   take the screenshots in docs/img/ anew
  bench   measure the portal as a slow phone sees it, against targets and other sites
  dist    the same as build, with all that goes with a release; for a brand, or under a path
  headers write the headers that go with a build, for nginx and Caddy

Each command has its own --help.

Environment:
  LOGISTRATION_CACHE   where tools are kept (default: $XDG_CACHE_HOME/logistration,
                       or ~/.cache/logistration)
  CHROMIUM             the browser for tests (default: found on PATH)
  CHROMEDRIVER         its driver (default: found on PATH)
";

fn main() -> ExitCode {
    match dispatch() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            if error.is::<Usage>() || error.is::<lexopt::Error>() {
                eprintln!("Try --help.");
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

fn dispatch() -> anyhow::Result<ExitCode> {
    let mut parser = lexopt::Parser::from_env();
    match parser.next()? {
        None => {
            print!("{HELP}");
            Ok(ExitCode::from(2))
        }
        Some(Arg::Long("help") | Arg::Short('h')) => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        Some(Arg::Value(word)) => match word.to_str() {
            Some("start") => start::command(parser),
            Some("dev") => dev::command(parser),
            Some("build") => portal::command(parser),
            Some("test") => test::command(parser),
            Some("nightly") => nightly::command(parser),
            Some("doctor") => doctor::command(parser),
            Some("fuzz") => fuzz::command(parser),
            Some("shots") => shots::command(parser),
            Some("bench") => bench::command(parser),
            Some("dist") => dist::command(parser),
            Some("headers") => headers::command(parser),
            Some("help") => {
                print!("{HELP}");
                Ok(ExitCode::SUCCESS)
            }
            _ => Err(Usage::new(format!(
                "there is no command '{}'; there are start, dev, build, test, nightly, doctor, fuzz, \
                 bench, dist, headers and shots",
                word.to_string_lossy()
            ))),
        },
        Some(other) => Err(other.unexpected().into()),
    }
}

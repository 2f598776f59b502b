//! The project's own commands: `cargo xtask --help`.
//!
//! Only Rust, Node and npm have to be installed first: each command installs its other tools once per
//! user, in a cache. Linux and macOS are supported (on Windows, use WSL).

#![allow(
    clippy::struct_excessive_bools,
    clippy::doc_markdown,
    reason = "options of a command line, and their help as it is shown"
)]

#[cfg(windows)]
compile_error!("Windows is not supported: use WSL (https://learn.microsoft.com/windows/wsl/)");

mod build;
mod checks;
mod commands;
mod setup;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match commands::run(commands::Command::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

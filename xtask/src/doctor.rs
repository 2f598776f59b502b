//! `cargo xtask doctor`: the doctor is a program of its own, so that its HTTP client and TLS are not
//! compiled before every other command.

use std::os::unix::process::CommandExt;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::process;

/// `cargo xtask doctor`; its arguments are the doctor's own.
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    // This process becomes the other one, whose exit status is the answer.
    Err(process::cargo()
        .args(["run", "--quiet", "--package", "doctor"])
        .arg("--")
        .args(parser.raw_args()?)
        .exec())
    .context("cannot run cargo")
}

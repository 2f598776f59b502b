//! The command `sandbox`: reads its options, starts the server, says where it is and who may
//! sign in, and stops on Ctrl-C.

mod people_table;

use anyhow::Context;
use lexopt::{Arg, Parser, ValueExt};
use sandbox::{Options, Sandbox};
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
A server that answers as the two documented services do, and serves a built portal.

Usage: sandbox [--port N] [--portal DIR] [--config FILE] [--password-key KEY] [--quiet]

  --port N            the port on 127.0.0.1; 0, the default, takes a free one
  --portal DIR        a built portal to serve from the same origin
  --config FILE       what /config.json answers; read afresh on each request
  --password-key KEY  the key of the password hash; spice_opensource by default
  --quiet             do not print the sample people
  -h, --help          this text
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Not through `main`'s own result: that adds a backtrace where one is switched on.
            eprintln!("sandbox: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let Some((options, quiet)) = read_options(Parser::from_env())? else {
        print!("{HELP}");
        return Ok(());
    };
    let running = Sandbox::start(options)?;
    let mut out = stdout().lock();
    // One line for programs, at once; the rest is for people.
    writeln!(out, "listening on {}", running.url())?;
    out.flush()?;
    if !quiet {
        write!(out, "\n{}", people_table::render(running.people()))?;
        out.flush()?;
    }
    drop(out);
    running.run_until_signal()
}

/// The options and whether to be quiet; `None` when help is asked for.
fn read_options(mut arguments: Parser) -> anyhow::Result<Option<(Options, bool)>> {
    let mut options = Options::default();
    let mut quiet = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("port") => {
                options.port = arguments
                    .value()?
                    .parse()
                    .context("--port takes a number from 0 to 65535")?;
            }
            Arg::Long("portal") => options.portal = Some(PathBuf::from(arguments.value()?)),
            Arg::Long("config") => options.config = Some(PathBuf::from(arguments.value()?)),
            Arg::Long("password-key") => options.password_key = arguments.value()?.string()?,
            Arg::Long("quiet") => quiet = true,
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some((options, quiet)))
}

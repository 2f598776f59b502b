//! `cargo xtask start`: from a fresh clone to a page where sample people can sign in.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::Arg;

use crate::sandbox::Port;
use crate::tools::Toolbox;
use crate::{arguments, node, places, portal, sandbox};

const HELP: &str = "\
Build the portal and serve it on this machine, with sample people to sign in as

Usage: cargo xtask start [OPTIONS]

Options:
  --port N             serve on this port (default: 8080, or the next that is free)
  --no-build           serve dist/ and the sandbox as they were built before
  --config FILE        serve this file as /config.json
  --patient-url URL    sign patients in at this service instead of the sandbox
  --staff-url URL      sign staff in at this service instead of the sandbox
  --help               show this

The first time on a machine this installs the build's tools (about 10 minutes on two cores).
A service at another address must allow this page's origin (CORS). Ctrl-C ends it.
";

#[derive(Debug, Default)]
struct Options {
    port: Option<u16>,
    no_build: bool,
    config: Option<PathBuf>,
    patient: Option<String>,
    staff: Option<String>,
}

/// `cargo xtask start`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut options = Options::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("port") => options.port = Some(arguments::port(&mut parser)?),
            Arg::Long("no-build") => options.no_build = true,
            Arg::Long("config") => options.config = Some(arguments::config(&mut parser)?),
            Arg::Long("patient-url") => {
                options.patient = Some(arguments::base_url(&mut parser, "--patient-url")?);
            }
            Arg::Long("staff-url") => {
                options.staff = Some(arguments::base_url(&mut parser, "--staff-url")?);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    start(options)
}

fn start(options: Options) -> Result<ExitCode> {
    // A port that cannot be had is better known before minutes of building than after.
    let port = options.port.map_or(Port::From(8080), Port::Exactly);
    let first = port.choose()?;
    let port = options.port.map_or(Port::From(first), Port::Exactly);
    if options.no_build {
        for built in [places::dist().join("index.html"), places::sandbox_program()] {
            if !built.is_file() {
                bail!("--no-build, but there is no {}", built.display());
            }
        }
    } else {
        portal::build(&Toolbox::for_portal()?, &portal::Release::default())?;
        sandbox::build()?;
    }
    let mut config = options.config;
    if options.patient.is_some() || options.staff.is_some() {
        let file = places::root().join("public").join("config.json");
        let base = config.or_else(|| Some(file).filter(|file| file.is_file()));
        config = Some(node::merged_config(
            base.as_deref(),
            options.patient.as_deref(),
            options.staff.as_deref(),
        )?);
    }
    let mut program = sandbox::program(port.choose()?);
    program.arg("--portal").arg(places::dist());
    if let Some(config) = config {
        program.arg("--config").arg(config);
    }
    println!("Serving the portal; Ctrl-C ends it.");
    // From here on this process *is* the sandbox: every signal reaches it, nothing is left behind.
    Err(program.exec())
        .with_context(|| format!("cannot run {}", places::sandbox_program().display()))
}

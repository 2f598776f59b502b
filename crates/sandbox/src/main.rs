//! The command `sandbox`: reads its options, starts the server, prints its address and the sample
//! people, and stops on Ctrl-C.

mod people_tables;

use anyhow::Context;
use lexopt::{Arg, Parser, ValueExt};
use sandbox::{Environment, Options, Sandbox, StaffOptions};
use std::fs;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
A server that implements the two documented services and serves a built portal.

Usage: sandbox [--listen ADDRESS] [--port N] [--portal DIR] [--config FILE] [--assets DIR] [--base PATH]
               [--password-key KEY] [--spice 1|2] [--lenient] [--allowed-origins LIST] [--cookie-domain DOMAIN]
               [--environment prod|dev] [--proxy-buffer BYTES] [--header-buffer BYTES] [--replay FILE]
               [--quiet] [--headers]

  --listen ADDRESS    the address of this machine to listen at; 127.0.0.1 by default. At 0.0.0.0 everybody who
                      reaches this machine can use it, and change what the services answer
  --port N            the port; 0, the default, takes a free one
  --portal DIR        a built portal to serve from the same origin
  --config FILE       the file to serve as /config.json; read again on each request
  --assets DIR        the files that the configuration names, such as the logo: served where the portal has
                      no such file
  --base PATH         the folder that portal and services are in, such as /portal
  --password-key KEY  the key of the password hash; spice_opensource by default
  --spice 1|2         the version of SPICE that answers all staff calls; by default both do, by `client`
  --lenient           answer staff calls that no document describes as the published services do
  --allowed-origins LIST
                      the origins that SPICE 2.0 accepts, with commas; by default those of this machine
  --cookie-domain DOMAIN
                      the Domain of the session cookie of SPICE 2.0
  --environment prod|dev
                      SameSite=Strict, the default, or None for the session cookie of SPICE 2.0
  --proxy-buffer BYTES
                      the longest head of a response of SPICE 2.0; longer ones become a 502
  --header-buffer BYTES
                      the longest header line of a staff call; longer ones become a 400
  --replay FILE       answer from a recording, and nothing else; not with options of the staff service
  --quiet             do not print the sample people
  --headers           print the security headers for the portal and its configuration, one per line,
                      and exit
  -h, --help          print this help
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Not as `main`'s result, which prints a backtrace where one is enabled.
            eprintln!("sandbox: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let (options, quiet) = match read_options(Parser::from_env())? {
        Action::Help => {
            print!("{HELP}");
            return Ok(());
        }
        Action::Headers(options) => return print_headers(&options),
        Action::Serve { options, quiet } => (options, quiet),
    };
    let running = Sandbox::start(options)?;
    let mut out = stdout().lock();
    // The first line is for programs and is flushed at once; the rest is for people.
    writeln!(out, "listening on {}", running.url())?;
    out.flush()?;
    if !quiet {
        match running.replayed_people() {
            Some(people) => write!(out, "\nPeople of the recording:\n{people}")?,
            None => write!(out, "\n{}", people_tables::render(running.people()))?,
        }
        out.flush()?;
    }
    drop(out);
    running.run_until_signal()
}

/// Prints the security headers that another server should send with the same portal.
fn print_headers(options: &Options) -> anyhow::Result<()> {
    let directory = options
        .portal
        .as_deref()
        .context("--headers needs --portal DIR")?;
    // Without the style hash in this file, browsers would block the pages' inline styles.
    let policy = fs::read(directory.join("policy.json"))
        .with_context(|| format!("{} has no policy.json", directory.display()))?;
    let config = match &options.config {
        Some(file) => {
            Some(fs::read(file).with_context(|| format!("cannot read {}", file.display()))?)
        }
        None => fs::read(directory.join("config.json")).ok(),
    };
    let mut out = stdout().lock();
    for (name, value) in security_headers::security_headers(Some(&policy), config.as_deref()) {
        writeln!(out, "{name}: {value}")?;
    }
    Ok(())
}

/// The action that the command line selects.
enum Action {
    Help,
    Headers(Options),
    Serve { options: Options, quiet: bool },
}

fn read_options(mut arguments: Parser) -> anyhow::Result<Action> {
    let mut options = Options::default();
    let (mut quiet, mut headers) = (false, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("listen") => {
                options.listen = arguments
                    .value()?
                    .parse()
                    .context("--listen takes an address such as 127.0.0.1")?;
            }
            Arg::Long("port") => {
                options.port = arguments
                    .value()?
                    .parse()
                    .context("--port takes a number from 0 to 65535")?;
            }
            Arg::Long("portal") => options.portal = Some(PathBuf::from(arguments.value()?)),
            Arg::Long("config") => options.config = Some(PathBuf::from(arguments.value()?)),
            Arg::Long("assets") => options.assets = Some(PathBuf::from(arguments.value()?)),
            Arg::Long("base") => {
                let path = arguments.value()?.string()?;
                path.trim_end_matches('/').clone_into(&mut options.base);
            }
            Arg::Long("password-key") => options.password_key = arguments.value()?.string()?,
            Arg::Long("spice") => {
                let number: u8 = arguments.value()?.parse().context("--spice takes 1 or 2")?;
                let version = number.try_into().map_err(anyhow::Error::msg)?;
                options.staff.version = Some(version);
            }
            Arg::Long("lenient") => options.staff.strict = false,
            Arg::Long("allowed-origins") => {
                let list = arguments.value()?.string()?;
                let origins = list.split(',').filter(|origin| !origin.is_empty());
                options.staff.allowed_origins = Some(origins.map(str::to_owned).collect());
            }
            Arg::Long("cookie-domain") => {
                options.staff.cookie_domain = Some(arguments.value()?.string()?);
            }
            Arg::Long("environment") => {
                options.staff.environment = match arguments.value()?.string()?.as_str() {
                    "prod" => Environment::Prod,
                    "dev" => Environment::Dev,
                    other => anyhow::bail!("--environment takes prod or dev, not {other}"),
                };
            }
            Arg::Long("proxy-buffer") => {
                let bytes = arguments.value()?.parse();
                options.staff.proxy_buffer = Some(bytes.context("--proxy-buffer takes a number")?);
            }
            Arg::Long("header-buffer") => {
                let bytes = arguments.value()?.parse();
                options.staff.header_buffer =
                    Some(bytes.context("--header-buffer takes a number")?);
            }
            Arg::Long("replay") => options.replay = Some(PathBuf::from(arguments.value()?)),
            Arg::Long("quiet") => quiet = true,
            Arg::Long("headers") => headers = true,
            Arg::Short('h') | Arg::Long("help") => return Ok(Action::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    anyhow::ensure!(
        options.replay.is_none() || options.staff == StaffOptions::default(),
        "--replay answers for the staff service: it takes none of its options"
    );
    Ok(if headers {
        Action::Headers(options)
    } else {
        Action::Serve { options, quiet }
    })
}

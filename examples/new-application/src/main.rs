//! The command `new-application`: reads its options, prints its address, and serves until it is stopped.

use std::io::{Write, stdout};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context, Result};
use lexopt::{Arg, Parser, ValueExt};
use new_application::{Options, router};
use tokio::net::TcpListener;

const HELP: &str = "\
A patient's application in front of the middleware, on 127.0.0.1.

Usage: new-application --middleware URL --portal URL [--port N] [--origin ORIGIN] [--idle-seconds N]

  --middleware URL    the patient service
  --portal URL        a server with the portal's files
  --port N            the port; 0, the default, takes a free one
  --origin ORIGIN     the origin that browsers see; by default this server's own
  --idle-seconds N    the time without a request after which a session ends; 900 by default
";

#[tokio::main]
async fn main() -> Result<()> {
    let (mut middleware, mut portal, mut origin) = (None, None, None);
    let (mut port, mut idle) = (0, 900);
    let mut arguments = Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("middleware") => middleware = Some(arguments.value()?.string()?),
            Arg::Long("portal") => portal = Some(arguments.value()?.string()?),
            Arg::Long("origin") => origin = Some(arguments.value()?.string()?),
            Arg::Long("port") => port = arguments.value()?.parse()?,
            Arg::Long("idle-seconds") => idle = arguments.value()?.parse()?,
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let options = Options {
        origin: origin.unwrap_or_else(|| url.clone()),
        middleware: middleware.context("--middleware is missing")?,
        portal: portal.context("--portal is missing")?,
        idle: Duration::from_secs(idle),
    };
    // For programs, at once.
    let mut out = stdout();
    writeln!(out, "listening on {url}")?;
    out.flush()?;
    axum::serve(listener, router(options)).await?;
    Ok(())
}

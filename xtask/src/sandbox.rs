//! The sandbox: the stand-in for the hospital's two services that commands start beside the portal.

use std::io::BufRead;
use std::net::TcpListener;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::places;
use crate::process::{self, Leashed};

/// Builds the sandbox.
pub fn build() -> Result<()> {
    process::run(&mut process::cargo("build --package sandbox"))
}

/// The sandbox on a port of this machine (0: a free one).
pub fn program(port: u16) -> Command {
    let mut command = Command::new(places::program("sandbox"));
    command
        .current_dir(places::root())
        .args(["--port", &port.to_string()]);
    command
}

/// A sandbox in the background; it ends with this value.
pub struct Running {
    /// Its address, without a slash at the end.
    pub url: String,
    _leashed: Leashed,
}

/// Starts the sandbox in the background and waits until it listens. What it says after its address
/// is shown if asked.
pub fn start(command: &Command, show: bool) -> Result<Running> {
    let (leashed, mut output) = Leashed::start_piped(command)?;
    let mut line = String::new();
    output.read_line(&mut line)?;
    let Some(url) = listening(&line) else {
        bail!(
            "the sandbox did not start (see above); it said: '{}'",
            line.trim()
        );
    };
    let url = url.to_owned();
    process::drain(output, show);
    Ok(Running {
        url,
        _leashed: leashed,
    })
}

fn listening(line: &str) -> Option<&str> {
    line.trim()
        .strip_prefix("listening on ")
        .map(|url| url.trim_end_matches('/'))
}

/// Which port to serve on.
#[derive(Debug, Clone, Copy)]
pub enum Port {
    /// The one asked for; if it is taken, that is an error.
    Exactly(u16),
    /// This one, or the next that is free.
    From(u16),
}

impl Port {
    /// A port that is free now.
    pub fn choose(self) -> Result<u16> {
        match self {
            Self::Exactly(port) if is_free(port) => Ok(port),
            Self::Exactly(port) => {
                bail!("port {port} is in use; end what listens there or choose another --port")
            }
            Self::From(first) => {
                let port = (first..first.saturating_add(100))
                    .find(|port| is_free(*port))
                    .context("no free port found")?;
                if port != first {
                    println!("Port {first} is in use; taking {port}.");
                }
                Ok(port)
            }
        }
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::{Port, listening};

    #[test]
    fn the_address_is_on_the_first_line() {
        assert_eq!(
            listening("listening on http://127.0.0.1:8080\n"),
            Some("http://127.0.0.1:8080")
        );
        assert_eq!(
            listening("listening on http://127.0.0.1:8080/"),
            Some("http://127.0.0.1:8080")
        );
        assert_eq!(listening("error: no"), None);
    }

    #[test]
    fn a_taken_port_is_passed_over_unless_it_was_asked_for() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(Port::Exactly(port).choose().is_err());
        assert_ne!(Port::From(port).choose().unwrap(), port);
    }
}

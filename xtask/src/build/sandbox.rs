//! The sandbox: the stand-in for the hospital's two services that commands start beside the portal.

use std::io::BufRead;
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, ensure};

use crate::setup::paths;
use crate::setup::process::{self, Background};

/// Where `[[proxy]]` in Trunk.toml looks for the sandbox.
pub const PORT: u16 = 8081;

/// Compiles the sandbox, and what `trunk build --release` runs: each by itself would have its crates
/// compiled with other features.
pub fn compile() -> Command {
    process::cargo("build --package sandbox --package release")
}

/// Builds the sandbox.
pub fn build() -> Result<()> {
    process::run(&mut compile())
}

/// The sandbox on a port of this machine (0: a free one).
pub fn command(port: u16) -> Command {
    let mut command = Command::new(paths::program("sandbox"));
    command
        .current_dir(paths::root())
        .args(["--port", &port.to_string()]);
    command
}

/// A sandbox in the background; it ends with this value.
pub struct Running {
    /// Its address, without a slash at the end.
    pub url: String,
    _process: Background,
}

/// Starts the sandbox in the background and waits until it listens. What it says after its address
/// is shown if asked.
pub fn start(command: &mut Command, show: bool) -> Result<Running> {
    let mut process = Background::start(command, true)?;
    let mut output = process.output()?;
    let mut line = String::new();
    output.read_line(&mut line)?;
    let url = line
        .trim()
        .strip_prefix("listening on ")
        .with_context(|| format!("the sandbox did not start (see above); it said: '{line}'"))?
        .trim_end_matches('/')
        .to_owned();
    // Read to its end, so that the sandbox never meets a closed pipe.
    thread::spawn(move || {
        for line in output.lines().map_while(Result::ok).filter(|_| show) {
            println!("{line}");
        }
    });
    Ok(Running {
        url,
        _process: process,
    })
}

/// A port that is free now: the one asked for and no other, or else `first` or one after it.
pub fn free_port(asked: Option<u16>, first: u16) -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    if let Some(port) = asked {
        ensure!(
            is_free(&port),
            "port {port} is in use; end what listens there or choose another --port"
        );
        return Ok(port);
    }
    let port = (first..first.saturating_add(100)).find(is_free);
    let port = port.context("no free port found")?;
    if port != first {
        println!("Port {first} is in use; taking {port}.");
    }
    Ok(port)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::{PORT, free_port};
    use crate::setup::paths;

    #[test]
    fn trunk_looks_for_the_sandbox_at_its_port() {
        let settings = std::fs::read_to_string(paths::root().join("Trunk.toml")).unwrap();
        for path in ["api", "auth-service", "user-service"] {
            let backend = format!("\"http://127.0.0.1:{PORT}/{path}\"");
            assert!(settings.contains(&backend), "{path}");
        }
    }

    #[test]
    fn a_taken_port_is_passed_over_unless_it_was_asked_for() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(free_port(Some(port), 0).is_err());
        assert_ne!(free_port(None, port).unwrap(), port);
    }
}

//! The sandbox: the implementation of the hospital's two services that commands start beside the portal.

use std::net::TcpListener;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::setup::paths;
use crate::setup::process::{self, Background};

/// The sandbox's port in the `[[proxy]]` sections of Trunk.toml.
pub const PORT: u16 = 8081;

/// The command that compiles the sandbox, by itself: together with another package, Cargo would compile the
/// shared crates with the features of both, and compile them again for either alone.
pub fn compile() -> Command {
    process::cargo("build --package sandbox")
}

/// Builds the sandbox.
pub fn build() -> Result<()> {
    process::run(&mut compile())
}

/// The command that starts the sandbox on a port (0: a free one).
pub fn command(port: u16) -> Command {
    let mut command = Command::new(paths::program("sandbox"));
    command
        .current_dir(paths::root())
        .args(["--port", &port.to_string()]);
    command
}

/// A sandbox in the background, ended on drop.
pub struct Running {
    /// Its URL, without a final slash.
    pub url: String,
    _process: Background,
}

/// Starts the sandbox in the background and waits until it listens. Prints the rest of its output if
/// `show` is set.
pub fn start(command: &mut Command, show: bool) -> Result<Running> {
    let mut running = Background::start(command, true)?;
    let mut output = running.output()?;
    let line = output.next().transpose()?.unwrap_or_default();
    let url = line
        .strip_prefix("listening on ")
        .with_context(|| format!("the sandbox did not start (see above); it printed '{line}'"))?
        .trim_end_matches('/')
        .to_owned();
    process::drain(output, show);
    Ok(Running {
        url,
        _process: running,
    })
}

/// A free port: `wanted` or an error, or else the first free one from `first` on.
pub fn free_port(wanted: Option<u16>, first: u16) -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    if let Some(port) = wanted {
        ensure!(
            is_free(&port),
            "port {port} is in use; stop the program that listens there or choose another --port"
        );
        return Ok(port);
    }
    let port = (first..first.saturating_add(100)).find(is_free);
    let port = port.context("no free port found")?;
    if port != first {
        println!("Port {first} is in use; using {port}.");
    }
    Ok(port)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::{PORT, free_port};
    use crate::setup::paths;

    #[test]
    fn trunk_proxies_to_the_sandbox_s_port() {
        let settings = std::fs::read_to_string(paths::root().join("Trunk.toml")).unwrap();
        for path in ["api", "auth-service", "user-service"] {
            let backend = format!("\"http://127.0.0.1:{PORT}/{path}\"");
            assert!(settings.contains(&backend), "{path}");
        }
    }

    #[test]
    fn port_in_use_is_skipped_unless_it_was_requested() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(free_port(Some(port), 0).is_err());
        assert_ne!(free_port(None, port).unwrap(), port);
    }
}

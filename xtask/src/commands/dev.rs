//! `cargo xtask dev`: the portal, rebuilt and reloaded on each change, beside a sandbox.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use super::arguments;
use crate::build::portal;
use crate::build::sandbox::{self, free_port};
use crate::setup::{paths, process, tools::Toolbox};

/// Serve the portal, rebuilt and reloaded on each change, with a sandbox
///
/// This is `trunk serve` with the pinned tools on PATH, and the sandbox that Trunk.toml proxies to. The
/// build is unoptimised and separate from dist/. Stop it with Ctrl-C.
#[derive(clap::Args)]
pub struct Options {
    /// Serve on this port [default: 8080, or the next that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Serve this file as /config.json [default: public/config.json]
    #[arg(long, value_name = "FILE", value_parser = arguments::config)]
    config: Option<PathBuf>,
}

/// `cargo xtask dev`
pub fn command(options: Options) -> Result<ExitCode> {
    let sandbox_port = free_port(Some(sandbox::PORT), 0)?;
    let port = free_port(options.port, 8080)?;
    let tools = Toolbox::with(&portal::TOOLS)?;
    portal::fetch()?;
    sandbox::build()?;
    let mut program = sandbox::command(sandbox_port);
    let mut trunk = portal::trunk(&tools)?;
    trunk
        .envs(portal::WITHOUT_DEBUG_INFO)
        .args(["serve", "--address", "127.0.0.1", "--port"])
        .arg(port.to_string())
        .arg("--dist")
        .arg(paths::target().join("dev"));
    if let Some(config) = options.config {
        // The sandbox reads the file on each request: changes show on the next reload.
        program.arg("--config").arg(config);
        trunk.args([
            "--proxy-backend",
            &format!("http://127.0.0.1:{sandbox_port}/config.json"),
        ]);
        trunk.args(["--proxy-no-system-proxy", "true"]);
    }
    let sandbox = sandbox::start(&mut program, true)?;
    process::run(&mut trunk)?;
    drop(sandbox);
    Ok(ExitCode::SUCCESS)
}

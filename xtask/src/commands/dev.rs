//! `cargo xtask dev`: the portal rebuilt and reloaded as one edits, beside a sandbox.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use super::arguments;
use crate::build::portal;
use crate::build::sandbox::{self, free_port};
use crate::setup::{paths, process, tools::Toolbox};

/// Serve the portal, rebuilt and reloaded as you edit, with a sandbox behind it
///
/// It is `trunk serve` with the pinned tools on PATH, beside the sandbox that Trunk.toml names. This is
/// an unoptimised build, apart from dist/. Ctrl-C ends it.
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
    let behind = free_port(Some(sandbox::PORT), 0)?;
    let port = free_port(options.port, 8080)?;
    let tools = Toolbox::with(&portal::TOOLS)?;
    portal::fetch()?;
    sandbox::build()?;
    let mut program = sandbox::command(behind);
    let mut trunk = portal::trunk(&tools)?;
    trunk
        .envs(portal::WITHOUT_DEBUG_INFO)
        .args(["serve", "--address", "127.0.0.1", "--port"])
        .arg(port.to_string())
        .arg("--dist")
        .arg(paths::target().join("dev"));
    if let Some(config) = options.config {
        // It reads the file afresh each time: edits show on the next reload.
        program.arg("--config").arg(config);
        trunk.args([
            "--proxy-backend",
            &format!("http://127.0.0.1:{behind}/config.json"),
        ]);
        trunk.args(["--proxy-no-system-proxy", "true"]);
    }
    let sandbox = sandbox::start(&mut program, true)?;
    process::run(&mut trunk)?;
    drop(sandbox);
    Ok(ExitCode::SUCCESS)
}

//! `cargo xtask build`: the portal's release build.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use super::arguments;
use crate::build::{portal, reproducible};
use crate::setup::tools::Toolbox;

/// Build the portal for release: `trunk build --release` with the pinned tools on PATH
///
/// Its folder .meta/ has a manifest of its files, the headers to serve it with, and a bill of materials.
/// The first build on a machine also installs Trunk, wasm-bindgen and wasm-opt, each at a pinned version,
/// into a per-user cache.
#[derive(clap::Args)]
pub struct Options {
    /// Prerender the pages with this configuration, as LOGISTRATION_CONFIG does: they show the hospital's
    /// name, colour and languages at once. Serve the same file as /config.json
    #[arg(long, value_name = "FILE", value_parser = arguments::config)]
    config: Option<PathBuf>,
    /// The URL path that the portal will be served from, such as /portal/ (Trunk's --public-url)
    #[arg(
        long,
        value_name = "PATH",
        default_value = "/",
        visible_alias = "public-url"
    )]
    base_path: String,
    /// The output folder
    #[arg(long, value_name = "DIR", default_value = "dist", value_parser = arguments::path)]
    to: PathBuf,
    /// Build a second time in another environment and compare every byte
    #[arg(long)]
    check_reproducible: bool,
}

/// `cargo xtask build`
pub fn command(options: Options) -> Result<ExitCode> {
    let release = portal::Options {
        config: options.config,
        base_path: options.base_path,
        to: options.to,
    };
    portal::build(&Toolbox::with(&portal::TOOLS)?, &release)?;
    if options.check_reproducible {
        reproducible::check(&release)?;
    }
    Ok(ExitCode::SUCCESS)
}

//! The portal's release build: `trunk build --release` with the pinned tools on PATH.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use super::sandbox;
use crate::setup::tools::{Tool, Toolbox};
use crate::setup::{paths, process};

/// The environment of unoptimised builds that a browser loads. Browsers do not read the debug
/// information, which makes them over 100 MB instead of under 10, and slow to link and to load.
pub const WITHOUT_DEBUG_INFO: [(&str, &str); 1] = [("CARGO_PROFILE_DEV_DEBUG", "0")];

/// The tools that a build of the portal needs.
pub const TOOLS: [Tool; 3] = [Tool::Binaryen, Tool::Trunk, Tool::WasmBindgen];

/// The options of a release build.
#[derive(Debug, Clone)]
pub struct Options {
    /// The configuration for prerendering, in place of the defaults.
    pub config: Option<PathBuf>,
    /// The URL path that the portal will be served from.
    pub base_path: String,
    /// The output folder.
    pub to: PathBuf,
}

impl Default for Options {
    /// A build into `dist/` for the root path, with the default configuration.
    fn default() -> Self {
        Self {
            config: None,
            base_path: "/".to_owned(),
            to: paths::dist(),
        }
    }
}

/// Builds the portal for release.
pub fn build(tools: &Toolbox, options: &Options) -> Result<()> {
    fetch()?;
    let mut trunk = trunk(tools)?;
    trunk.args(["build", "--release", "--public-url", &options.base_path]);
    trunk.arg("--dist").arg(&options.to);
    if let Some(config) = &options.config {
        trunk.env("LOGISTRATION_CONFIG", config);
    }
    process::run(&mut trunk)
}

/// Builds the portal for release, and the sandbox; with `no_build`, checks that both exist.
pub fn build_unless(no_build: bool) -> Result<()> {
    if !no_build {
        build(&Toolbox::with(&TOOLS)?, &Options::default())?;
        return sandbox::build();
    }
    for built in [paths::dist().join("index.html"), paths::program("sandbox")] {
        if !built.is_file() {
            bail!("--no-build, but there is no {}", built.display());
        }
    }
    Ok(())
}

/// Downloads the crates, since Trunk's offline mode applies to Cargo, too.
pub fn fetch() -> Result<()> {
    if process::output(&mut process::cargo("fetch --offline")).is_ok() {
        return Ok(());
    }
    process::logged("crates to compile", &mut process::cargo("fetch"), 0)
}

/// Trunk, in the repository's root, with its tools on PATH.
pub fn trunk(tools: &Toolbox) -> Result<Command> {
    let mut trunk = Command::new("trunk");
    trunk
        .current_dir(paths::root())
        // Trunk would download a missing tool: https://github.com/trunk-rs/trunk/issues/254
        .env("TRUNK_OFFLINE", "true")
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Without Trunk's own backtrace after a compile error.
        .env("RUST_LIB_BACKTRACE", "0");
    tools.add_to_path(&mut trunk)?;
    Ok(trunk)
}

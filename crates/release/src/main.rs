//! Trunk's `post_build` hook for release builds (`Trunk.toml`), run on the staging folder. It puts the glue into
//! the boot script, and adds the prerendered pages, the offline page with its worker, the web app manifests,
//! the hospital's logo and the icons made from it, compressed files, the version, and
//! `.meta/` (manifest, headers, bill of materials, licences).
//!
//! Trunk sets `TRUNK_STAGING_DIR` to the folder of the files, and `TRUNK_PUBLIC_URL` to the path they are
//! served under. `LOGISTRATION_CONFIG` names the configuration that the pages are rendered with.
//!
//! `release PORTAL FOLDER [CONFIG]` writes the headers of a built portal into a folder, for another
//! configuration than it was built with.

mod assets;
mod files;
mod floor;
mod glue;
mod icons;
mod licences;
mod metadata;
mod offline;
mod pages;
mod release;
mod sbom;
mod version;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use anyhow::{Context, Result};
use config::Config;
use logistration::prerender::{self, NO_CONFIG};
use release::{Release, base, read_config};

fn main() -> ExitCode {
    let words: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let result = match words.as_slice() {
        [] => finish(),
        [portal, to] => headers(portal, to, &portal.join("config.json")),
        [portal, to, config] => headers(portal, to, config),
        _ => Err(anyhow::anyhow!(
            "usage: release [PORTAL FOLDER [CONFIG]]; see the first lines of {}",
            file!()
        )),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("release: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn finish() -> Result<()> {
    let variable = |name| {
        env::var(name).with_context(|| format!("{name} is not set; Trunk sets it for its hooks"))
    };
    let config_file = env::var_os("LOGISTRATION_CONFIG").filter(|file| !file.is_empty());
    let (config, config_bytes) = match &config_file {
        Some(file) => read_config(Path::new(file))?,
        None => (Config::default(), NO_CONFIG.to_vec()),
    };
    let release = Release {
        folder: variable("TRUNK_STAGING_DIR")?.into(),
        base: base(&variable("TRUNK_PUBLIC_URL")?)?.leak(),
        // Leaked: the program reads one configuration and ends.
        config: Box::leak(Box::new(config)),
        config_bytes,
    };
    // Trunk leaves its build lock in the folder of the release:
    // https://github.com/trunk-rs/trunk/pull/1088
    let lock = Path::new(&variable("TRUNK_DIST_DIR")?).join(".trunk-lock");
    fs::remove_file(lock).context("cannot remove Trunk's lock file")?;
    floor::check(&release.folder)?;
    let shell = fs::read_to_string(release.folder.join("index.html"))?;
    let shell = glue::bundle(&release.folder, &shell)?;
    let shell = files::named_by_content(&release.folder, shell)?;
    let (shell, style) = files::one_style(&release.folder, shell)?;
    let pages = prerender::pages(release.base, release.config);
    pages::write(&release, &shell, &pages)?;
    let assets = config_file.map(|file| Path::new(&file).with_file_name("assets"));
    let logo = match assets {
        Some(assets) => assets::copy(&release, &assets)?,
        None => None,
    };
    icons::write(&release, logo.as_deref())?;
    offline::manifests(&release, &pages)?;
    offline::write(&release, &style)?;
    version::write(&release.folder)?;
    files::compress(&release.folder)?;
    metadata::write(&release)
}

fn headers(portal: &Path, to: &Path, config: &Path) -> Result<()> {
    metadata::headers(portal, &read_config(config)?.1, to)
}

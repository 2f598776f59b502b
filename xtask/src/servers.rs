//! The web servers that deploy/ has configurations for: found on PATH, or on Debian, as root,
//! installed from its archive.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::{debian, places};

const PACKAGES: [&str; 3] = ["nginx-light", "libnginx-mod-http-brotli-static", "caddy"];

/// Where Debian and Ubuntu put nginx's module for files that are brotli already.
const BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// The servers.
#[derive(Debug, Clone)]
pub struct Servers {
    /// nginx, without which there is nothing to test.
    pub nginx: PathBuf,
    /// Its module for brotli; without it, it hands out gzip.
    pub brotli: Option<PathBuf>,
    /// Caddy, where it is there.
    pub caddy: Option<PathBuf>,
}

/// Finds the servers, or installs them.
pub fn ready() -> Result<Servers> {
    let found = find();
    if let Some(servers) = &found
        && servers.brotli.is_some()
        && servers.caddy.is_some()
    {
        return Ok(servers.clone());
    }
    if debian::can_install() {
        debian::install(&PACKAGES)?;
    }
    if let Some(servers) = find() {
        if servers.brotli.is_none() {
            println!("note: this nginx has no module for brotli; it is tested with gzip.");
        }
        if servers.caddy.is_none() {
            println!("note: there is no caddy on PATH; its configuration is not tested.");
        }
        return Ok(servers);
    }
    bail!(
        "the stage `servers` needs nginx, and `e2e` goes through it where it is there. On Debian or Ubuntu, as root: apt-get install {}. \
         Elsewhere: install nginx (and caddy, if you can) so that they are on PATH",
        PACKAGES.join(" ")
    )
}

fn find() -> Option<Servers> {
    // Debian keeps it where only root's PATH leads.
    let nginx = places::on_path(&["nginx"])
        .or_else(|| places::program_in(Path::new("/usr/sbin"), "nginx"))?;
    Some(Servers {
        nginx,
        brotli: Some(PathBuf::from(BROTLI)).filter(|module| module.is_file()),
        caddy: places::on_path(&["caddy"]),
    })
}

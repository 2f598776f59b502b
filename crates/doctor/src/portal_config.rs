//! The portal's configuration, from a file or as the portal itself serves it.

use std::time::Duration;

use config::{BaseUrl, Config};

use crate::http::Client;
use crate::roots::Roots;

const FILE: &str = "config.json";

/// A configuration, and the portal's address, if it came from there.
pub struct PortalConfig {
    /// The configuration.
    pub config: Config,
    /// The folder of the portal, in which a service without an address is.
    pub folder: Option<BaseUrl>,
}

/// Reads a `config.json`: a file, or the address of the file or of the portal's folder.
///
/// # Errors
/// A message with every mistake in the file, or with the reason why there is none.
pub fn read(source: &str, roots: &Roots, timeout: Duration) -> Result<PortalConfig, String> {
    let is_address = source.starts_with("https://") || source.starts_with("http://");
    if is_address {
        return fetch(source, roots, timeout);
    }
    let bytes = std::fs::read(source).map_err(|error| format!("{source}: {error}"))?;
    Ok(PortalConfig {
        config: parse(source, &bytes)?,
        folder: None,
    })
}

fn fetch(source: &str, roots: &Roots, timeout: Duration) -> Result<PortalConfig, String> {
    let (folder, file) = source
        .rsplit_once('/')
        .filter(|(_, file)| *file == FILE)
        .unwrap_or((source.trim_end_matches('/'), FILE));
    let folder = BaseUrl::of_service("--config", folder)?;
    let client = Client::new(&folder, None, roots, timeout);
    let response = client
        .get(file)
        .map_err(|error| format!("{source}: {error}; {}", error.advice()))?;
    let config = match response.status {
        200 => {
            let bytes = response
                .body
                .map_err(|error| format!("{source}: {error}"))?;
            // As the portal: some servers answer with the start page where there is no file.
            if config::is_start_page(&bytes) {
                Config::default()
            } else {
                parse(source, &bytes)?
            }
        }
        // The portal, too, uses its defaults where there is no file.
        404 | 410 => Config::default(),
        status => return Err(format!("{source}: the response has status {status}")),
    };
    Ok(PortalConfig {
        config,
        folder: Some(folder),
    })
}

fn parse(source: &str, bytes: &[u8]) -> Result<Config, String> {
    Config::parse(bytes).map_err(|error| format!("{source} cannot be used:\n{error}"))
}

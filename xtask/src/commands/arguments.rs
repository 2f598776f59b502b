//! The values that several commands' options take.

use std::path::{Path, PathBuf};

use config::{BaseUrl, Config};

/// A file that must be there.
pub fn file(text: &str) -> Result<PathBuf, String> {
    // The sandbox and Node run in other folders: make it mean the same there.
    let path = Path::new(text).canonicalize().ok();
    path.filter(|path| path.is_file())
        .ok_or_else(|| format!("there is no file {text}"))
}

/// The address of a service, by the rule of the portal itself.
pub fn base_url(text: &str) -> Result<String, String> {
    let url = BaseUrl::of_service("it", text)?;
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// A `config.json`, of which all mistakes are told.
pub fn config(text: &str) -> Result<PathBuf, String> {
    let path = file(text)?;
    let bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
    Config::parse(&bytes).map_err(|error| format!("it cannot be used:\n{error}"))?;
    Ok(path)
}

/// A file or folder that need not be there yet.
pub fn path(text: &str) -> Result<PathBuf, String> {
    std::path::absolute(text).map_err(|error| error.to_string())
}

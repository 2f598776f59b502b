//! Parsers of option values.

use std::path::{Path, PathBuf};

use config::{BaseUrl, Config};

/// An existing file, as an absolute path.
pub fn file(text: &str) -> Result<PathBuf, String> {
    // The sandbox and Node run in other folders.
    let path = Path::new(text).canonicalize().ok();
    path.filter(|path| path.is_file())
        .ok_or_else(|| format!("there is no file {text}"))
}

/// The URL of a service, by the portal's own rules.
pub fn base_url(text: &str) -> Result<String, String> {
    let url = BaseUrl::of_service("it", text)?;
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// A valid `config.json`; the error lists all its mistakes.
pub fn config(text: &str) -> Result<PathBuf, String> {
    let path = file(text)?;
    let bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
    Config::parse(&bytes).map_err(|error| format!("it cannot be used:\n{error}"))?;
    Ok(path)
}

/// A file or folder that may not exist yet, as an absolute path.
pub fn path(text: &str) -> Result<PathBuf, String> {
    std::path::absolute(text).map_err(|error| error.to_string())
}

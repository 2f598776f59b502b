//! Inputs of a release.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use config::{Accent, Config};

/// Inputs of the modules of this program.
pub struct Release {
    /// Trunk's staging folder.
    pub folder: PathBuf,
    /// The path of the site that the portal is served under: empty at the root, else such as `/portal`.
    pub base: &'static str,
    /// The configuration that the pages are rendered with.
    pub config: &'static Config,
    /// The bytes of the configuration.
    pub config_bytes: Vec<u8>,
}

/// The portal's own colour, as it is written in index.html and public/icon.svg.
pub const ACCENT: &str = "#0b5f66";

/// The portal's own colour.
#[allow(clippy::expect_used, reason = "a constant, which every test reads")]
pub fn own_accent() -> Accent {
    Accent::parse(ACCENT).expect("a colour")
}

/// The hospital's colour, or the portal's own.
pub fn accent(config: &Config) -> Accent {
    config.brand.accent.unwrap_or_else(own_accent)
}

/// Reads a configuration, and returns it with its bytes.
pub fn read_config(file: &Path) -> Result<(Config, Vec<u8>)> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let config = Config::parse(&bytes)
        .map_err(|error| anyhow::anyhow!("{} cannot be used:\n{error}", file.display()))?;
    Ok((config, bytes))
}

/// The path of `--public-url`: empty for `/`, else such as `/portal`.
pub fn base(public_url: &str) -> Result<String> {
    let folder = public_url.trim_end_matches('/');
    let plain = |part: &str| {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b);
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(fits)
    };
    if folder.is_empty()
        || folder
            .strip_prefix('/')
            .is_some_and(|it| it.split('/').all(plain))
    {
        return Ok(folder.to_owned());
    }
    bail!(
        "--public-url {public_url}: must be a path such as /portal/, of lower-case letters, digits, \
         '-', '_' and '.' between slashes"
    )
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn public_url_must_be_a_path_of_plain_characters() {
        for (public_url, path) in [("/", ""), ("/portal/", "/portal"), ("/a/b-2/", "/a/b-2")] {
            assert_eq!(base(public_url).unwrap(), path, "{public_url}");
        }
        for wrong in [
            "/a b/",
            "/../",
            "//a//b",
            "/a\"",
            "/Portal/",
            "/.x/",
            "./",
            "https://a.example/",
        ] {
            assert!(base(wrong).is_err(), "{wrong}");
        }
    }
}

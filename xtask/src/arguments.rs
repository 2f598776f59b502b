//! What the commands' options have in common: the error that ends with exit code 2, and the
//! values that several commands read.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use config::{BaseUrl, Config};
use lexopt::ValueExt;

/// The command line makes no sense; the text says why. Ends the program with exit code 2.
#[derive(Debug)]
pub struct Usage(String);

impl Usage {
    /// An error whose text is shown as it is.
    #[allow(clippy::new_ret_no_self, reason = "only ever used as an error")]
    pub fn new(text: impl Into<String>) -> anyhow::Error {
        Self(text.into()).into()
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// The value of an option that takes a TCP port.
pub fn port(parser: &mut lexopt::Parser) -> anyhow::Result<u16> {
    let text = parser.value()?.string()?;
    text.parse()
        .map_err(|_| Usage::new(format!("'{text}' is not a port (0 to 65535)")))
}

/// The value of an option that takes a file that must be there.
pub fn file(parser: &mut lexopt::Parser) -> anyhow::Result<PathBuf> {
    let path = PathBuf::from(parser.value()?);
    // The sandbox and Node run in other folders: make it mean the same there.
    path.canonicalize()
        .ok()
        .filter(|path| path.is_file())
        .ok_or_else(|| Usage::new(format!("there is no file {}", path.display())))
}

/// The value of an option that takes the address of a service, by the rule of the portal itself.
pub fn base_url(parser: &mut lexopt::Parser, option: &str) -> anyhow::Result<String> {
    let url = BaseUrl::of_service(option, &parser.value()?.string()?).map_err(Usage::new)?;
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// The value of an option that takes a `config.json`, of which all mistakes are told.
pub fn config(parser: &mut lexopt::Parser) -> anyhow::Result<PathBuf> {
    let path = file(parser)?;
    read_config(&path)?;
    Ok(path)
}

/// A `config.json`, of which all mistakes are told.
pub fn read_config(path: &Path) -> anyhow::Result<Config> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Config::parse(&bytes)
        .map_err(|error| Usage::new(format!("{} cannot be used:\n{error}", path.display())))
}

/// The value of an option that takes a file or folder that need not be there yet.
pub fn path(parser: &mut lexopt::Parser) -> anyhow::Result<PathBuf> {
    Ok(std::path::absolute(PathBuf::from(parser.value()?))?)
}

/// The value of an option that takes the folder a portal is in: `/portal` of whatever way to write it;
/// empty for `/`.
pub fn folder(parser: &mut lexopt::Parser) -> anyhow::Result<String> {
    read_folder(&parser.value()?.string()?)
}

fn read_folder(text: &str) -> anyhow::Result<String> {
    let inner = text.trim_matches('/');
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))
    };
    match inner {
        "" => Ok(String::new()),
        _ if inner.split('/').all(plain) => Ok(format!("/{inner}")),
        _ => Err(Usage::new(format!(
            "'{text}' is no folder for a portal: small letters, digits, '-', '_' and '.' between slashes"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::{read_config, read_folder};

    #[test]
    fn all_that_is_wrong_in_a_configuration_is_said_in_the_portal_s_own_words() {
        let file = std::env::temp_dir().join(format!("wrong-config-{}.json", std::process::id()));
        let wrong = br#"{"sesion":{},"patient":{"baseURL":""},"sharedDevice":1}"#;
        std::fs::write(&file, wrong).unwrap();
        let said = read_config(&file).unwrap_err().to_string();
        std::fs::remove_file(&file).unwrap();
        let error = config::Config::parse(wrong).unwrap_err().to_string();
        assert_eq!(error.lines().count(), 3);
        assert!(said.ends_with(&error), "{said}");
    }

    #[test]
    fn a_folder_is_written_in_one_way() {
        for (said, meant) in [
            ("/", ""),
            ("", ""),
            ("/portal/", "/portal"),
            ("portal", "/portal"),
            ("/a/b-2", "/a/b-2"),
        ] {
            assert_eq!(read_folder(said).unwrap(), meant, "{said}");
        }
        for wrong in ["/a b/", "/../", "//a//b", "/a\"", "/Portal/", "/.x/"] {
            assert!(read_folder(wrong).is_err(), "{wrong}");
        }
    }
}

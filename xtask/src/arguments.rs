//! What the commands' options have in common: the error that ends with exit code 2, and the
//! values that several commands read.

use std::fmt;
use std::path::PathBuf;

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

/// The value of an option that takes the address of a service, by the rule of the portal itself:
/// https, or http on this machine only.
pub fn base_url(parser: &mut lexopt::Parser) -> anyhow::Result<String> {
    let text = parser.value()?.string()?;
    check_base_url(&text).map_err(Usage::new)?;
    Ok(text.trim_end_matches('/').to_owned())
}

fn check_base_url(text: &str) -> Result<(), String> {
    let (secure, rest) = if let Some(rest) = text.strip_prefix("https://") {
        (true, rest)
    } else if let Some(rest) = text.strip_prefix("http://") {
        (false, rest)
    } else {
        return Err(format!("'{text}' must begin with https://"));
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() || authority.contains(['@', '"', '\\', ' ']) {
        return Err(format!("'{text}' names no host"));
    }
    let host = if authority.starts_with('[') {
        authority.split_inclusive(']').next()
    } else {
        authority.split(':').next()
    };
    if secure || matches!(host, Some("localhost" | "127.0.0.1" | "[::1]")) {
        Ok(())
    } else {
        Err(format!(
            "'{text}': the portal refuses http:// except on localhost; use https://"
        ))
    }
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
    use super::{check_base_url, read_folder};

    #[test]
    fn services_are_reached_over_https_or_on_this_machine() {
        for fine in [
            "https://hospital.example",
            "https://hospital.example:8443/base/",
            "http://localhost:3000",
            "http://127.0.0.1",
            "http://[::1]:9/x",
        ] {
            assert_eq!(check_base_url(fine), Ok(()), "{fine}");
        }
        for wrong in [
            "",
            "hospital.example",
            "https://",
            "https:///x",
            "http://hospital.example",
            "http://localhost.hospital.example",
            "http://localhost@hospital.example",
            "ftp://localhost",
        ] {
            assert!(check_base_url(wrong).is_err(), "{wrong}");
        }
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

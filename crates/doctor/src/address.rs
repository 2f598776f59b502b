//! The address of a service, by the rule of the portal itself: https, or http on this machine only.

/// An address that the portal would accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    text: String,
    origin: String,
    local: bool,
}

impl Address {
    /// Reads an address; a slash at its end is of no account.
    ///
    /// # Errors
    /// A sentence, for an address that the portal's configuration would refuse.
    pub fn read(text: &str) -> Result<Self, String> {
        let (secure, rest) = if let Some(rest) = text.strip_prefix("https://") {
            (true, rest)
        } else if let Some(rest) = text.strip_prefix("http://") {
            (false, rest)
        } else {
            return Err(format!("'{text}' must begin with https://"));
        };
        if rest.contains(['?', '#']) || rest.contains(char::is_whitespace) {
            return Err(format!("'{text}' must end with its path"));
        }
        let authority = rest.split('/').next().unwrap_or_default();
        if authority.is_empty() || authority.starts_with(':') {
            return Err(format!("'{text}' names no host"));
        }
        // Not repeated: what stands there is most often a password.
        if authority.contains('@') {
            return Err("an address must not hold a user name".to_owned());
        }
        let host = if authority.starts_with('[') {
            authority.split_inclusive(']').next()
        } else {
            authority.split(':').next()
        };
        let local = matches!(host, Some("localhost" | "127.0.0.1" | "[::1]"));
        if !secure && !local {
            return Err(format!(
                "'{text}': the portal refuses http:// except on localhost; use https://"
            ));
        }
        let (scheme, usual_port) = if secure {
            ("https", ":443")
        } else {
            ("http", ":80")
        };
        let authority = authority.strip_suffix(usual_port).unwrap_or(authority);
        Ok(Self {
            text: text.trim_end_matches('/').to_owned(),
            origin: format!("{scheme}://{}", authority.to_ascii_lowercase()),
            local,
        })
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its scheme, host and port, as a browser writes them in `Origin`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether it is reached over TLS.
    pub fn is_secure(&self) -> bool {
        self.text.starts_with("https://")
    }

    /// Whether it is this machine.
    pub fn is_local(&self) -> bool {
        self.local
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (text, origin) in [
            ("https://A.example/base/", "https://a.example"),
            ("https://a.example:443", "https://a.example"),
            ("https://a.example:8443/x", "https://a.example:8443"),
            ("http://localhost:80", "http://localhost"),
            ("http://[::1]:9", "http://[::1]:9"),
        ] {
            assert_eq!(Address::read(text).unwrap().origin(), origin, "{text}");
        }
        assert_eq!(
            Address::read("https://a.example/b//").unwrap().as_str(),
            "https://a.example/b"
        );
    }

    #[test]
    fn what_the_portal_would_refuse_is_refused() {
        for text in [
            "",
            "a.example",
            "https://",
            "https:///x",
            "https://:443",
            "http://a.example",
            "http://localhost.example",
            "https://a.example/?q",
            "https://a.example/#f",
            "https://a b.example",
        ] {
            assert!(Address::read(text).is_err(), "{text}");
        }
        let said = Address::read("https://me:secret@a.example").unwrap_err();
        assert!(!said.contains("secret"));
    }
}

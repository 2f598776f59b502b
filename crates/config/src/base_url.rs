//! Address of a service, with one rule for the portal, its tools and the doctor: https, or http on this
//! machine only.

use std::fmt;

/// Address that personal data may be sent to. Empty for the portal's own origin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Description of what [`BaseUrl::of_service`] accepts, to follow "must be".
    pub const EXPECTED: &str = "an address that starts with https://, or with http:// on localhost only, \
        without user name, query or fragment";

    /// Parses the value of the option `name` as [`BaseUrl::parse`] does; it must not be empty.
    ///
    /// ```
    /// use config::BaseUrl;
    ///
    /// assert!(BaseUrl::of_service("--staff-url", "https://a.example").is_ok());
    /// let error = BaseUrl::of_service("--staff-url", "a.example").unwrap_err();
    /// assert!(error.starts_with("--staff-url must be an address"));
    /// ```
    ///
    /// # Errors
    /// A sentence with the option's name, and without the value, which may hold a password.
    pub fn of_service(name: &str, text: &str) -> Result<Self, String> {
        Self::parse(text)
            .filter(|url| !url.is_own_origin())
            .ok_or_else(|| [name, " must be ", Self::EXPECTED].concat())
    }

    /// Parses an address. `None` for one that does not start with `https://`, or with `http://` and a
    /// host of this machine, and for one with a user name (`localhost@evil.example`), a query or a
    /// fragment.
    ///
    /// ```
    /// use config::BaseUrl;
    ///
    /// let url = BaseUrl::parse("https://A.example:443/base").unwrap();
    /// assert_eq!(url.origin(), "https://a.example");
    /// assert!(url.is_secure() && !url.is_local() && !url.is_own_origin());
    /// assert_eq!(BaseUrl::parse("http://a.example"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || Parts::of(text).is_some()).then(|| Self(text.to_owned()))
    }

    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `true` for the portal's own origin.
    pub fn is_own_origin(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets an empty address to the portal's folder on its own origin, such as `/portal`.
    ///
    /// ```
    /// let mut url = config::BaseUrl::default();
    /// url.default_to_folder("/portal");
    /// assert_eq!(url.as_str(), "/portal");
    /// ```
    pub fn default_to_folder(&mut self, folder: &str) {
        if self.is_own_origin() {
            folder.clone_into(&mut self.0);
        }
    }

    /// The origin as a browser serializes it in `Origin`; empty for the portal's own.
    pub fn origin(&self) -> String {
        Parts::of(&self.0).map_or_else(String::new, |parts| {
            let usual = if parts.secure { ":443" } else { ":80" };
            let authority = parts.authority.strip_suffix(usual);
            let authority = authority.unwrap_or(parts.authority).to_ascii_lowercase();
            [parts.scheme(), &authority].concat()
        })
    }

    /// `true` for an address with TLS.
    pub fn is_secure(&self) -> bool {
        Parts::of(&self.0).is_some_and(|parts| parts.secure)
    }

    /// `true` for a host of this machine.
    pub fn is_local(&self) -> bool {
        Parts::of(&self.0).is_some_and(|parts| parts.is_local())
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

struct Parts<'a> {
    secure: bool,
    authority: &'a str,
    host: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (secure, rest) = match text.strip_prefix("https://") {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix("http://")?),
        };
        let odd = |c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '@' | '\\' | '"')
        };
        if rest.contains(odd) {
            return None;
        }
        let authority = rest.split('/').next().unwrap_or_default();
        let (host, port) = if authority.starts_with('[') {
            authority.split_at(authority.find(']')? + 1)
        } else {
            authority.split_at(authority.find(':').unwrap_or(authority.len()))
        };
        let port_is_one = port.is_empty()
            || port
                .strip_prefix(':')
                .is_some_and(|digits| digits.parse::<u16>().is_ok());
        let parts = Self {
            secure,
            authority,
            host,
        };
        (!host.is_empty() && port_is_one && (secure || parts.is_local())).then_some(parts)
    }

    fn scheme(&self) -> &'static str {
        if self.secure { "https://" } else { "http://" }
    }

    fn is_local(&self) -> bool {
        matches!(self.host, "localhost" | "127.0.0.1" | "[::1]")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::BaseUrl;

    #[test]
    fn http_is_accepted_for_this_machine_only() {
        for url in [
            "",
            "https://api.hospital.example/x/",
            "https://hospital.example:8443/base/",
            "http://localhost:8080",
            "http://127.0.0.1/",
            "http://[::1]:3000",
            "http://[::1]:9/x",
        ] {
            assert!(BaseUrl::parse(url).is_some(), "{url}");
        }
        for url in [
            "http://api.hospital.example",
            "http://localhost.hospital.example",
            "http://localhost@hospital.example",
            "http://localhost:80@evil.example",
            "http://[::1].evil.example",
            "http://[::1",
            "http://[",
            "ftp://localhost",
            "localhost",
            "hospital.example",
            "https://",
            "https:///x",
            "https://:443",
            "https://api.example:x",
            "https://api.example/?x=",
            "https://api.example/#x",
            "https://api.example/ x",
            "https://a b.example",
            "https://api.example/\\",
            "https://me:secret@a.example",
        ] {
            assert_eq!(BaseUrl::parse(url), None, "{url}");
        }
    }

    #[test]
    fn origin_is_serialized_as_browsers_do() {
        for (text, origin) in [
            ("https://A.example/base/", "https://a.example"),
            ("https://a.example:443", "https://a.example"),
            ("https://a.example:8443/x", "https://a.example:8443"),
            ("http://localhost:80", "http://localhost"),
            ("http://[::1]:9", "http://[::1]:9"),
            ("", ""),
        ] {
            assert_eq!(BaseUrl::parse(text).unwrap().origin(), origin, "{text}");
        }
    }

    #[test]
    fn service_address_must_not_be_empty_and_is_not_in_the_error() {
        assert!(BaseUrl::of_service("--staff-url", "https://a.example").is_ok());
        for text in ["", "https://me:secret@a.example"] {
            let said = BaseUrl::of_service("--staff-url", text).unwrap_err();
            assert!(said.starts_with("--staff-url must be an address"), "{said}");
            assert!(!said.contains("secret"), "{said}");
        }
    }

    #[test]
    fn base_url_reports_own_origin_tls_and_this_machine() {
        let say = |text| {
            let url = BaseUrl::parse(text).unwrap();
            (url.is_own_origin(), url.is_secure(), url.is_local())
        };
        assert_eq!(say(""), (true, false, false));
        assert_eq!(say("https://localhost"), (false, true, true));
        assert_eq!(say("http://[::1]/"), (false, false, true));
        assert_eq!(say("https://a.example"), (false, true, false));
    }
}

//! The session's cookie.

use axum::http::header::{COOKIE, HeaderMap, HeaderValue, InvalidHeaderValue};

/// The cookie's name and attributes.
///
/// - `HttpOnly`: no script reads it, the portal's neither.
/// - `SameSite=Strict`: no request that another site causes carries it, not even a link. Nothing is lost: the
///   way to `/app/` begins at the portal, on the same origin.
/// - No `Max-Age`: it goes when the browser is closed. The session's own idle time is kept on the server.
/// - Over https `Secure` and the prefix `__Host-`: no other host of the hospital can set it, and a browser
///   never sends it in the clear. Over http, on this machine only, browsers refuse both.
pub(crate) struct SessionCookie {
    name: &'static str,
    attributes: &'static str,
    removal: &'static str,
}

impl SessionCookie {
    /// The cookie for an application at this origin.
    pub(crate) fn of_origin(origin: &str) -> Self {
        if origin.starts_with("https://") {
            Self {
                name: "__Host-session",
                attributes: "Path=/; Secure; HttpOnly; SameSite=Strict",
                removal: "__Host-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict",
            }
        } else {
            Self {
                name: "session",
                attributes: "Path=/; HttpOnly; SameSite=Strict",
                removal: "session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict",
            }
        }
    }

    /// The values that a request has for it. There may be several: a cookie of the same name for another path.
    pub(crate) fn values<'a>(&self, headers: &'a HeaderMap) -> impl Iterator<Item = &'a str> {
        let name = self.name;
        let lines = headers.get_all(COOKIE).into_iter();
        let pairs = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'));
        pairs
            .filter_map(|pair| pair.trim().split_once('='))
            .filter_map(move |(found, value)| (found == name).then_some(value))
    }

    /// The header that sets it.
    pub(crate) fn set(&self, id: &str) -> Result<HeaderValue, InvalidHeaderValue> {
        HeaderValue::try_from(format!("{}={id}; {}", self.name, self.attributes))
    }

    /// The header that removes it.
    pub(crate) fn removal(&self) -> HeaderValue {
        HeaderValue::from_static(self.removal)
    }
}

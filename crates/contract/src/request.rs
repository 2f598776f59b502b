//! A request, complete except for the address of the server: the form in which every call is handed to
//! the network.

use crate::personal::Personal;

/// A request. Its headers are complete, except for the `Content-Type` of a [`Body::Form`]: the browser
/// sets it, with the boundary it chose.
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path below the service's base address; see [`join`].
    pub path: &'static str,
    /// Names and values. A value may be a secret, so all values are [`Personal`].
    pub headers: Vec<(&'static str, Personal)>,
    /// The body.
    pub body: Body,
    /// Whether cookies are sent and stored.
    pub credentials: Credentials,
}

/// Whether a request sends cookies and its response may set them, as in the Fetch standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// No cookies in either direction.
    Omit,
    /// Cookies in both directions on the portal's own origin, none on another.
    SameOrigin,
    /// Cookies in both directions, on another origin too.
    Include,
}

/// The two HTTP methods in use.
///
/// ```
/// assert_eq!(contract::request::Method::Post.as_str(), "POST");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
}

impl Method {
    /// The method's name in HTTP.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// Body of a request.
pub enum Body {
    /// Nothing.
    None,
    /// A JSON text, ready to send.
    Json(Personal),
    /// The fields of a `multipart/form-data` form, in order.
    Form(Vec<(&'static str, Personal)>),
}

/// Joins a base address and a path with exactly one slash between them. An empty base is the portal's
/// own origin.
///
/// ```
/// use contract::request::join;
///
/// assert_eq!(join("https://a.example/base/", "/api"), "https://a.example/base/api");
/// assert_eq!(join("", "/api"), "/api");
/// ```
pub fn join(base: &str, path: &str) -> String {
    let (base, path) = (base.trim_end_matches('/'), path.trim_start_matches('/'));
    let mut address = String::with_capacity(base.len() + 1 + path.len());
    address.push_str(base);
    address.push('/');
    address.push_str(path);
    address
}

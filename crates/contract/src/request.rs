//! A request, complete but for the address of the server: the one shape in which the portal hands
//! something to the network.
//!
//! This module must not know which services there are.

use crate::personal::Personal;

/// What to send. Its headers are complete; only the `Content-Type` of a [`Body::Form`] is the
/// browser's, because the boundary in it is.
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path below the service's base address; see [`join`].
    pub path: &'static str,
    /// Names and values. A value may be a secret, so all of them are personal.
    pub headers: Vec<(&'static str, Personal)>,
    /// What goes with it.
    pub body: Body,
    /// Whether the service's cookies go with it, and come back with the answer, on another origin
    /// too (`credentials: include`).
    pub cookies: bool,
}

/// The two HTTP methods in use.
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

/// What goes with a request.
pub enum Body {
    /// Nothing.
    None,
    /// A JSON text, ready to send.
    Json(Personal),
    /// The fields of a `multipart/form-data` form, in order.
    Form(Vec<(&'static str, Personal)>),
}

/// Puts a path under a base address; neither doubles nor loses the slash between them.
/// An empty base is the portal's own origin.
pub fn join(base: &str, path: &str) -> String {
    let (base, path) = (base.trim_end_matches('/'), path.trim_start_matches('/'));
    let mut address = String::with_capacity(base.len() + 1 + path.len());
    address.push_str(base);
    address.push('/');
    address.push_str(path);
    address
}

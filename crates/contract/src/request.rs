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

/// A scalar of a JSON text.
#[derive(Clone, Copy)]
pub(crate) enum Json<'a> {
    /// A string.
    Text(&'a str),
    /// A number, as it came in a JSON text.
    Number(&'a str),
}

/// `{"a":"…","b":1}`: in the order given, without spaces.
pub(crate) fn json_members(members: &[(&str, Json<'_>)]) -> Personal {
    let mut out = Personal::with_capacity(128);
    let mut before = "{";
    for (key, value) in members {
        out.push_str(before);
        push_json_text(&mut out, key);
        out.push_str(":");
        match value {
            Json::Text(text) => push_json_text(&mut out, text),
            Json::Number(digits) => out.push_str(digits),
        }
        before = ",";
    }
    out.push_str("}");
    out
}

/// A JSON string (RFC 8259, 7): `"`, `\` and the control characters are escaped, all else stays.
fn push_json_text(out: &mut Personal, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\0'..='\x1f' => {
                out.push_str("\\u00");
                out.push_hex(character as u8);
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

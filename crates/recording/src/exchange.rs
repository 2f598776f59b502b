//! Recorded exchanges, and their file.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// One request to a service, and its answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Exchange {
    /// The name of the case.
    #[serde(rename = "case")]
    pub name: String,
    /// The request.
    pub request: Request,
    /// The status; absent where there was no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The headers of the answer, in order, with doubled ones.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The body of the answer.
    #[serde(default)]
    pub body: String,
    /// `false` where the body is not JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<bool>,
    /// The lengths of what placeholders such as `<token 2>` stand for, by `authorization` and `cookie`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub was: BTreeMap<String, usize>,
    /// The reason why there was no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// A recorded request. Its body is a form, JSON, or absent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path, without the service's base path.
    pub path: String,
    /// The headers, without the type of a form.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The fields of a multipart form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Vec<(String, String)>>,
    /// The fields of a URL-encoded form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urlencoded: Option<Vec<(String, String)>>,
    /// The JSON body, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<Box<RawValue>>,
}

impl Request {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// A line that is not a recorded exchange.
#[derive(Debug)]
pub struct ReadError {
    /// The number of the line, from 1.
    pub line: usize,
    error: serde_json::Error,
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {}", self.line, self.error)
    }
}

impl std::error::Error for ReadError {}

/// Reads a recording; empty lines are skipped.
///
/// # Errors
/// The first line that is not a recorded exchange.
pub fn read(text: &str) -> Result<Vec<Exchange>, ReadError> {
    let lines = text.lines().zip(1..);
    lines
        .filter(|(text, _)| !text.trim().is_empty())
        .map(|(text, line)| serde_json::from_str(text).map_err(|error| ReadError { line, error }))
        .collect()
}

/// Writes a recording.
///
/// # Errors
/// Never in practice: every exchange can be represented in JSON.
pub fn write(exchanges: &[Exchange]) -> serde_json::Result<String> {
    let mut text = String::new();
    for exchange in exchanges {
        // A line break in a JSON document is white space between its tokens, where it was written so.
        text += &serde_json::to_string(exchange)?.replace(['\n', '\r'], " ");
        text.push('\n');
    }
    Ok(text)
}

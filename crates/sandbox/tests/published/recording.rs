//! The recordings.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// One question to a published server, and its answer.
#[derive(Debug, Deserialize)]
pub struct Case {
    #[serde(rename = "case")]
    pub name: String,
    pub request: Request,
    pub status: Option<u16>,
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    #[serde(default)]
    pub body: String,
    /// The reason why there is no answer.
    pub fault: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Request {
    pub method: String,
    pub path: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The fields of a multipart form.
    pub form: Option<Vec<(String, String)>>,
    pub urlencoded: Option<Vec<(String, String)>>,
    pub json: Option<Value>,
}

/// The cases of a file, in order.
pub fn cases(text: &str) -> Vec<Case> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

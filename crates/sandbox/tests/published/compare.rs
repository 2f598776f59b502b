//! The comparison of an answer with a recorded one.

use super::common::Response;
use recording::Exchange;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt;

/// Headers of the connection, and those that say what is compared elsewhere.
const NOT_COMPARED: [&str; 8] = [
    "date",
    "server",
    "connection",
    "keep-alive",
    "content-length",
    "transfer-encoding",
    "set-cookie",
    "authorization",
];

/// Keys of bodies whose values belong to the moment or to one database: their types are compared.
const TYPE_ONLY: [&str; 8] = [
    "currentDate",
    "createdAt",
    "updatedAt",
    "timestamp",
    "dateTime",
    "requestId",
    "authorization",
    "displayName",
];

/// What differs: `status`, `header x`, `cookie`, or `body` with a path.
pub struct Difference {
    pub what: String,
    pub recorded: String,
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            what,
            recorded,
            found,
        } = self;
        write!(formatter, "{what}: recorded {recorded}, found {found}")
    }
}

/// All differences of an answer from the recorded one.
pub fn differences(case: &Exchange, response: &Response) -> Vec<Difference> {
    let mut all = Vec::new();
    let mut check = |what: &str, recorded: String, found: String| {
        if recorded != found {
            all.push(Difference {
                what: what.to_owned(),
                recorded,
                found,
            });
        }
    };
    check(
        "status",
        case.status.unwrap().to_string(),
        response.status.to_string(),
    );
    let found: Vec<(String, String)> = response
        .head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let names: BTreeSet<String> = found
        .iter()
        .chain(&case.headers)
        .map(|(name, _)| name.to_lowercase())
        .collect();
    for name in names {
        if !NOT_COMPARED.contains(&name.as_str()) {
            check(
                &format!("header {name}"),
                values(&case.headers, &name).join(" | "),
                values(&found, &name).join(" | "),
            );
        }
    }
    let is_there = |headers| !values(headers, "authorization").is_empty();
    check(
        "header authorization",
        is_there(&case.headers).to_string(),
        is_there(&found).to_string(),
    );
    check(
        "cookie",
        cookies(&case.headers).join(" | "),
        cookies(&found).join(" | "),
    );
    let text = String::from_utf8_lossy(&response.body);
    match (
        serde_json::from_str::<Value>(&case.body),
        serde_json::from_str::<Value>(&text),
    ) {
        (Ok(recorded), Ok(found)) if recorded.is_object() => {
            compare_json("body", &recorded, &found, &mut check);
        }
        _ => check("body", case.body.clone(), text.into_owned()),
    }
    all
}

fn values(headers: &[(String, String)], name: &str) -> Vec<String> {
    headers
        .iter()
        .filter(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.clone())
        .collect()
}

/// The cookies of a response: names and attributes, and whether there is a value.
fn cookies(headers: &[(String, String)]) -> Vec<String> {
    let mut cookies: Vec<String> = values(headers, "set-cookie")
        .iter()
        .map(|cookie| {
            let mut parts = cookie.split("; ");
            let (name, value) = parts.next().unwrap().split_once('=').unwrap();
            let attributes = parts.map(|part| {
                if part.starts_with("Expires=") {
                    "Expires"
                } else {
                    part
                }
            });
            let attributes: Vec<_> = attributes.collect();
            let is_empty = value.is_empty();
            format!("{name} (empty: {is_empty}); {}", attributes.join("; "))
        })
        .collect();
    cookies.sort();
    cookies
}

fn compare_json(
    path: &str,
    recorded: &Value,
    found: &Value,
    check: &mut impl FnMut(&str, String, String),
) {
    let key = path.rsplit('.').next().unwrap_or(path);
    match (recorded, found) {
        (Value::Object(recorded), Value::Object(found)) => {
            let keys: BTreeSet<&String> = recorded.keys().chain(found.keys()).collect();
            for key in keys {
                let path = format!("{path}.{key}");
                match (recorded.get(key), found.get(key)) {
                    (Some(recorded), Some(found)) => compare_json(&path, recorded, found, check),
                    (recorded, found) => check(&path, presence(recorded), presence(found)),
                }
            }
        }
        (Value::Array(recorded), Value::Array(found)) => {
            check(
                &format!("{path}.length"),
                recorded.len().to_string(),
                found.len().to_string(),
            );
            // The published servers list roles and organizations in no order.
            for (recorded, found) in sorted(recorded).into_iter().zip(sorted(found)) {
                compare_json(path, recorded, found, check);
            }
        }
        // Other people, for those who may see them.
        _ if path.starts_with("body.entityList.") => check(path, kind(recorded), kind(found)),
        _ if TYPE_ONLY.contains(&key) => check(path, kind(recorded), kind(found)),
        _ => check(path, recorded.to_string(), found.to_string()),
    }
}

fn sorted(array: &[Value]) -> Vec<&Value> {
    let mut all: Vec<&Value> = array.iter().collect();
    if all.iter().all(|one| one.is_number()) {
        all.sort_by_key(|one| one.as_u64());
    } else {
        all.sort_by_key(|one| one["name"].as_str().or(one["username"].as_str()));
    }
    all
}

fn presence(value: Option<&Value>) -> String {
    value.map_or("absent".to_owned(), |_| "present".to_owned())
}

fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
    .to_owned()
}

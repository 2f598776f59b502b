//! Generator of `config.schema.json` and of the table of keys in `docs/configuration.md`. Not part of the portal.

#![allow(
    clippy::indexing_slicing,
    reason = "a JSON value by its key: `null` where there is none"
)]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::{Accent, BaseUrl, Config, Label, Language, Moment};

/// Rules that the reader checks and the schema cannot express, for `docs/configuration.md`.
pub const RULES_OUTSIDE_SCHEMA: [(&str, &str); 9] = [
    ("brand.accent", "the contrast of the colour"),
    ("brand.notice.until", "later than `brand.notice.from`"),
    (
        "onward[].roles",
        "absent, as `suites`, where `for` is `patient`",
    ),
    (
        "session.warnSeconds",
        "less than `session.idleSeconds` and `session.absoluteSeconds`, for patients and for staff as well",
    ),
    (
        "patient.language",
        "one of `languages`; so is `staff.language`",
    ),
    (
        "staff.entrances[].client",
        "`web` or `mob` where `protocol` is `2`",
    ),
    ("staff.enabled", "`true` where `patient.enabled` is `false`"),
    (
        "any key",
        "`null`, which the reader takes for an absent key and the schema for a mistake",
    ),
    ("any key", "that it appears only once in its object"),
];

/// The schema (JSON Schema 2020-12).
///
/// ```
/// assert_eq!(config::schema::schema()["type"], "object");
/// ```
pub fn schema() -> Value {
    let settings =
        SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<Config>()
        .to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), "config.json of the portal".into());
    }
    tidy(&mut schema);
    schema
}

/// The content of the file `config.schema.json`.
///
/// ```
/// assert!(config::schema::file().ends_with("}\n"));
/// ```
pub fn file() -> String {
    format!("{:#}\n", schema())
}

/// Removes `null`, because an absent key is omitted, and the Rust formats of integers; sorts the keys.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members
                .retain(|key, value| !(key == "format" || (key == "default" && value.is_null())));
            if let Some(Value::Array(kinds)) = members.get_mut("type") {
                kinds.retain(|kind| kind != "null");
                if let [kind] = kinds.as_slice() {
                    let kind = kind.clone();
                    members.insert("type".to_owned(), kind);
                }
            }
            if let Some(Value::Array(kinds)) = members.get("anyOf")
                && let [kind, null] = kinds.as_slice()
                && null["type"] == "null"
            {
                let kind = kind.as_object().cloned().unwrap_or_default();
                members.remove("anyOf");
                for (key, value) in kind {
                    members.entry(key).or_insert(value);
                }
            }
            // The order in the file must not depend on the map.
            let sorted: BTreeMap<_, _> = std::mem::take(members).into_iter().collect();
            members.extend(sorted);
            members.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// A key of the configuration.
pub struct Key {
    /// The path, such as `staff.entrances[].client`.
    pub path: String,
    /// The schema of its value.
    pub schema: Value,
}

/// Every key, in alphabetical order.
///
/// ```
/// let keys = config::schema::keys();
/// assert!(keys.iter().any(|key| key.path == "staff.entrances[].client"));
/// ```
pub fn keys() -> Vec<Key> {
    let mut keys = Vec::new();
    collect(&schema(), "", &mut keys);
    keys
}

fn collect(schema: &Value, path: &str, keys: &mut Vec<Key>) {
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = match path {
            "" => key.clone(),
            path => format!("{path}.{key}"),
        };
        keys.push(Key {
            path: path.clone(),
            schema: inner.clone(),
        });
        collect(inner, &path, keys);
        collect(&inner["items"], &format!("{path}[]"), keys);
    }
}

/// The table of keys for `docs/configuration.md`, in Markdown.
///
/// ```
/// assert!(config::schema::table().contains("| `brand.name` | text |"));
/// ```
pub fn table() -> String {
    let mut table = "| key | kind | what it is |\n|---|---|---|\n".to_owned();
    for key in keys()
        .iter()
        .filter(|key| key.schema["type"] != "object" || is_map(&key.schema))
    {
        let description = key.schema["description"].as_str().unwrap_or_default();
        let _ = writeln!(
            table,
            "| `{}` | {} | {} |",
            key.path,
            kind(&key.schema),
            description.split_whitespace().collect::<Vec<_>>().join(" "),
        );
    }
    table
}

fn is_map(schema: &Value) -> bool {
    schema["additionalProperties"].is_object()
}

fn kind(schema: &Value) -> String {
    let words = |words: &Value| {
        let words: Vec<_> = words
            .as_array()
            .into_iter()
            .flatten()
            .map(|word| format!("`{word}`"))
            .collect();
        words.join(", ")
    };
    if let Value::Array(_) = schema["enum"] {
        return words(&schema["enum"]);
    }
    if let Value::Array(kinds) = &schema["oneOf"] {
        let all: Value = kinds.iter().map(|kind| kind["const"].clone()).collect();
        return words(&all);
    }
    match schema["type"].as_str() {
        Some("string") => "text",
        Some("boolean") => "`true`, `false`",
        Some("integer") => "whole number",
        Some("array") => "list",
        Some("object") => "code and label",
        _ => "text, or one for each language",
    }
    .to_owned()
}

impl JsonSchema for Language {
    fn schema_name() -> Cow<'static, str> {
        "Language".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // A pattern has no flag for letters of either case.
        let either_case = |tag: &&str| -> String {
            tag.chars()
                .flat_map(|letter| ['[', letter, letter.to_ascii_uppercase(), ']'])
                .collect()
        };
        let tags: Vec<_> = Self::TAGS.iter().map(either_case).collect();
        json_schema!({
            "type": "string",
            "anyOf": [
                { "enum": Self::TAGS },
                { "pattern": format!("^({})([-_].*)?$", tags.join("|")) },
            ],
        })
    }
}

impl JsonSchema for Label {
    fn schema_name() -> Cow<'static, str> {
        "Label".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let texts: BTreeMap<_, _> = Language::TAGS
            .iter()
            .map(|tag| (*tag, json!({ "type": "string", "pattern": r"\S" })))
            .collect();
        json_schema!({ "anyOf": [{ "type": "string", "pattern": r"\S" }, {
            "type": "object",
            "description": "The text in each language. Default of one: the first text.",
            "properties": texts,
            "additionalProperties": false,
            "minProperties": 1,
        }] })
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:00)?(Z|[+-][0-9]{2}:[0-9]{2})$",
        })
    }
}

impl JsonSchema for BaseUrl {
    fn schema_name() -> Cow<'static, str> {
        "BaseUrl".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": concat!(
                r#"^(https://(\[[^\s/?#@\\"\]]+\]|[^\s/?#@\\":\[]+)(:[0-9]{1,5})?(/[^\s?#@\\"]*)?"#,
                r#"|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?(/[^\s?#@\\"]*)?)?$"#,
            ),
        })
    }
}

impl JsonSchema for Accent {
    fn schema_name() -> Cow<'static, str> {
        "Accent".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^#[0-9a-fA-F]{6}$" })
    }
}

//! Agreement of the schema, its file, the table of keys and the reader. With `UPDATE=1` in the environment
//! the file and the table are written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeSet;
use std::{env, fs, path::PathBuf};

use config::schema::{RULES_OUTSIDE_SCHEMA, file, keys, schema, table};
use config::{Config, ConfigError, Remedy};
use jsonschema::Validator;
use serde_json::{Value, json};

fn root(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).expect("a schema")
}

/// A valid and an invalid value for each key.
fn vectors() -> Vec<(&'static str, Value, Value)> {
    let label = || json!({ "en": "Single", "ar": "أعزب" });
    let link = || json!({ "label": "x", "url": "/x" });
    let onward = || json!({ "for": "staff", "label": "x", "url": "/x" });
    let client = || json!({ "client": "spice web", "label": "x" });
    vec![
        ("$schema", json!("./config.schema.json"), json!(1)),
        ("brand", json!({}), json!([])),
        ("brand.name", json!("Al Noor"), json!("  ")),
        ("brand.nameAr", json!("النور"), json!(true)),
        (
            "brand.logo",
            json!("/logo.svg"),
            json!("//evil.example/logo.svg"),
        ),
        ("brand.accent", json!("#0b5f66"), json!("teal")),
        ("brand.helpPhone", json!("920 000 000"), json!(920)),
        ("brand.links", json!([link()]), json!({})),
        ("brand.links[].label", label(), json!(1)),
        (
            "brand.links[].url",
            json!("/privacy"),
            json!("javascript:alert(1)"),
        ),
        ("brand.notice", json!({ "text": "x" }), json!("x")),
        ("brand.notice.kind", json!("outage"), json!("bad")),
        ("brand.notice.text", label(), json!("")),
        (
            "brand.notice.from",
            json!("2026-12-01T20:00:00+03:00"),
            json!("2026-12-01"),
        ),
        (
            "brand.notice.until",
            json!("2026-12-01T20:00Z"),
            json!("2026-12-01T20:00:30Z"),
        ),
        (
            "brand.notice.until",
            json!("2026-12-01T20:00:00Z"),
            json!("2026-12-01T20:00:30+03"),
        ),
        ("languages", json!(["ar", "en-GB"]), json!([])),
        ("patient", json!({}), json!("x")),
        ("patient.enabled", json!(false), json!("no")),
        ("patient.language", json!("ar-SA"), json!("xx")),
        (
            "patient.baseUrl",
            json!("https://a.example/x"),
            json!("http://a.example"),
        ),
        ("patient.patientIdType", json!("fileNo"), json!("")),
        (
            "patient.countryCodes",
            json!(["966", "971"]),
            json!(["+966"]),
        ),
        ("patient.countryCodes", json!(["1"]), json!(["9665"])),
        ("patient.countryCodes", json!(["20"]), json!(["9x"])),
        ("patient.checkExists", json!(false), json!(0)),
        ("patient.oneTimeCode", json!(true), json!("true")),
        ("patient.resendSeconds", json!(30), json!(0)),
        ("patient.cookies", json!(true), json!("same-origin")),
        ("patient.labels", json!({}), json!(1)),
        (
            "patient.labels.maritalStatus",
            json!({ "1": label(), "2": "Married" }),
            json!({ "1": 1 }),
        ),
        (
            "patient.labels.idType",
            json!({ "10": "Iqama" }),
            json!({ "1": {} }),
        ),
        ("patient.labels.gender", json!({}), json!(["x"])),
        ("patient.otherWays", json!([link()]), json!([1])),
        ("patient.otherWays[].label", label(), json!([])),
        (
            "patient.otherWays[].url",
            json!("https://id.example/sso?client=1"),
            json!("https://user@id.example"),
        ),
        ("staff", json!({}), json!(null_in_a_list())),
        ("staff.enabled", json!(false), json!(1)),
        ("staff.language", json!("en"), json!(["en"])),
        (
            "staff.baseUrl",
            json!("http://localhost:3000"),
            json!("localhost:3000"),
        ),
        ("staff.entrances", json!([client()]), json!([])),
        ("staff.entrances[].client", json!("cfr web"), json!("a\nb")),
        ("staff.entrances[].label", label(), json!({})),
        ("staff.entrances[].protocol", json!("1"), json!(2)),
        ("staff.passwordKey", json!(""), json!(1)),
        ("staff.logoutMethod", json!("POST"), json!("PUT")),
        (
            "staff.forgotPasswordUrl",
            json!("https://a.example"),
            json!("http://a.example"),
        ),
        ("staff.helpPhone", json!("1234"), json!(" ")),
        ("session", json!({}), json!(900)),
        ("session.idleSeconds", json!(600), json!(604_801)),
        ("session.warnSeconds", json!(60), json!(1.5)),
        ("session.absoluteSeconds", json!(3600), json!("3600")),
        ("session.patient", json!({}), json!([])),
        ("session.patient.idleSeconds", json!(600), json!(0)),
        ("session.patient.warnSeconds", json!(60), json!(-1)),
        ("session.patient.absoluteSeconds", json!(3600), json!(true)),
        ("session.staff", json!({}), json!("")),
        ("session.staff.idleSeconds", json!(600), json!(0)),
        ("session.staff.warnSeconds", json!(60), json!(-1)),
        ("session.staff.absoluteSeconds", json!(3600), json!(true)),
        ("request", json!({}), json!(15)),
        ("request.timeoutSeconds", json!(5), json!("15")),
        ("validation", json!({}), json!(true)),
        ("validation.strict", json!(true), json!(1)),
        ("sharedDevice", json!(true), json!("yes")),
        ("digits", json!("arab"), json!("roman")),
        ("mapLink", json!("google"), json!("bing")),
        ("offlineStart", json!(true), json!({})),
        ("onward", json!([onward()]), json!(onward())),
        ("onward[].for", json!("patient"), json!("everyone")),
        ("onward[].label", label(), json!({ "en": " " })),
        ("onward[].url", json!("/app/"), json!("//evil.example")),
        (
            "onward[].roles",
            json!(["SUPER_ADMIN"]),
            json!("SUPER_ADMIN"),
        ),
        ("onward[].suites", json!(["admin"]), json!([1])),
        ("onward[].automatic", json!(true), json!("yes")),
        (
            "reportUrl",
            json!("/report"),
            json!("https://evil.example/"),
        ),
    ]
}

fn null_in_a_list() -> Value {
    json!([null])
}

/// A configuration with one value, and the path that the reader reports for it.
fn with(path: &str, value: Value) -> (Value, String) {
    match path.rsplit_once('.') {
        None => (json!({ path: value }), path.to_owned()),
        Some((outer, key)) => match outer.strip_suffix("[]") {
            None => {
                let mut members = json!({ key: value });
                // The key that must be given.
                if outer == "brand.notice" && key != "text" {
                    members["text"] = json!("x");
                }
                let (config, place) = with(outer, members);
                (config, format!("{place}.{key}"))
            }
            Some(list) => {
                let mut item = match list {
                    "staff.entrances" => json!({ "client": "spice web", "label": "x" }),
                    "onward" => json!({ "for": "staff", "label": "x", "url": "/x" }),
                    _ => json!({ "label": "x", "url": "/x" }),
                };
                item[key] = value;
                let (config, place) = with(list, json!([item]));
                (config, format!("{place}.0.{key}"))
            }
        },
    }
}

fn mistakes(config: &Value) -> Vec<config::Mistake> {
    match Config::parse(config.to_string().as_bytes()) {
        Ok(_) => Vec::new(),
        Err(ConfigError::Mistakes(mistakes)) => mistakes,
        Err(ConfigError::NotJson) => panic!("{config}"),
    }
}

#[test]
fn every_key_has_its_vectors() {
    let known: BTreeSet<_> = keys().into_iter().map(|key| key.path).collect();
    let tried: BTreeSet<_> = vectors()
        .iter()
        .map(|(path, ..)| (*path).to_owned())
        .collect();
    assert_eq!(tried, known);
}

#[test]
fn schema_and_reader_accept_the_same_values() {
    let schema = validator();
    for (path, right, wrong) in vectors() {
        let (config, _) = with(path, right);
        assert!(schema.is_valid(&config), "the schema rejects {config}");
        assert_eq!(mistakes(&config), [], "the reader rejects {config}");
        let (config, place) = with(path, wrong);
        assert!(!schema.is_valid(&config), "the schema accepts {config}");
        let found = mistakes(&config);
        let [mistake] = found.as_slice() else {
            panic!("{config}: {found:?}");
        };
        assert!(mistake.path.starts_with(&place), "{config}: {mistake}");
    }
}

#[test]
fn schema_and_reader_reject_a_misspelt_key() {
    let schema = validator();
    for (path, right, _) in vectors() {
        let (outer, key) = path
            .rsplit_once('.')
            .map_or(("", path), |(outer, key)| (outer, key));
        let mut letters: Vec<char> = key.chars().collect();
        letters.remove(1);
        let misspelt: String = letters.into_iter().collect();
        let wrong = if outer.is_empty() {
            misspelt
        } else {
            format!("{outer}.{misspelt}")
        };
        let (config, place) = with(&wrong, right);
        assert!(!schema.is_valid(&config), "the schema accepts {config}");
        let found = mistakes(&config);
        let [mistake] = found.as_slice() else {
            panic!("{config}: {found:?}");
        };
        assert_eq!(mistake.path, place);
        let (_, nearest) = with(path, json!(null));
        assert_eq!(mistake.remedy, Remedy::Key(nearest), "{config}");
    }
}

#[test]
fn reader_checks_the_rules_outside_the_schema() {
    let schema = validator();
    for (path, config, accepted) in [
        (
            "brand.accent",
            json!({ "brand": { "accent": "#ffcc00" } }),
            false,
        ),
        (
            "session.warnSeconds",
            json!({ "session": { "idleSeconds": 60 } }),
            false,
        ),
        (
            "staff.entrances[].client",
            json!({ "staff": { "entrances": [{ "client": "Web", "label": "x", "protocol": "2" }] } }),
            false,
        ),
        (
            "staff.enabled",
            json!({ "patient": { "enabled": false }, "staff": { "enabled": false } }),
            false,
        ),
        ("any key", json!({ "patient": { "enabled": null } }), true),
        (
            "onward[].roles",
            json!({ "onward": [{ "for": "patient", "label": "x", "url": "/x", "roles": ["NURSE"] }] }),
            false,
        ),
        (
            "brand.notice.until",
            json!({ "brand": { "notice": { "text": "x", "from": "2026-12-02T00:00Z", "until": "2026-12-01T00:00Z" } } }),
            false,
        ),
    ] {
        assert!(
            RULES_OUTSIDE_SCHEMA.iter().any(|(key, _)| *key == path),
            "{path}"
        );
        assert_eq!(schema.is_valid(&config), !accepted, "{config}");
        assert_eq!(mistakes(&config).is_empty(), accepted, "{config}");
    }
    // `serde_json` keeps only the second value of a duplicate key.
    let doubled = r#"{"sharedDevice":true,"sharedDevice":false}"#;
    assert!(schema.is_valid(&serde_json::from_str(doubled).unwrap()));
    assert!(Config::parse(doubled.as_bytes()).is_err());
}

#[test]
fn every_key_has_a_description_with_its_default() {
    for key in keys() {
        let description = key.schema["description"].as_str().unwrap_or_default();
        assert!(description.len() > 10, "{}", key.path);
        let is_group = key.schema["properties"].is_object();
        let must_be_given = description.contains("It must be given.");
        assert!(
            is_group || must_be_given || description.contains("Default:"),
            "{}: {description}",
            key.path
        );
        if key.path.ends_with("Seconds") {
            assert!(
                description.contains("seconds"),
                "{}: {description}",
                key.path
            );
        }
        match &key.schema["default"] {
            Value::Null => {}
            default => {
                let said = match default {
                    Value::String(text) if text.is_empty() => "empty".to_owned(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert!(
                    description.replace(['\n'], " ").contains(&said),
                    "{}: {default}",
                    key.path
                );
                let (config, _) = with(&key.path, default.clone());
                assert_eq!(mistakes(&config), [], "{config}");
            }
        }
    }
}

/// Only `patient.labels` has objects with open keys.
#[test]
fn labels_are_the_only_objects_with_open_keys() {
    fn look(schema: &Value, open: &mut usize) {
        if schema["type"] == "object" {
            match &schema["additionalProperties"] {
                Value::Bool(false) => {}
                Value::Object(_) => *open += 1,
                other => panic!("{other}: {schema}"),
            }
        }
        match schema {
            Value::Object(members) => members.values().for_each(|inner| look(inner, open)),
            Value::Array(items) => items.iter().for_each(|inner| look(inner, open)),
            _ => {}
        }
    }
    let mut open = 0;
    look(&schema(), &mut open);
    assert_eq!(open, 3);
}

fn holds(name: &str, made: &str) {
    let path = root(name);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, made).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == made,
        "{name} differs from the types: UPDATE=1 cargo test --manifest-path crates/config/Cargo.toml"
    );
}

#[test]
fn schema_file_is_current() {
    holds("deploy/config.schema.json", &file());
}

#[test]
fn table_of_keys_is_current() {
    const START: &str = "<!-- keys: made from crates/config -->\n";
    const END: &str = "<!-- /keys -->";
    let text = fs::read_to_string(root("docs/configuration.md")).unwrap();
    let (before, rest) = text.split_once(START).expect("a place for the table");
    let (_, after) = rest.split_once(END).expect("its end");
    let rules: String = RULES_OUTSIDE_SCHEMA
        .iter()
        .map(|(key, rule)| format!("- `{key}`: {rule}\n").replace("`any key`", "any key"))
        .collect();
    let made = format!(
        "{before}{START}\n{}\nThe portal also checks what the schema cannot express:\n\n{rules}\n{END}{after}",
        table()
    );
    holds("docs/configuration.md", &made);
}

//! Keys of JSON appear in derived code only, never as string literals. Checked in the source.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text of each source file below a folder, by path.
fn texts(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.display().to_string(), text));
            }
        }
    }
    assert!(!files.is_empty(), "{folder}");
    files
}

/// [`texts`] without comments, attributes and unit tests.
fn source(folder: &str) -> Vec<(String, String)> {
    let texts = texts(folder).into_iter();
    texts.map(|(path, text)| (path, code_of(&text))).collect()
}

fn code_of(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let mut code = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("#[").into_iter().chain(rest.find("//")).min() {
        let (before, after) = rest.split_at(start);
        code.push_str(before);
        rest = if after.starts_with("//") {
            &after[after.find('\n').unwrap_or(after.len())..]
        } else {
            let mut depth = 0_usize;
            let end = after.find(|c| {
                match c {
                    '[' => depth += 1,
                    ']' => depth -= 1,
                    _ => {}
                }
                c == ']' && depth == 0
            });
            &after[end.unwrap() + 1..]
        };
    }
    code + rest
}

fn keys_in(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                keys.insert(key.clone());
                keys_in(value, keys);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys_in(item, keys)),
        _ => {}
    }
}

/// Every key of the services' documented responses.
fn responses() -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = [
        "code", "data", "error", "errors", "message", "otp_id", "reason", "status",
    ]
    .map(str::to_owned)
    .into();
    let fixtures = root().join("crates/contract/tests/fixtures");
    for name in ["patient-login", "staff-session", "staff-session-2"] {
        let text = fs::read_to_string(fixtures.join(name).with_extension("json")).unwrap();
        keys_in(&serde_json::from_str(&text).unwrap(), &mut keys);
    }
    keys
}

/// Every key of the configuration.
fn configuration() -> BTreeSet<String> {
    fn look(schema: &Value, keys: &mut BTreeSet<String>) {
        for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
            keys.insert(key.clone());
            look(inner, keys);
            look(&inner["items"], keys);
        }
    }
    let text = fs::read_to_string(root().join("deploy/config.schema.json")).unwrap();
    let mut keys = BTreeSet::new();
    look(&serde_json::from_str(&text).unwrap(), &mut keys);
    keys
}

#[test]
fn readers_have_no_key_as_a_string_literal() {
    let (responses, configuration) = (responses(), configuration());
    assert!(responses.len() > 60 && configuration.len() > 35);
    for (folder, keys, others) in [
        // A header, a field of a form, and a word for a status.
        (
            "crates/contract/src",
            &responses,
            &["client", "username", "error"][..],
        ),
        // The paths of rules across keys.
        (
            "crates/config/src",
            &configuration,
            &["session", "languages", "onward"],
        ),
    ] {
        for (path, code) in source(folder) {
            for key in keys.iter().filter(|key| !others.contains(&key.as_str())) {
                // The schema's own keys are the same words.
                let is_there = code.contains(&format!("\"{key}\"")) && !path.ends_with("schema.rs");
                assert!(!is_there, "{path}: \"{key}\"");
            }
        }
    }
}

/// Keys of one word, such as `name`, are checked in the readers only: elsewhere they mean other things.
#[test]
fn programs_have_no_compound_key_as_a_string_literal_or_path_segment() {
    let of_several_words = |keys: BTreeSet<String>| {
        let mut keys = keys;
        keys.retain(|key| key.contains(|c: char| c.is_ascii_uppercase() || c == '_'));
        keys
    };
    let responses = of_several_words(responses());
    let configuration = of_several_words(configuration());
    assert!(responses.len() > 30 && configuration.len() > 15);
    for (folder, keys) in [
        ("src", &responses),
        ("src", &configuration),
        ("crates/doctor/src", &configuration),
        ("crates/sandbox/src", &configuration),
        ("xtask/src", &configuration),
    ] {
        for (path, code) in source(folder) {
            for key in keys {
                for text in [
                    format!("\"{key}\""),
                    format!("/{key}\""),
                    format!("/{key}/"),
                ] {
                    assert!(!code.contains(&text), "{path}: {text}");
                }
            }
        }
    }
}

#[test]
fn untyped_json_is_used_only_by_the_json_reader() {
    for folder in [
        "src",
        "crates/contract/src",
        "crates/config/src",
        "crates/doctor/src",
    ] {
        for (path, code) in source(folder) {
            if path.ends_with("schema.rs") {
                continue;
            }
            for word in [
                "serde_json::Value",
                "RawValue",
                ".pointer(",
                "JSON::parse",
                "fn get(&self, key",
            ] {
                // A recording keeps a request's body as it is.
                let may_keep = word == "RawValue" && path.ends_with("doctor/src/record.rs");
                assert!(may_keep || !code.contains(word), "{path}: {word}");
            }
            // The doctor writes its report with it.
            let may_write = path.contains("crates/doctor/");
            assert!(may_write || !code.contains("serde_json"), "{path}");
            let reads = code.contains("hifijson") || code.contains("SliceLexer");
            assert!(
                !reads || path.ends_with("contract/src/json/reader.rs"),
                "{path}"
            );
        }
    }
}

#[test]
fn labels_are_the_only_type_with_open_keys() {
    let mut maps = 0;
    for folder in ["crates/contract/src", "crates/config/src"] {
        for (path, text) in texts(folder) {
            for attribute in text.split("#[serde(").skip(1) {
                let (words, _) = attribute.split_once(")]").unwrap();
                for word in ["flatten", "untagged"] {
                    assert!(!words.contains(word), "{path}: {word}");
                }
            }
            maps += text.matches("next_entry").count();
            if path.ends_with("schema.rs") {
                continue;
            }
            for map in ["HashMap", "BTreeMap"] {
                assert!(!text.contains(map), "{path}: {map}");
            }
        }
    }
    assert_eq!(maps, 1);
}

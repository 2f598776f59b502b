//! Mutations of the documents' samples, one field after the other: dropped, emptied, of another type,
//! duplicated, nested. The mutated field is absent or read as itself; every other field is unchanged.

use contract::service_error::{ResponseError, ServiceError};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::json::any_json;
use crate::samples::{Flat, documents, leaves, places};

fn with(sample: &Value, place: &str, value: Value) -> Value {
    let mut mutated = sample.clone();
    *mutated.pointer_mut(place).unwrap() = value;
    mutated
}

fn without(sample: &Value, place: &str) -> Value {
    let mut mutated = sample.clone();
    let (parent, key) = place.rsplit_once('/').unwrap();
    match mutated.pointer_mut(parent).unwrap() {
        Value::Object(members) => drop(members.remove(key)),
        Value::Array(items) => drop(items.remove(key.parse().unwrap())),
        _ => panic!("a scalar has no children"),
    }
    mutated
}

/// The values without a pointer and everything below it.
fn all_but(flat: &Flat, place: &str) -> Flat {
    let below = format!("{place}/");
    let mut rest = flat.clone();
    rest.retain(|key, _| key != place && !key.starts_with(&below));
    rest
}

#[test]
fn every_value_is_read_from_its_own_pointer() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        let mut expected = Flat::new();
        for place in leaves(&document.sample) {
            if document.unread.contains(&place.as_str()) {
                continue;
            }
            let value = match (place.as_str(), document.sample.pointer(&place).unwrap()) {
                ("/dateOfBirth", _) => "2022-09-07".to_owned(),
                (_, Value::String(text)) => text.clone(),
                (_, other) => other.to_string(),
            };
            expected.insert(place, value);
        }
        assert_eq!(flat, expected);
    }
}

#[test]
fn empty_value_is_absent_and_changes_no_other_field() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in places(&document.sample) {
            let expected = Ok(all_but(&flat, &place));
            let dropped = without(&document.sample, &place);
            assert_eq!(
                (document.read)(&dropped.to_string()),
                expected,
                "{place} dropped"
            );
            let is_flag = document.sample.pointer(&place).unwrap().is_boolean();
            for nothing in [
                json!(null),
                json!(""),
                json!(" \t\n\u{a0}"),
                json!({}),
                json!([]),
                json!([[["buried"]]]),
                json!({"unknown": {"deep": [1]}}),
                if is_flag { json!(7) } else { json!(true) },
            ] {
                let mutated = with(&document.sample, &place, nothing.clone());
                assert_eq!(
                    (document.read)(&mutated.to_string()),
                    expected,
                    "{place} is {nothing}"
                );
            }
        }
    }
}

#[test]
fn scalar_of_another_type_is_converted() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in leaves(&document.sample) {
            if document.unread.contains(&place.as_str()) {
                continue;
            }
            let (new, said) = match document.sample.pointer(&place).unwrap() {
                Value::Bool(_) => (json!(" TRUE "), "true"),
                _ if place == "/currentDate" => (json!(" 12345 "), "12345"),
                _ => (json!(12345), "12345"),
            };
            let mut expected = flat.clone();
            expected.insert(place.clone(), said.to_owned());
            // No offset of a zone.
            if place == "/timezone/offset" {
                expected.remove(&place);
            }
            let mutated = with(&document.sample, &place, new);
            assert_eq!(
                (document.read)(&mutated.to_string()),
                Ok(expected),
                "{place}"
            );
        }
    }
}

#[test]
fn number_of_any_length_keeps_its_digits_or_is_absent() {
    let huge = "7".repeat(5_000);
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in leaves(&document.sample) {
            if document.unread.contains(&place.as_str()) {
                continue;
            }
            let is_text =
                document.sample.pointer(&place).unwrap().is_string() || place == "/dateOfBirth";
            let mut expected = all_but(&flat, &place);
            if is_text && place != "/timezone/offset" {
                expected.insert(place.clone(), huge.clone());
            }
            let body = with(&document.sample, &place, json!("@"))
                .to_string()
                .replace("\"@\"", &huge);
            assert_eq!((document.read)(&body), Ok(expected), "{place}");
        }
    }
}

#[test]
fn duplicate_key_is_an_error_wherever_it_is_read() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in places(&document.sample) {
            let (parent, key) = place.rsplit_once('/').unwrap();
            let mut mutated = document.sample.clone();
            let Value::Object(members) = mutated.pointer_mut(parent).unwrap() else {
                continue;
            };
            members.insert("@".to_owned(), members[key].clone());
            let body = mutated
                .to_string()
                .replace("\"@\":", &format!("\"{key}\":"));
            let expected = if document.unread.contains(&place.as_str()) {
                Ok(flat.clone())
            } else {
                Err(ServiceError::InvalidResponse(ResponseError::DuplicateKey))
            };
            assert_eq!((document.read)(&body), expected, "{place}");
        }
    }
}

#[test]
fn lone_surrogate_becomes_a_replacement_character_in_its_own_field() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in leaves(&document.sample) {
            let is_text =
                document.sample.pointer(&place).unwrap().is_string() || place == "/dateOfBirth";
            for (escaped, shown) in [
                (r#""a\ud83dz""#, "a\u{fffd}z"),
                (r#""\udc00\ud800""#, "\u{fffd}\u{fffd}"),
            ] {
                let mut expected = all_but(&flat, &place);
                if is_text && !document.unread.contains(&place.as_str()) {
                    expected.insert(place.clone(), shown.to_owned());
                }
                let body = with(&document.sample, &place, json!("@"))
                    .to_string()
                    .replace("\"@\"", escaped);
                assert_eq!((document.read)(&body), Ok(expected), "{place} is {escaped}");
            }
        }
    }
}

#[test]
fn value_nested_too_deep_is_an_error_wherever_it_is() {
    for document in documents() {
        for place in places(&document.sample) {
            let buried = format!("{}1{}", "[".repeat(40), "]".repeat(40));
            let body = with(&document.sample, &place, json!("@"))
                .to_string()
                .replace("\"@\"", &buried);
            assert_eq!(
                (document.read)(&body),
                Err(ServiceError::InvalidResponse(ResponseError::TooDeep)),
                "{place}"
            );
        }
    }
}

#[test]
fn key_in_another_case_is_an_unknown_key() {
    let recase: [fn(&str) -> String; 4] = [
        |key| key.to_ascii_uppercase(),
        |key| key.to_ascii_lowercase(),
        |key| key[..1].to_ascii_uppercase() + &key[1..],
        |key| {
            let snake = |c: char| match c {
                'A'..='Z' => format!("_{}", c.to_ascii_lowercase()),
                _ => c.to_string(),
            };
            key.chars().map(snake).collect()
        },
    ];
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in places(&document.sample) {
            let (parent, key) = place.rsplit_once('/').unwrap();
            for recase in recase {
                let mut mutated = document.sample.clone();
                let Value::Object(members) = mutated.pointer_mut(parent).unwrap() else {
                    continue;
                };
                let value = members.remove(key).unwrap();
                members.insert(recase(key), value);
                // Some keys are in that case already.
                let expected = if recase(key) == key {
                    flat.clone()
                } else {
                    all_but(&flat, &place)
                };
                let read = (document.read)(&mutated.to_string());
                assert_eq!(read, Ok(expected), "{place} as {}", recase(key));
            }
        }
    }
}

#[test]
fn text_of_any_length_is_whole_or_absent_and_an_oversized_body_is_an_error() {
    let long = "\u{628}".repeat(5_000);
    let too_long = "\u{628}".repeat(600_000);
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in leaves(&document.sample) {
            if document.unread.contains(&place.as_str()) {
                continue;
            }
            let is_text =
                document.sample.pointer(&place).unwrap().is_string() || place == "/dateOfBirth";
            let mut expected = all_but(&flat, &place);
            if is_text {
                expected.insert(place.clone(), long.clone());
            }
            let body = with(&document.sample, &place, json!(long)).to_string();
            assert!((document.read)(&body) == Ok(expected), "{place}");
        }
        // Once is enough: the size is checked before parsing.
        let body = with(
            &document.sample,
            &leaves(&document.sample)[0],
            json!(too_long),
        )
        .to_string();
        let too_large = Err(ServiceError::InvalidResponse(ResponseError::TooLarge));
        assert_eq!((document.read)(&body), too_large);
    }
}

#[test]
fn invalid_json_is_an_error_wherever_it_is() {
    for document in documents() {
        for place in places(&document.sample) {
            for wrong in [
                "NaN",
                "-Infinity",
                "undefined",
                "01",
                "1.",
                "'x'",
                "\u{feff}1",
            ] {
                let body = with(&document.sample, &place, json!("@"))
                    .to_string()
                    .replace("\"@\"", wrong);
                assert_eq!(
                    (document.read)(&body),
                    Err(ServiceError::InvalidResponse(ResponseError::NotJson)),
                    "{place} is {wrong}"
                );
            }
        }
    }
}

proptest! {
    /// Several values of any type at once: the reader still succeeds, and the other values are unchanged.
    #[test]
    fn unchanged_values_survive_changes_of_other_fields(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..5),
    ) {
        for document in documents() {
            let flat = (document.read)(&document.sample.to_string()).unwrap();
            let places = leaves(&document.sample);
            let mut mutated = document.sample.clone();
            let mut changed = Vec::new();
            for (place, value) in &changes {
                let place = place.get(&places);
                mutated = with(&mutated, place, value.clone());
                changed.push(place.as_str());
            }
            let understood = match (document.read)(&mutated.to_string()) {
                // A cookie sign-in needs a body that names a user.
                Err(ServiceError::NotASignIn) => {
                    prop_assert!(["/id", "/username"].iter().all(|name| changed.contains(name)));
                    continue;
                }
                understood => understood.unwrap(),
            };
            for (place, value) in &flat {
                if !changed.contains(&place.as_str()) {
                    prop_assert_eq!(understood.get(place), Some(value));
                }
            }
        }
    }
}

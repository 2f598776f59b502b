//! Takes the documents' samples and bends one field after the other: dropped, emptied, of another
//! kind, doubled, buried. The bent field is absent or read as itself; every other one stays.

use contract::refusal::{Flaw, Refusal};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::json::any_json;
use crate::samples::{Flat, documents, leaves, places};

fn with(sample: &Value, place: &str, value: Value) -> Value {
    let mut bent = sample.clone();
    *bent.pointer_mut(place).unwrap() = value;
    bent
}

fn without(sample: &Value, place: &str) -> Value {
    let mut bent = sample.clone();
    let (parent, key) = place.rsplit_once('/').unwrap();
    match bent.pointer_mut(parent).unwrap() {
        Value::Object(members) => drop(members.remove(key)),
        Value::Array(items) => drop(items.remove(key.parse().unwrap())),
        _ => panic!("nothing is inside a scalar"),
    }
    bent
}

/// What is left when a place and all below it says nothing.
fn all_but(flat: &Flat, place: &str) -> Flat {
    let below = format!("{place}/");
    let mut rest = flat.clone();
    rest.retain(|key, _| key != place && !key.starts_with(&below));
    rest
}

#[test]
fn every_value_arrives_from_its_own_place() {
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
fn a_place_that_says_nothing_is_absent_and_nothing_else_changes() {
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
                let bent = with(&document.sample, &place, nothing.clone());
                assert_eq!(
                    (document.read)(&bent.to_string()),
                    expected,
                    "{place} is {nothing}"
                );
            }
        }
    }
}

#[test]
fn a_scalar_of_another_kind_is_read_as_what_it_says() {
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
            let bent = with(&document.sample, &place, new);
            assert_eq!((document.read)(&bent.to_string()), Ok(expected), "{place}");
        }
    }
}

#[test]
fn a_number_of_any_length_keeps_its_digits_or_is_absent() {
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
            if is_text {
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
fn a_place_that_is_there_twice_is_refused_wherever_it_is_read() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in places(&document.sample) {
            let (parent, key) = place.rsplit_once('/').unwrap();
            let mut bent = document.sample.clone();
            let Value::Object(members) = bent.pointer_mut(parent).unwrap() else {
                continue;
            };
            members.insert("@".to_owned(), members[key].clone());
            let body = bent.to_string().replace("\"@\":", &format!("\"{key}\":"));
            let expected = if document.unread.contains(&place.as_str()) {
                Ok(flat.clone())
            } else {
                Err(Refusal::BadAnswer(Flaw::DuplicateKey))
            };
            assert_eq!((document.read)(&body), expected, "{place}");
        }
    }
}

#[test]
fn a_lone_surrogate_is_a_mark_in_its_own_place() {
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
fn a_place_that_is_buried_too_deep_is_refused_wherever_it_is() {
    for document in documents() {
        for place in places(&document.sample) {
            let buried = format!("{}1{}", "[".repeat(40), "]".repeat(40));
            let body = with(&document.sample, &place, json!("@"))
                .to_string()
                .replace("\"@\"", &buried);
            assert_eq!(
                (document.read)(&body),
                Err(Refusal::BadAnswer(Flaw::TooDeep)),
                "{place}"
            );
        }
    }
}

#[test]
fn a_name_in_another_case_is_another_name() {
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
                let mut bent = document.sample.clone();
                let Value::Object(members) = bent.pointer_mut(parent).unwrap() else {
                    continue;
                };
                let value = members.remove(key).unwrap();
                members.insert(recase(key), value);
                // Some are all lower case already.
                let expected = if recase(key) == key {
                    flat.clone()
                } else {
                    all_but(&flat, &place)
                };
                let read = (document.read)(&bent.to_string());
                assert_eq!(read, Ok(expected), "{place} as {}", recase(key));
            }
        }
    }
}

#[test]
fn a_text_of_any_length_is_whole_or_absent_and_too_much_is_refused() {
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
        // Once is enough: this is looked at before anything is read.
        let body = with(
            &document.sample,
            &leaves(&document.sample)[0],
            json!(too_long),
        )
        .to_string();
        let too_large = Err(Refusal::BadAnswer(Flaw::TooLarge));
        assert_eq!((document.read)(&body), too_large);
    }
}

#[test]
fn what_is_no_json_is_none_wherever_it_is() {
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
                    Err(Refusal::BadAnswer(Flaw::NotJson)),
                    "{place} is {wrong}"
                );
            }
        }
    }
}

proptest! {
    /// Many places at once, of any kind: still an answer, and what was not touched is still there.
    #[test]
    fn untouched_values_stay_whatever_happens_beside_them(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..5),
    ) {
        for document in documents() {
            let flat = (document.read)(&document.sample.to_string()).unwrap();
            let places = leaves(&document.sample);
            let mut bent = document.sample.clone();
            let mut touched = Vec::new();
            for (place, value) in &changes {
                let place = place.get(&places);
                bent = with(&bent, place, value.clone());
                touched.push(place.as_str());
            }
            let understood = match (document.read)(&bent.to_string()) {
                // By a cookie nobody is signed in whom the body does not name.
                Err(Refusal::NotASignIn) => {
                    prop_assert!(["/id", "/username"].iter().all(|name| touched.contains(name)));
                    continue;
                }
                understood => understood.unwrap(),
            };
            for (place, value) in &flat {
                if !touched.contains(&place.as_str()) {
                    prop_assert_eq!(understood.get(place), Some(value));
                }
            }
        }
    }
}

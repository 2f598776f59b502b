//! The parser of JSON, beside one that thousands use: what either takes for JSON, so does the other,
//! but for the limits that are ours.

#![no_main]

use contract::json::{MAX_BODY, Value, parse};
use contract::refusal::Flaw;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    // A byte order mark is skipped by ours alone.
    let theirs = serde_json::from_slice(text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text));
    match (parse(text), theirs) {
        (Ok(ours), Ok(theirs)) => assert!(same(&ours, &theirs)),
        (Err(Flaw::TooLarge), _) => assert!(text.len() > MAX_BODY),
        (Err(Flaw::TooDeep | Flaw::DuplicateKey | Flaw::NotJson), Err(_))
        | (Err(Flaw::TooDeep | Flaw::DuplicateKey), Ok(_)) => {}
        (ours, theirs) => panic!("ours {:?}, theirs {:?}", ours.err(), theirs.err()),
    }
});

fn same(ours: &Value, theirs: &serde_json::Value) -> bool {
    match (ours, theirs) {
        (Value::Null, serde_json::Value::Null) => true,
        (Value::Bool(a), serde_json::Value::Bool(b)) => a == b,
        (Value::Number(a), serde_json::Value::Number(b)) => {
            // It writes `1E5` as `1e+5`.
            let plain = |digits: &str| digits.to_ascii_lowercase().replace("e+", "e");
            plain(a.as_str()) == plain(&b.to_string())
        }
        (Value::Text(a), serde_json::Value::String(b)) => a.as_str() == b,
        (Value::Array(a), serde_json::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), serde_json::Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => false,
    }
}

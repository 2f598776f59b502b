//! The reader of JSON, beside one that thousands use: what either takes for JSON, so does the other,
//! but for the limits that are ours, and a lone surrogate, which is a mark in ours.

#![no_main]

#[path = "../../crates/contract/tests/contract/tree.rs"]
mod tree;

use contract::json::{MAX_BODY, read};
use contract::service_error::ResponseError;
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use tree::{Tree, same};

fuzz_target!(|text: &[u8]| {
    // A byte order mark is skipped by ours alone.
    let bare = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let theirs = serde_json::from_slice(bare);
    let ours = read::<Tree>(text);
    // What nobody reads is looked at all the same.
    assert_eq!(ours.as_ref().err(), read::<IgnoredAny>(text).as_ref().err());
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => assert!(same(&ours, &theirs)),
        (Ok(_), Err(_)) => assert!(bare.windows(3).any(|three| three.eq_ignore_ascii_case(b"\\ud"))),
        (Err(ResponseError::TooLarge), _) => assert!(text.len() > MAX_BODY),
        (Err(ResponseError::TooDeep), _) | (Err(ResponseError::NotJson), Err(_)) => {}
        (Err(flaw), _) => panic!("{flaw:?}"),
    }
});

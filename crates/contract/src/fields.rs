//! The services are loose about kinds: a number may come as a string, a flag as a word, anything
//! as `null`. This is the one place that is as loose, so that the readers need not be.
//!
//! This module must not know the name of any field.

use crate::json::Value;
use crate::personal::Personal;

/// The text of a string or a number, trimmed; nothing left, or any other kind, is absent.
pub(crate) fn text_of(value: &Value) -> Option<Personal> {
    let text = value.as_str().or_else(|| value.as_number())?.trim();
    (!text.is_empty()).then(|| Personal::from(text))
}

/// [`text_of`] a member.
pub(crate) fn text(object: &Value, key: &str) -> Option<Personal> {
    text_of(object.get(key)?)
}

/// `true` and `false`, also as words in any case.
pub(crate) fn flag(object: &Value, key: &str) -> Option<bool> {
    let value = object.get(key)?;
    value.as_bool().or_else(|| {
        let word = value.as_str()?.trim();
        if word.eq_ignore_ascii_case("true") {
            Some(true)
        } else if word.eq_ignore_ascii_case("false") {
            Some(false)
        } else {
            None
        }
    })
}

/// A whole number, also as a string.
pub(crate) fn integer(object: &Value, key: &str) -> Option<i64> {
    text(object, key)?.as_str().parse().ok()
}

/// The items of an array. A single value stands for an array of one; `null` and a missing key for none.
pub(crate) fn list<'v>(object: &'v Value, key: &str) -> &'v [Value] {
    match object.get(key) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(items)) => items,
        Some(single) => core::slice::from_ref(single),
    }
}

/// The texts in a [`list`].
pub(crate) fn texts(object: &Value, key: &str) -> Vec<Personal> {
    list(object, key).iter().filter_map(text_of).collect()
}

//! A walk over the text of a JSON document, which keeps all but its strings and numbers as they are written:
//! order, doubled keys, white space.

use serde::de::IgnoredAny;

use super::values::Values;
use crate::constants;

/// The document with replaced keys, texts and numbers; `None` for a text that is not JSON.
pub(super) fn document(text: &str, values: &mut Values) -> Option<String> {
    let inner = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<IgnoredAny>(inner).ok()?;
    let mut replaced = text.get(..text.len() - inner.len())?.to_owned();
    let mut rest = inner;
    // For each open object and array, the key of the values in it; in an object, that of the next one.
    let mut keys: Vec<String> = vec![String::new()];
    let mut objects: Vec<bool> = Vec::new();
    let mut expects_key = false;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest)?,
            '-' | '0'..='9' => number_length(rest),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at_checked(length)?;
        rest = after;
        match first {
            '"' => {
                let text = decode(token);
                let new = if expects_key {
                    let last = keys.last_mut()?;
                    last.clone_from(&text);
                    if constants::is_key(&text) {
                        text
                    } else {
                        values.text("", &text)
                    }
                } else {
                    values.text(keys.last()?, &text)
                };
                replaced += &serde_json::to_string(&new).ok()?;
                expects_key = false;
            }
            '-' | '0'..='9' => replaced += &values.number(keys.last()?, token),
            _ => {
                match first {
                    '{' | '[' => {
                        let inherited = keys.last()?.clone();
                        keys.push(inherited);
                        objects.push(first == '{');
                        expects_key = first == '{';
                    }
                    '}' | ']' => {
                        keys.pop();
                        objects.pop();
                        expects_key = false;
                    }
                    ',' => expects_key = objects.last() == Some(&true),
                    _ => {}
                }
                replaced += token;
            }
        }
    }
    Some(replaced)
}

/// The length of a string with its quotation marks.
fn string_length(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|(_, character)| {
        let is_end = *character == '"' && !is_escaped;
        is_escaped = *character == '\\' && !is_escaped;
        is_end
    });
    end.map(|(at, _)| at + 1)
}

fn number_length(text: &str) -> usize {
    let is_end = |character: char| !matches!(character, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
    text.find(is_end).unwrap_or(text.len())
}

/// The text of a string; a half of a surrogate pair, which no text can have, becomes U+FFFD.
fn decode(token: &str) -> String {
    serde_json::from_str(token).unwrap_or_else(|_| "\u{fffd}".repeat(token.chars().count()))
}

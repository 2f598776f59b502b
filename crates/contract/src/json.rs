//! JSON as a small tree: strict about what is JSON, careful with whose data it is.
//!
//! Numbers keep their digits as text, so that an identifier survives whatever its length. Text
//! and numbers are wiped when the tree is dropped. The portal reads its `/config.json` with it,
//! too. This module must not know what any key means.

use crate::personal::{Personal, keep_quiet};
use crate::refusal::Flaw;
use hifijson::escape::Lex as _;
use hifijson::num::LexWrite as _;
use hifijson::str::LexWrite as _;
use hifijson::token::{Expect, Lex as _};
use hifijson::{Read as _, SliceLexer, Write as _};
use std::collections::BinaryHeap;

/// The largest text that is parsed, in bytes. The samples have about one thousand.
pub const MAX_BODY: usize = 1 << 20;

/// How many arrays and objects may be inside each other. The samples have three.
pub const MAX_DEPTH: u8 = 32;

/// A JSON value.
#[derive(PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, in the digits it came in.
    Number(Personal),
    /// A string, its escapes resolved.
    Text(Personal),
    /// An array.
    Array(Vec<Value>),
    /// An object, in the order it came in. No key is in it twice.
    Object(Vec<(String, Value)>),
}

keep_quiet!(Value);

impl Value {
    /// The member of an object by its key; `None` also for anything that is not an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The text of a string. A number is not one; see [`Value::as_number`].
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The digits of a number, as they came.
    pub fn as_number(&self) -> Option<&str> {
        match self {
            Self::Number(digits) => Some(digits.as_str()),
            _ => None,
        }
    }

    /// A number that is a whole one from 0 to 4 294 967 295, written without point and exponent.
    pub fn as_u32(&self) -> Option<u32> {
        self.as_number()?.parse().ok()
    }

    /// `true` or `false`.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The items of an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object, in the order they came in.
    pub fn as_object(&self) -> Option<&[(String, Value)]> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// Parses exactly one JSON text (RFC 8259). A leading UTF-8 byte order mark is skipped.
///
/// # Errors
/// [`Flaw::TooLarge`] over [`MAX_BODY`], [`Flaw::TooDeep`] over [`MAX_DEPTH`],
/// [`Flaw::DuplicateKey`], and [`Flaw::NotJson`] for everything else, invalid UTF-8 and lone
/// surrogates included.
pub fn parse(text: &[u8]) -> Result<Value, Flaw> {
    if text.len() > MAX_BODY {
        return Err(Flaw::TooLarge);
    }
    let mut lexer = SliceLexer::new(without_mark(text));
    lexer
        .exactly_one(SliceLexer::ws_peek, |next, lexer| {
            value(next, lexer, MAX_DEPTH)
        })
        .map_err(|Stop(flaw)| flaw)
}

/// The text without the UTF-8 byte order mark that some servers put before it.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// The flaw that ends the parse. Its own type, so that the lexer's errors stay inside this module.
struct Stop(Flaw);

const NOT_JSON: Stop = Stop(Flaw::NotJson);

impl From<Expect> for Stop {
    fn from(_: Expect) -> Self {
        NOT_JSON
    }
}

/// One value; `depth` is how many arrays and objects may still be opened.
fn value(next: u8, lexer: &mut SliceLexer<'_>, depth: u8) -> Result<Value, Stop> {
    match next {
        b'"' => text(lexer.discarded()).map(Value::Text),
        b'-' | b'0'..=b'9' => number(lexer).map(Value::Number),
        b'[' | b'{' => {
            let depth = depth.checked_sub(1).ok_or(Stop(Flaw::TooDeep))?;
            if next == b'[' {
                array(lexer.discarded(), depth)
            } else {
                object(lexer.discarded(), depth)
            }
        }
        _ => match lexer.null_or_bool().ok_or(NOT_JSON)? {
            Some(value) => Ok(Value::Bool(value)),
            None => Ok(Value::Null),
        },
    }
}

fn array(lexer: &mut SliceLexer<'_>, depth: u8) -> Result<Value, Stop> {
    let mut items = Vec::new();
    lexer.seq(b']', SliceLexer::ws_peek, |next, lexer| {
        items.push(value(next, lexer, depth)?);
        Ok::<_, Stop>(())
    })?;
    Ok(Value::Array(items))
}

fn object(lexer: &mut SliceLexer<'_>, depth: u8) -> Result<Value, Stop> {
    let mut members = Vec::new();
    lexer.seq(b'}', SliceLexer::ws_peek, |next, lexer| {
        if next != b'"' {
            return Err(NOT_JSON);
        }
        let key = text(lexer.discarded())?.as_str().to_owned();
        lexer.expect(SliceLexer::ws_peek, b':').ok_or(NOT_JSON)?;
        let next = lexer.ws_peek().ok_or(NOT_JSON)?;
        members.push((key, value(next, lexer, depth)?));
        Ok(())
    })?;
    if has_twins(&members) {
        return Err(Stop(Flaw::DuplicateKey));
    }
    Ok(Value::Object(members))
}

/// Whether a key is there twice. A heap hands the keys out in order, so that twins come one after
/// the other: n log n for any input, and a fraction of the bytes of the standard sort.
fn has_twins(members: &[(String, Value)]) -> bool {
    let mut keys: BinaryHeap<&str> = members.iter().map(|(key, _)| key.as_str()).collect();
    while let Some(key) = keys.pop() {
        if keys.peek() == Some(&key) {
            return true;
        }
    }
    false
}

fn number(lexer: &mut SliceLexer<'_>) -> Result<Personal, Stop> {
    let (digits, _) = lexer.num_bytes().validated().map_err(|_| NOT_JSON)?;
    utf8(digits).map(Personal::from)
}

/// The rest of a string whose opening quotation mark has been read.
fn text(lexer: &mut SliceLexer<'_>) -> Result<Personal, Stop> {
    let mut raw = <&[u8]>::default();
    lexer.str_bytes(&mut raw).map_err(|_| NOT_JSON)?;
    // No escape is shorter than what it stands for: the text never has to move to a larger place.
    let mut text = Personal::with_capacity(raw.len());
    let mut rest = SliceLexer::new(raw);
    loop {
        let mut plain = <&[u8]>::default();
        rest.write_until(&mut plain, |byte| byte == b'\\');
        text.push_str(utf8(plain)?);
        if rest.take_next().is_none() {
            return Ok(text);
        }
        let kind = rest.take_next().ok_or(NOT_JSON)?;
        text.push(rest.escape(kind).map_err(|_| NOT_JSON)?);
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, Stop> {
    core::str::from_utf8(bytes).map_err(|_| NOT_JSON)
}

//! The reader of JSON under `Deserialize`: strict about what is JSON, careful with whose data it is.
//!
//! A number reaches a type as its digits, by `visit_bytes` (JSON has no bytes, so they cannot be
//! anything else): an identifier keeps each of them, whatever its length. A text's copy is wiped
//! once the type has taken it. An [`Error`] holds keys and expectations, never a value. The portal
//! reads its `/config.json` with it, too. This module must not know what any key means.

use crate::personal::Personal;
use crate::refusal::Flaw;
use core::fmt;
use hifijson::escape::{Error as EscapeError, Lex as _};
use hifijson::num::LexWrite as _;
use hifijson::str::LexWrite as _;
use hifijson::token::Lex as _;
use hifijson::{Read as _, SliceLexer};
use serde::Deserializer;
use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, IgnoredAny, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

/// The largest text that is parsed, in bytes. The samples have about one thousand.
pub const MAX_BODY: usize = 1 << 20;

/// How many arrays and objects may be inside each other. The samples have three.
pub const MAX_DEPTH: u8 = 32;

/// Reads exactly one JSON text (RFC 8259) as a `T`. A leading UTF-8 byte order mark is skipped, a
/// lone surrogate becomes U+FFFD.
///
/// # Errors
/// [`Flaw::TooLarge`] over [`MAX_BODY`]; then, wherever in the text, [`Flaw::NotJson`] (invalid
/// UTF-8 included) and [`Flaw::TooDeep`] over [`MAX_DEPTH`]; then what is wrong with the `T`:
/// [`Flaw::DuplicateKey`] for a key of it that is there twice, [`Flaw::WrongShape`] for the rest.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Flaw> {
    deserialize(text, &[]).map_err(Stop::flaw)
}

/// [`read`] as if some members and items were not there, each given by the [`place`](Error::place)
/// of the error in it. Leaving out what has an error, again and again, finds all errors.
///
/// # Errors
/// As [`read`].
pub fn read_without<T: DeserializeOwned>(text: &[u8], left_out: &[usize]) -> Result<T, Error> {
    deserialize(text, left_out).map_err(|stop| *stop.0)
}

fn deserialize<T: DeserializeOwned>(text: &[u8], left_out: &[usize]) -> Result<T, Stop> {
    check(text)?;
    let mut reader = Reader::new(text, left_out);
    T::deserialize(&mut reader).map_err(|stop| stop.read_up_to(&reader))
}

/// Whether a text is exactly one value, not too large and not too deep.
#[inline(never)]
fn check(text: &[u8]) -> Result<(), Stop> {
    if text.len() > MAX_BODY {
        return Err(Flaw::TooLarge.into());
    }
    let mut reader = Reader::new(text, &[]);
    IgnoredAny::deserialize(&mut reader)?;
    match reader.lexer.ws_peek() {
        None => Ok(()),
        Some(_) => Err(Flaw::NotJson.into()),
    }
}

/// The text without the UTF-8 byte order mark that some servers put before it.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// Why a text could not be read as a type.
#[derive(Debug)]
pub struct Error {
    /// The kind of flaw.
    pub flaw: Flaw,
    /// What would have been right.
    pub expected: Expected,
    /// The keys and indexes that lead to it, the innermost first.
    pub path: Vec<String>,
    /// Which member or item it is in, for [`read_without`]; `None` for the whole text. It is how many
    /// bytes are left where the value starts.
    pub place: Option<usize>,
    /// Whether it is a member that the type has, with `null` for its value.
    pub is_null: bool,
}

/// What a type would have taken.
#[derive(Debug)]
pub enum Expected {
    /// A value of another kind, in words.
    Value(String),
    /// One of these keys, instead of one that the type does not have.
    Key(&'static [&'static str]),
    /// The key that is missing.
    Present,
}

/// An [`Error`] on its way out: small, because derived code hands it on after each field.
#[derive(Debug)]
struct Stop(Box<Error>);

impl Stop {
    #[cold]
    fn value(expected: &dyn fmt::Display) -> Self {
        let mut stop = Self::from(Flaw::WrongShape);
        stop.0.expected = Expected::Value(expected.to_string());
        stop
    }

    #[cold]
    fn key(flaw: Flaw, key: &str, expected: Expected) -> Self {
        let mut stop = Self::from(flaw);
        stop.0.expected = expected;
        stop.0.path.push(key.to_owned());
        stop
    }

    /// The second member of a key is refused when its key has been read: its value is the place.
    #[cold]
    fn read_up_to(mut self, reader: &Reader<'_>) -> Self {
        if self.0.flaw == Flaw::DuplicateKey {
            self.0.place.get_or_insert(reader.place());
        }
        self
    }

    #[cold]
    fn flaw(self) -> Flaw {
        self.0.flaw
    }
}

impl From<Flaw> for Stop {
    #[cold]
    fn from(flaw: Flaw) -> Self {
        Self(Box::new(flaw.into()))
    }
}

impl From<Flaw> for Error {
    fn from(flaw: Flaw) -> Self {
        Self {
            flaw,
            expected: Expected::Value(String::new()),
            path: Vec::new(),
            place: None,
            is_null: false,
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the expected JSON")
    }
}

impl core::error::Error for Stop {}

/// What the derived code says. What it found is dropped: that may be a person's.
impl de::Error for Stop {
    fn custom<T: fmt::Display>(expected: T) -> Self {
        Self::value(&expected)
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::value(&expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::value(&expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::value(&Words(expected))
    }

    fn unknown_field(key: &str, expected: &'static [&'static str]) -> Self {
        Self::key(Flaw::WrongShape, key, Expected::Key(expected))
    }

    fn missing_field(key: &'static str) -> Self {
        Self::key(Flaw::WrongShape, key, Expected::Present)
    }

    fn duplicate_field(key: &'static str) -> Self {
        Self::key(Flaw::DuplicateKey, key, Expected::Present)
    }
}

/// `"a" or "b"`.
struct Words(&'static [&'static str]);

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            let before = match index {
                0 => "",
                _ if index + 1 == self.0.len() => " or ",
                _ => ", ",
            };
            for part in [before, "\"", word, "\""] {
                f.write_str(part)?;
            }
        }
        Ok(())
    }
}

/// A text, and how far it has been read.
struct Reader<'de> {
    lexer: SliceLexer<'de>,
    /// How many arrays and objects may still be opened.
    depth: u8,
    /// The places that are left out.
    left_out: &'de [usize],
}

/// A value, or the start of one.
enum Token<'de> {
    Null,
    Flag(bool),
    Number(&'de str),
    Text(Personal),
    List,
    Object,
}

// What needs no type is apart from what is compiled once for each.
impl<'de> Reader<'de> {
    fn new(text: &'de [u8], left_out: &'de [usize]) -> Self {
        Self {
            lexer: SliceLexer::new(without_mark(text)),
            depth: MAX_DEPTH,
            left_out,
        }
    }

    fn peek(&mut self) -> Result<u8, Stop> {
        Ok(self.lexer.ws_peek().ok_or(Flaw::NotJson)?)
    }

    /// Where the next value starts, after white space.
    fn place(&self) -> usize {
        self.lexer.as_slice().len()
    }

    #[inline(never)]
    fn token(&mut self) -> Result<Token<'de>, Stop> {
        let next = self.peek()?;
        Ok(match next {
            b'"' => Token::Text(text(self.lexer.discarded())?),
            b'-' | b'0'..=b'9' => Token::Number(number(&mut self.lexer)?),
            b'[' | b'{' => {
                self.depth = self.depth.checked_sub(1).ok_or(Flaw::TooDeep)?;
                self.lexer.take_next();
                if next == b'[' {
                    Token::List
                } else {
                    Token::Object
                }
            }
            _ => match self.lexer.null_or_bool().ok_or(Flaw::NotJson)? {
                Some(flag) => Token::Flag(flag),
                None => Token::Null,
            },
        })
    }

    /// The members or items after an opening bracket.
    fn inside(&mut self) -> Inside<'_, 'de> {
        Inside {
            reader: self,
            index: 0,
            key: Personal::default(),
            place: 0,
            is_null: false,
        }
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Stop;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.token()? {
            Token::Null => visitor.visit_unit(),
            Token::Flag(flag) => visitor.visit_bool(flag),
            Token::Number(digits) => visitor.visit_bytes(digits.as_bytes()),
            Token::Text(text) => visitor.visit_str(text.as_str()),
            Token::List => visitor.visit_seq(self.inside()),
            Token::Object => visitor.visit_map(self.inside()),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.token()? {
            Token::Flag(flag) => visitor.visit_bool(flag),
            _ => Err(Stop::value(&"true or false")),
        }
    }

    /// A whole number, written without point and exponent.
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let number = match self.token()? {
            Token::Number(digits) => digits.parse().ok(),
            _ => None,
        };
        visitor.visit_u32(number.ok_or_else(|| Stop::value(&"a whole number"))?)
    }

    /// A text. Without this, a number's digits would be one.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.token()? {
            Token::Text(text) => visitor.visit_str(text.as_str()),
            _ => Err(Stop::value(&"a text")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.peek()? {
            b'n' => self.deserialize_any(visitor),
            _ => visitor.visit_some(self),
        }
    }

    /// An object. Without this, derived code would take a list of the values as well.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        match self.token()? {
            Token::Object => visitor.visit_map(self.inside()),
            _ => Err(Stop::value(&"an object")),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        match self.token()? {
            Token::Text(word) => visitor.visit_enum(word.as_str().into_deserializer()),
            _ => Err(Stop::value(&Words(words))),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 u64 f32 f64 char bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

/// The rest of an object or array.
struct Inside<'a, 'de> {
    reader: &'a mut Reader<'de>,
    /// How many members or items have been read.
    index: usize,
    /// The key of the member that is being read.
    key: Personal,
    /// Where the member's value or the item starts, as in [`Error::place`].
    place: usize,
    /// Whether the member's value is `null`.
    is_null: bool,
}

impl Inside<'_, '_> {
    /// Goes to the next member or item, over the comma before it; `None` after the last.
    fn next(&mut self, end: u8) -> Result<Option<u8>, Stop> {
        let mut next = self.reader.lexer.ws_peek();
        if next == Some(end) {
            self.reader.lexer.take_next();
            self.reader.depth += 1;
            return Ok(None);
        }
        if self.index > 0 {
            self.reader
                .lexer
                .expect(|_| next, b',')
                .ok_or(Flaw::NotJson)?;
            next = self.reader.lexer.ws_peek();
        }
        self.index += 1;
        Ok(Some(next.ok_or(Flaw::NotJson)?))
    }

    /// Reads the next key that is not left out; `false` after the last member.
    #[inline(never)]
    fn key(&mut self) -> Result<bool, Stop> {
        while let Some(next) = self.next(b'}')? {
            if next != b'"' {
                return Err(Flaw::NotJson.into());
            }
            self.key = text(self.reader.lexer.discarded())?;
            self.reader
                .lexer
                .expect(SliceLexer::ws_peek, b':')
                .ok_or(Flaw::NotJson)?;
            self.is_null = self.reader.lexer.ws_peek() == Some(b'n');
            if !self.is_left_out()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Goes to the next item that is not left out; `false` after the last.
    #[inline(never)]
    fn item(&mut self) -> Result<bool, Stop> {
        while self.next(b']')?.is_some() {
            if !self.is_left_out()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the value that comes next is left out. Then it has been passed over.
    fn is_left_out(&mut self) -> Result<bool, Stop> {
        self.place = self.reader.place();
        let is_left_out = self.reader.left_out.contains(&self.place);
        if is_left_out {
            IgnoredAny::deserialize(&mut *self.reader)?;
        }
        Ok(is_left_out)
    }

    /// An error in the value, with what is known of it here.
    #[cold]
    fn error_at(&self, stop: Stop, key: &str) -> Stop {
        let mut stop = stop.read_up_to(self.reader);
        if stop.0.place.is_none() {
            stop.0.place = Some(self.place);
            stop.0.is_null = self.is_null;
        }
        stop.0.path.push(key.to_owned());
        stop
    }
}

impl<'de> MapAccess<'de> for Inside<'_, 'de> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Stop> {
        if !self.key()? {
            return Ok(None);
        }
        seed.deserialize(self.key.as_str().into_deserializer())
            .map(Some)
            .map_err(|mut stop: Stop| {
                stop.0.place = Some(self.place);
                stop
            })
    }

    // Not in its caller: the copies for the fields of one kind are the same, and become one.
    #[inline(never)]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Stop> {
        seed.deserialize(&mut *self.reader)
            .map_err(|stop| self.error_at(stop, self.key.as_str()))
    }
}

impl<'de> SeqAccess<'de> for Inside<'_, 'de> {
    type Error = Stop;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Stop> {
        if !self.item()? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader)
            .map(Some)
            .map_err(|stop| self.error_at(stop, &(self.index - 1).to_string()))
    }
}

fn number<'de>(lexer: &mut SliceLexer<'de>) -> Result<&'de str, Stop> {
    let (digits, _) = lexer.num_bytes().validated().map_err(|_| Flaw::NotJson)?;
    utf8(digits)
}

/// The rest of a string whose opening quotation mark has been read.
fn text(lexer: &mut SliceLexer<'_>) -> Result<Personal, Stop> {
    let mut raw = <&[u8]>::default();
    lexer.str_bytes(&mut raw).map_err(|_| Flaw::NotJson)?;
    let mut raw = utf8(raw)?;
    // No escape is shorter than what it stands for: the text never has to move to a larger place.
    let mut text = Personal::with_capacity(raw.len());
    while let Some((plain, escape)) = raw.split_once('\\') {
        text.push_str(plain);
        let (kind, rest) = escape.as_bytes().split_first().ok_or(Flaw::NotJson)?;
        let mut lexer = SliceLexer::new(rest);
        let (character, left) = match lexer.escape(*kind) {
            Ok(character) => (character, lexer.as_slice().len()),
            // Half a character: what comes after its four digits is still good.
            Err(EscapeError::InvalidChar(_) | EscapeError::ExpectedLowSurrogate) => {
                (char::REPLACEMENT_CHARACTER, rest.len().saturating_sub(4))
            }
            Err(_) => return Err(Flaw::NotJson.into()),
        };
        text.push(character);
        raw = escape.get(escape.len() - left..).ok_or(Flaw::NotJson)?;
    }
    text.push_str(raw);
    Ok(text)
}

fn utf8(bytes: &[u8]) -> Result<&str, Stop> {
    core::str::from_utf8(bytes).map_err(|_| Flaw::NotJson.into())
}

//! serde `Deserializer` over the lexer of `hifijson`.

use super::error::{BoxedError, OneOf};
use crate::personal::Personal;
use crate::service_error::ResponseError;
use hifijson::escape::{Error as EscapeError, Lex as _};
use hifijson::num::LexWrite as _;
use hifijson::str::LexWrite as _;
use hifijson::token::Lex as _;
use hifijson::{Read as _, SliceLexer};
use serde::Deserializer;
use serde::de::{
    Deserialize, DeserializeSeed, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// Maximum nesting of arrays and objects. The documents' samples have three levels.
pub const MAX_DEPTH: u8 = 32;

/// The text without a leading UTF-8 byte order mark, which some servers send.
pub(crate) fn without_bom(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// A text and the current position in it.
pub(super) struct Reader<'de> {
    lexer: SliceLexer<'de>,
    /// Number of levels that may still be opened.
    depth: u8,
    /// Positions of the values to skip.
    skipped: &'de [usize],
}

/// A scalar value, or the start of an array or object.
enum Token<'de> {
    Null,
    Flag(bool),
    Number(&'de str),
    Text(Personal),
    List,
    Object,
}

// Code without a type parameter is kept apart from the generic code below, which is compiled once per type.
impl<'de> Reader<'de> {
    pub(super) fn new(text: &'de [u8], skipped: &'de [usize]) -> Self {
        Self {
            lexer: SliceLexer::new(without_bom(text)),
            depth: MAX_DEPTH,
            skipped,
        }
    }

    fn peek(&mut self) -> Result<u8, BoxedError> {
        Ok(self.lexer.ws_peek().ok_or(ResponseError::NotJson)?)
    }

    /// The position of the next value, after white space.
    pub(super) fn place(&self) -> usize {
        self.lexer.as_slice().len()
    }

    /// `true` if only white space is left.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.lexer.ws_peek().is_none()
    }

    #[inline(never)]
    fn token(&mut self) -> Result<Token<'de>, BoxedError> {
        let next = self.peek()?;
        Ok(match next {
            b'"' => Token::Text(text(self.lexer.discarded())?),
            b'-' | b'0'..=b'9' => Token::Number(number(&mut self.lexer)?),
            b'[' | b'{' => {
                self.depth = self.depth.checked_sub(1).ok_or(ResponseError::TooDeep)?;
                self.lexer.take_next();
                if next == b'[' {
                    Token::List
                } else {
                    Token::Object
                }
            }
            _ => match self.lexer.null_or_bool().ok_or(ResponseError::NotJson)? {
                Some(flag) => Token::Flag(flag),
                None => Token::Null,
            },
        })
    }

    /// The entries after an opening bracket.
    fn entries(&mut self) -> Entries<'_, 'de> {
        Entries {
            reader: self,
            index: 0,
            key: Personal::default(),
            place: 0,
            is_null: false,
        }
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = BoxedError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BoxedError> {
        match self.token()? {
            Token::Null => visitor.visit_unit(),
            Token::Flag(flag) => visitor.visit_bool(flag),
            Token::Number(digits) => visitor.visit_bytes(digits.as_bytes()),
            Token::Text(text) => visitor.visit_str(text.as_str()),
            Token::List => visitor.visit_seq(self.entries()),
            Token::Object => visitor.visit_map(self.entries()),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BoxedError> {
        match self.token()? {
            Token::Flag(flag) => visitor.visit_bool(flag),
            _ => Err(BoxedError::value(&"true or false")),
        }
    }

    /// Reads a whole number, written without point and exponent.
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BoxedError> {
        let number = match self.token()? {
            Token::Number(digits) => digits.parse().ok(),
            _ => None,
        };
        visitor.visit_u32(number.ok_or_else(|| BoxedError::value(&"a whole number"))?)
    }

    /// Reads a text. `deserialize_any` would pass a number's digits on as bytes, which `String` accepts.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BoxedError> {
        match self.token()? {
            Token::Text(text) => visitor.visit_str(text.as_str()),
            _ => Err(BoxedError::value(&"a text")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BoxedError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BoxedError> {
        match self.peek()? {
            b'n' => self.deserialize_any(visitor),
            _ => visitor.visit_some(self),
        }
    }

    /// Reads an object. With `deserialize_any`, derived code would accept a list of the values, too.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, BoxedError> {
        match self.token()? {
            Token::Object => visitor.visit_map(self.entries()),
            _ => Err(BoxedError::value(&"an object")),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, BoxedError> {
        match self.token()? {
            Token::Text(word) => visitor.visit_enum(word.as_str().into_deserializer()),
            _ => Err(BoxedError::value(&OneOf(words))),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 u64 f32 f64 char bytes byte_buf unit unit_struct newtype_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

/// The remaining entries of an object or array.
struct Entries<'a, 'de> {
    reader: &'a mut Reader<'de>,
    /// Number of entries that have been read.
    index: usize,
    /// The key of the current member.
    key: Personal,
    /// Position of the current value, as in [`Error::place`](super::Error::place).
    place: usize,
    /// `true` if the current member's value is `null`.
    is_null: bool,
}

impl Entries<'_, '_> {
    /// Advances to the next entry, past the comma before it; `None` after the last.
    fn next(&mut self, end: u8) -> Result<Option<u8>, BoxedError> {
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
                .ok_or(ResponseError::NotJson)?;
            next = self.reader.lexer.ws_peek();
        }
        self.index += 1;
        Ok(Some(next.ok_or(ResponseError::NotJson)?))
    }

    /// Reads the next key that is not skipped; `false` after the last member.
    #[inline(never)]
    fn key(&mut self) -> Result<bool, BoxedError> {
        while let Some(next) = self.next(b'}')? {
            if next != b'"' {
                return Err(ResponseError::NotJson.into());
            }
            self.key = text(self.reader.lexer.discarded())?;
            self.reader
                .lexer
                .expect(SliceLexer::ws_peek, b':')
                .ok_or(ResponseError::NotJson)?;
            self.is_null = self.reader.lexer.ws_peek() == Some(b'n');
            if !self.skip_listed()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Advances to the next item that is not skipped; `false` after the last.
    #[inline(never)]
    fn item(&mut self) -> Result<bool, BoxedError> {
        while self.next(b']')?.is_some() {
            if !self.skip_listed()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Skips the next value if its position is in the list of values to skip; `true` if it did.
    fn skip_listed(&mut self) -> Result<bool, BoxedError> {
        self.place = self.reader.place();
        let is_skipped = self.reader.skipped.contains(&self.place);
        if is_skipped {
            IgnoredAny::deserialize(&mut *self.reader)?;
        }
        Ok(is_skipped)
    }

    /// Adds the position and the key of the current entry to an error in its value.
    #[cold]
    fn error_at(&self, error: BoxedError, key: &str) -> BoxedError {
        let mut error = error.read_up_to(self.reader.place());
        if error.0.place.is_none() {
            error.0.place = Some(self.place);
            error.0.is_null = self.is_null;
        }
        error.0.path.push(key.to_owned());
        error
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = BoxedError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, BoxedError> {
        if !self.key()? {
            return Ok(None);
        }
        seed.deserialize(self.key.as_str().into_deserializer())
            .map(Some)
            .map_err(|mut error: BoxedError| {
                error.0.place = Some(self.place);
                error
            })
    }

    // Not inlined: the instances for fields of the same type are identical, and are merged into one.
    #[inline(never)]
    fn next_value_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<T::Value, BoxedError> {
        seed.deserialize(&mut *self.reader)
            .map_err(|error| self.error_at(error, self.key.as_str()))
    }
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = BoxedError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, BoxedError> {
        if !self.item()? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader)
            .map(Some)
            .map_err(|error| self.error_at(error, &(self.index - 1).to_string()))
    }
}

fn number<'de>(lexer: &mut SliceLexer<'de>) -> Result<&'de str, BoxedError> {
    let (digits, _) = lexer
        .num_bytes()
        .validated()
        .map_err(|_| ResponseError::NotJson)?;
    utf8(digits)
}

/// Reads the rest of a string after its opening quotation mark.
fn text(lexer: &mut SliceLexer<'_>) -> Result<Personal, BoxedError> {
    let mut raw = <&[u8]>::default();
    lexer
        .str_bytes(&mut raw)
        .map_err(|_| ResponseError::NotJson)?;
    let mut raw = utf8(raw)?;
    // No escape is shorter than the character it encodes, so the capacity is enough.
    let mut text = Personal::with_capacity(raw.len());
    while let Some((plain, escape)) = raw.split_once('\\') {
        text.push_str(plain);
        let (kind, rest) = escape
            .as_bytes()
            .split_first()
            .ok_or(ResponseError::NotJson)?;
        let mut lexer = SliceLexer::new(rest);
        let (character, left) = match lexer.escape(*kind) {
            Ok(character) => (character, lexer.as_slice().len()),
            // A lone surrogate: reading goes on after its four digits.
            Err(EscapeError::InvalidChar(_) | EscapeError::ExpectedLowSurrogate) => {
                (char::REPLACEMENT_CHARACTER, rest.len().saturating_sub(4))
            }
            Err(_) => return Err(ResponseError::NotJson.into()),
        };
        text.push(character);
        raw = escape
            .get(escape.len() - left..)
            .ok_or(ResponseError::NotJson)?;
    }
    text.push_str(raw);
    Ok(text)
}

fn utf8(bytes: &[u8]) -> Result<&str, BoxedError> {
    core::str::from_utf8(bytes).map_err(|_| ResponseError::NotJson.into())
}

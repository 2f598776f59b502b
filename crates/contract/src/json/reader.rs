//! A text as serde's `Deserializer`, over the lexer of `hifijson`.

use super::error::{Stop, Words};
use crate::personal::Personal;
use crate::refusal::Flaw;
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

/// How many arrays and objects may be inside each other. The samples have three.
pub const MAX_DEPTH: u8 = 32;

/// The text without the UTF-8 byte order mark that some servers put before it.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// A text, and how far it has been read.
pub(super) struct Reader<'de> {
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
    pub(super) fn new(text: &'de [u8], left_out: &'de [usize]) -> Self {
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
    pub(super) fn place(&self) -> usize {
        self.lexer.as_slice().len()
    }

    /// Whether nothing but white space is left.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.lexer.ws_peek().is_none()
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
    /// Where the member's value or the item starts, as in [`Error::place`](super::Error::place).
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
        let mut stop = stop.read_up_to(self.reader.place());
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

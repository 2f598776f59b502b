//! Errors of the JSON reader: the public [`Error`], and the boxed form that serde passes on.

use crate::service_error::ResponseError;
use core::fmt;
use serde::de::{self, Unexpected};

/// Reason why a text could not be read as a type. Holds keys and expectations, never a value.
#[derive(Debug)]
pub struct Error {
    /// The kind of error.
    pub kind: ResponseError,
    /// The value or key that was expected.
    pub expected: Expected,
    /// The keys and indexes that lead to the error, the innermost first.
    pub path: Vec<String>,
    /// The position of the member or item with the error, as [`read_without`](super::read_without) takes
    /// it: the number of bytes left at the start of its value. `None` for the whole text.
    pub place: Option<usize>,
    /// `true` if the error is `null` as the value of a key that the type has.
    pub is_null: bool,
}

/// Expectation of a type that was not met.
#[derive(Debug)]
pub enum Expected {
    /// Another value; the text describes it.
    Value(String),
    /// One of these keys, instead of one that the type does not have.
    Key(&'static [&'static str]),
    /// The key that is missing.
    Present,
}

/// Boxed [`Error`]: small, because derived code returns it through every field.
#[derive(Debug)]
pub(super) struct BoxedError(pub(super) Box<Error>);

impl BoxedError {
    #[cold]
    pub(super) fn value(expected: &dyn fmt::Display) -> Self {
        let mut error = Self::from(ResponseError::WrongShape);
        error.0.expected = Expected::Value(expected.to_string());
        error
    }

    #[cold]
    fn key(kind: ResponseError, key: &str, expected: Expected) -> Self {
        let mut error = Self::from(kind);
        error.0.expected = expected;
        error.0.path.push(key.to_owned());
        error
    }

    /// Sets the position of a duplicate key. Derived code reports it as soon as the second key is read,
    /// so the position is that of the second value.
    #[cold]
    pub(super) fn read_up_to(mut self, place: usize) -> Self {
        if self.0.kind == ResponseError::DuplicateKey {
            self.0.place.get_or_insert(place);
        }
        self
    }

    #[cold]
    pub(super) fn kind(self) -> ResponseError {
        self.0.kind
    }
}

impl From<ResponseError> for BoxedError {
    #[cold]
    fn from(kind: ResponseError) -> Self {
        Self(Box::new(kind.into()))
    }
}

impl From<ResponseError> for Error {
    fn from(kind: ResponseError) -> Self {
        Self {
            kind,
            expected: Expected::Value(String::new()),
            path: Vec::new(),
            place: None,
            is_null: false,
        }
    }
}

impl fmt::Display for BoxedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the expected JSON")
    }
}

impl core::error::Error for BoxedError {}

/// Constructors that derived code calls. The value that was found is dropped: it may be personal data.
impl de::Error for BoxedError {
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
        Self::value(&OneOf(expected))
    }

    fn unknown_field(key: &str, expected: &'static [&'static str]) -> Self {
        Self::key(ResponseError::WrongShape, key, Expected::Key(expected))
    }

    fn missing_field(key: &'static str) -> Self {
        Self::key(ResponseError::WrongShape, key, Expected::Present)
    }

    fn duplicate_field(key: &'static str) -> Self {
        Self::key(ResponseError::DuplicateKey, key, Expected::Present)
    }
}

/// List of quoted words, displayed as `"a", "b" or "c"`.
pub(super) struct OneOf(pub(super) &'static [&'static str]);

impl fmt::Display for OneOf {
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

//! Why a text could not be read as a type: on its way out, and as it is told.

use crate::refusal::Flaw;
use core::fmt;
use serde::de::{self, Unexpected};

/// Why a text could not be read as a type.
#[derive(Debug)]
pub struct Error {
    /// The kind of flaw.
    pub flaw: Flaw,
    /// What would have been right.
    pub expected: Expected,
    /// The keys and indexes that lead to it, the innermost first.
    pub path: Vec<String>,
    /// Which member or item it is in, for [`read_without`](super::read_without); `None` for the whole text. It is how many
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
pub(super) struct Stop(pub(super) Box<Error>);

impl Stop {
    #[cold]
    pub(super) fn value(expected: &dyn fmt::Display) -> Self {
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
    pub(super) fn read_up_to(mut self, place: usize) -> Self {
        if self.0.flaw == Flaw::DuplicateKey {
            self.0.place.get_or_insert(place);
        }
        self
    }

    #[cold]
    pub(super) fn flaw(self) -> Flaw {
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
pub(super) struct Words(pub(super) &'static [&'static str]);

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

//! JSON reader under `Deserialize`: strict about syntax, and wiping the text it copies.
//!
//! A number reaches a type as its digits, through `visit_bytes` (JSON has no byte strings, so the call
//! is unambiguous): an identifier keeps all its digits. The copy of a text is wiped once the type has
//! taken it. An [`Error`] holds keys and expectations, never a value. The portal's `config.json` is read
//! with it, too. Keys have no meaning in this module.

mod error;
mod reader;

pub use error::{Error, Expected};
pub use reader::MAX_DEPTH;
pub(crate) use reader::without_bom;

use crate::service_error::ResponseError;
use error::BoxedError;
use reader::Reader;
use serde::de::{Deserialize, DeserializeOwned, IgnoredAny};

/// Maximum size of a text, in bytes. The documents' samples have about one thousand.
pub const MAX_BODY: usize = 1 << 20;

/// Reads exactly one JSON text (RFC 8259) as a `T`. A leading UTF-8 byte order mark is skipped; a
/// lone surrogate becomes U+FFFD.
///
/// ```
/// use contract::json;
/// use contract::service_error::ResponseError;
///
/// #[derive(serde::Deserialize, Debug, PartialEq)]
/// struct Room {
///     number: u32,
/// }
///
/// assert_eq!(json::read(br#"{"number":7}"#), Ok(Room { number: 7 }));
/// assert_eq!(json::read::<Room>(b"<html>"), Err(ResponseError::NotJson));
/// assert_eq!(json::read::<Room>(b"{}"), Err(ResponseError::WrongShape));
/// ```
///
/// # Errors
/// [`ResponseError::TooLarge`] over [`MAX_BODY`]; then, anywhere in the text,
/// [`ResponseError::NotJson`] (invalid UTF-8 included) and [`ResponseError::TooDeep`] over
/// [`MAX_DEPTH`]; then the errors of the type: [`ResponseError::DuplicateKey`] for a key of the type
/// that appears twice, [`ResponseError::WrongShape`] for any other.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, ResponseError> {
    deserialize(text, &[]).map_err(BoxedError::kind)
}

/// Reads as [`read`], as if some members and items were absent. Each is given by the
/// [`place`](Error::place) of an earlier error; skipping one after the other finds all errors.
///
/// ```
/// use contract::json;
///
/// #[derive(serde::Deserialize, Debug, Default)]
/// #[serde(default)]
/// struct Room {
///     number: u32,
///     open: bool,
/// }
///
/// let text = br#"{"number":"seven","open":true}"#;
/// let error = json::read_without::<Room>(text, &[]).unwrap_err();
/// assert_eq!(error.path, ["number"]);
///
/// let room: Room = json::read_without(text, &[error.place.unwrap()]).unwrap();
/// assert!(room.open);
/// ```
///
/// # Errors
/// As [`read`].
pub fn read_without<T: DeserializeOwned>(text: &[u8], skipped: &[usize]) -> Result<T, Error> {
    deserialize(text, skipped).map_err(|error| *error.0)
}

fn deserialize<T: DeserializeOwned>(text: &[u8], skipped: &[usize]) -> Result<T, BoxedError> {
    check(text)?;
    let mut reader = Reader::new(text, skipped);
    T::deserialize(&mut reader).map_err(|error| error.read_up_to(reader.place()))
}

/// Checks that a text is exactly one value, not too large and not too deep.
#[inline(never)]
fn check(text: &[u8]) -> Result<(), BoxedError> {
    if text.len() > MAX_BODY {
        return Err(ResponseError::TooLarge.into());
    }
    let mut reader = Reader::new(text, &[]);
    IgnoredAny::deserialize(&mut reader)?;
    if reader.is_at_end() {
        return Ok(());
    }
    Err(ResponseError::NotJson.into())
}

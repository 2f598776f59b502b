//! The reader of JSON under `Deserialize`: strict about what is JSON, careful with whose data it is.
//!
//! A number reaches a type as its digits, by `visit_bytes` (JSON has no bytes, so they cannot be
//! anything else): an identifier keeps each of them, whatever its length. A text's copy is wiped
//! once the type has taken it. An [`Error`] holds keys and expectations, never a value. The portal
//! reads its `/config.json` with it, too. This module must not know what any key means.

mod error;
mod reader;

pub use error::{Error, Expected};
pub use reader::MAX_DEPTH;
pub(crate) use reader::without_mark;

use crate::refusal::Flaw;
use error::Stop;
use reader::Reader;
use serde::de::{Deserialize, DeserializeOwned, IgnoredAny};

/// The largest text that is parsed, in bytes. The samples have about one thousand.
pub const MAX_BODY: usize = 1 << 20;

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
    T::deserialize(&mut reader).map_err(|stop| stop.read_up_to(reader.place()))
}

/// Whether a text is exactly one value, not too large and not too deep.
#[inline(never)]
fn check(text: &[u8]) -> Result<(), Stop> {
    if text.len() > MAX_BODY {
        return Err(Flaw::TooLarge.into());
    }
    let mut reader = Reader::new(text, &[]);
    IgnoredAny::deserialize(&mut reader)?;
    if reader.is_at_end() {
        return Ok(());
    }
    Err(Flaw::NotJson.into())
}

//! The place in an address's `latLong`, for a map link.
//!
//! This module must not know which map.

use crate::personal::{Personal, keep_quiet};

/// A place on Earth, each number in the decimal digits it came in (a leading `+` left out).
#[derive(PartialEq, Eq)]
pub struct Coordinates {
    /// Degrees north, -90 to 90.
    pub latitude: Personal,
    /// Degrees east, -180 to 180.
    pub longitude: Personal,
}

keep_quiet!(Coordinates);

/// Reads `a,b`, `a;b`, `a b` or any of these in parentheses, with white space around the numbers.
///
/// `None` for anything else, outside the ranges, and for 0,0: that is what a form holds
/// that nobody filled in, not a place in the Gulf of Guinea.
pub fn coordinates(text: &str) -> Option<Coordinates> {
    let text = text.trim();
    let text = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or(text)
        .trim();
    let (latitude, longitude) = text
        .split_once([',', ';'])
        .or_else(|| text.split_once(char::is_whitespace))?;
    let (latitude, longitude) = (degrees(latitude, 90)?, degrees(longitude, 180)?);
    let somewhere = [latitude, longitude]
        .iter()
        .any(|number| number.bytes().any(|byte| matches!(byte, b'1'..=b'9')));
    somewhere.then(|| Coordinates {
        latitude: Personal::from(latitude),
        longitude: Personal::from(longitude),
    })
}

/// The text, if it is a plain decimal number from `-limit` to `limit`. Judged by its digits:
/// reading floats would cost the download more than everything else here.
fn degrees(text: &str, limit: u32) -> Option<&str> {
    let number = text.trim();
    let size = number.strip_prefix(['+', '-']).unwrap_or(number);
    let (whole, fraction) = size.split_once('.').unwrap_or((size, "0"));
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if number.len() > 32 || !digits_only(whole) || !digits_only(fraction) {
        return None;
    }
    let degrees: u32 = whole.parse().ok()?;
    let within = degrees < limit || (degrees == limit && fraction.bytes().all(|b| b == b'0'));
    within.then(|| number.strip_prefix('+').unwrap_or(number))
}

//! Parser for the coordinates in an address's `latLong`, for a map link.

use crate::personal::{Personal, redact_debug};

/// Coordinates of a place, with their decimal digits unchanged (a leading `+` is dropped).
#[derive(PartialEq, Eq)]
pub struct Coordinates {
    /// Degrees north, -90 to 90.
    pub latitude: Personal,
    /// Degrees east, -180 to 180.
    pub longitude: Personal,
}

redact_debug!(Coordinates);

/// Parses `a,b`, `a;b` or `a b`, each also in parentheses and with white space around the numbers.
///
/// `None` for anything else, outside the ranges, and for 0,0, the value of a form that was not filled
/// in.
///
/// ```
/// use contract::patient::coordinates;
///
/// let place = coordinates("(24.7136; 46.6753)").unwrap();
/// assert_eq!(place.latitude.as_str(), "24.7136");
/// assert!(coordinates("0,0").is_none());
/// ```
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
    let is_set = [latitude, longitude]
        .iter()
        .any(|number| number.bytes().any(|byte| matches!(byte, b'1'..=b'9')));
    is_set.then(|| Coordinates {
        latitude: Personal::from(latitude),
        longitude: Personal::from(longitude),
    })
}

/// The text, if it is a plain decimal number from `-limit` to `limit`. Compared by its digits: a parser for
/// floats would add more to the download than the rest of this module.
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

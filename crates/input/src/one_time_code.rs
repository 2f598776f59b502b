//! Parser for the one-time code from a text message. The exact length is up to the service; that a code
//! consists of digits is what lets phones recognise and fill it in.

use crate::{sanitize_digits, wiped::WipedText};

/// A one-time code as it is sent: 4 to 10 ASCII digits, leading zeros kept.
///
/// Wiped on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct OneTimeCode(WipedText);

impl OneTimeCode {
    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Reason why a text cannot be a one-time code. If several apply, the first of this list is returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OneTimeCodeError {
    /// The text has no visible character except separators.
    Empty,
    /// A character is neither digit nor separator.
    Characters,
    /// Fewer than 4 digits, or more than 10.
    Length,
}

/// Parses a one-time code, typed or pasted in any script and grouping.
///
/// ```
/// use input::OneTimeCodeError;
///
/// assert_eq!(input::one_time_code("٠٢٤ ٦٨١").unwrap().as_str(), "024681");
/// assert_eq!(input::one_time_code("G-123456"), Err(OneTimeCodeError::Characters));
/// ```
///
/// # Errors
///
/// A [`OneTimeCodeError`] if the text cannot be a one-time code.
pub fn one_time_code(raw: &str) -> Result<OneTimeCode, OneTimeCodeError> {
    let typed = sanitize_digits(raw);
    if typed.clone().next().is_none() {
        return Err(OneTimeCodeError::Empty);
    }
    if !typed.clone().all(|c| c.is_ascii_digit()) {
        return Err(OneTimeCodeError::Characters);
    }
    match typed.clone().take(11).count() {
        4..=10 => Ok(OneTimeCode(WipedText::collect(typed))),
        _ => Err(OneTimeCodeError::Length),
    }
}

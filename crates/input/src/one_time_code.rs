//! The code from a text message. Its length is the service's business; that it is digits is how
//! phones recognise one.

use crate::{personal::Personal, sanitize_digits};

/// A one-time code as it is sent: 4 to 10 ASCII digits, leading zeros kept.
///
/// Wiped on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct OneTimeCode(Personal);

impl OneTimeCode {
    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Why a text cannot be a one-time code. If several apply, the first of this list is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OneTimeCodeError {
    /// Nothing was typed that can be seen and is no separator.
    Empty,
    /// A character is neither digit nor separator.
    Characters,
    /// Fewer than 4 digits, or more than 10.
    Length,
}

/// Reads a one-time code in whatever script and grouping it was typed or pasted.
///
/// # Errors
///
/// A [`OneTimeCodeError`] if the text cannot be one.
pub fn one_time_code(raw: &str) -> Result<OneTimeCode, OneTimeCodeError> {
    let typed = sanitize_digits(raw);
    if typed.clone().next().is_none() {
        return Err(OneTimeCodeError::Empty);
    }
    if !typed.clone().all(|c| c.is_ascii_digit()) {
        return Err(OneTimeCodeError::Characters);
    }
    match typed.clone().take(11).count() {
        4..=10 => Ok(OneTimeCode(Personal::collect(typed))),
        _ => Err(OneTimeCodeError::Length),
    }
}

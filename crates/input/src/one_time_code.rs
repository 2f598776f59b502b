//! Parser for the one-time code from a text message. The exact length is up to the service; that a code
//! consists of digits is what lets phones recognise and fill it in.

use crate::{
    sanitize::{decimal_digit, is_invisible, sanitize_digits},
    wiped::WipedText,
};

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
    /// A character is neither digit nor separator, and there is no run of 4 to 10 digits, or several.
    Characters,
    /// Fewer than 4 digits, or more than 10.
    Length,
}

/// Parses a one-time code, typed or pasted in any script and grouping; also out of a whole message, where it is
/// the only run of 4 to 10 digits.
///
/// ```
/// use input::OneTimeCodeError;
///
/// assert_eq!(input::one_time_code("٠٢٤ ٦٨١").unwrap().as_str(), "024681");
/// assert_eq!(input::one_time_code("G-123456 is your code.").unwrap().as_str(), "123456");
/// assert_eq!(input::one_time_code("123456 or 654321"), Err(OneTimeCodeError::Characters));
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
        let run = only_run(raw).ok_or(OneTimeCodeError::Characters)?;
        return Ok(OneTimeCode(WipedText::collect(sanitize_digits(run))));
    }
    match typed.clone().take(11).count() {
        4..=10 => Ok(OneTimeCode(WipedText::collect(typed))),
        _ => Err(OneTimeCodeError::Length),
    }
}

/// The only run of 4 to 10 digits in a text.
fn only_run(text: &str) -> Option<&str> {
    let mut runs = text
        .split(|c| decimal_digit(c).is_none() && !is_invisible(c))
        .filter(|run| (4..=10).contains(&sanitize_digits(run).take(11).count()));
    let first = runs.next()?;
    runs.next().is_none().then_some(first)
}

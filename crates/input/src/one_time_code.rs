//! Parser for the one-time code from a text message. The exact length is up to the service; that a code
//! consists of digits is what lets phones recognise and fill it in.

use crate::{
    sanitize::{decimal_digit, is_blank, sanitize_digits},
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
        return only_run(raw)
            .map(OneTimeCode)
            .ok_or(OneTimeCodeError::Characters);
    }
    match typed.clone().take(11).count() {
        4..=10 => Ok(OneTimeCode(WipedText::collect(typed))),
        _ => Err(OneTimeCodeError::Length),
    }
}

/// The only run of 4 to 10 digits in a text. White space ends a run, invisible characters do not.
fn only_run(text: &str) -> Option<WipedText> {
    let visible = text.chars().filter(|c| c.is_whitespace() || !is_blank(*c));
    // Each digit with the number of its run.
    let digits = visible
        .map(decimal_digit)
        .scan((0, false), |(run, inside), digit| {
            *run += u32::from(digit.is_some() && !*inside);
            *inside = digit.is_some();
            Some((*run, digit))
        })
        .filter_map(|(run, digit)| Some((run, digit?)));
    let mut found = None;
    let mut current = (0, 0);
    for (run, _) in digits.clone().chain([(u32::MAX, '0')]) {
        if run != current.0 {
            if (4..=10).contains(&current.1) && found.replace(current.0).is_some() {
                return None;
            }
            current = (run, 0);
        }
        current.1 += 1;
    }
    let code = found?;
    let of_code = digits.filter_map(move |(run, digit)| (run == code).then_some(digit));
    Some(WipedText::collect(of_code))
}

//! Digits of a language, without `Intl`.

use super::messages::Messages;

/// The text with its ASCII digits replaced by those of the language.
pub fn digits(messages: &Messages, text: &str) -> String {
    let own = |digit: char| {
        let value = digit.to_digit(10)?;
        char::from_u32(u32::from(messages.zero) + value)
    };
    text.chars().map(|c| own(c).unwrap_or(c)).collect()
}

//! A language's own digits, without `Intl`.

use super::messages::Messages;

/// A text's ASCII digits in the language's own.
pub fn digits(messages: &Messages, text: &str) -> String {
    let own = |digit: char| {
        let value = digit.to_digit(10)?;
        char::from_u32(u32::from(messages.zero) + value)
    };
    text.chars().map(|c| own(c).unwrap_or(c)).collect()
}

//! Digits of the numbers that the portal works out: counts, times, dates, ages. Every one of them goes through
//! [`digits`]. The digits in the sentences of the tables are of what is to be typed, and stay as they are.

use super::messages::Messages;

/// The text with its ASCII digits replaced by those of the page.
pub fn digits(messages: &Messages, text: &str) -> String {
    let own = |digit: char| {
        let value = digit.to_digit(10)?;
        char::from_u32(u32::from(messages.zero) + value)
    };
    text.chars().map(|c| own(c).unwrap_or(c)).collect()
}

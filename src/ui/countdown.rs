//! The texts of a countdown.

use crate::i18n::{Message, Messages, digits};

/// Seconds to announce: whole minutes, and 60, 40 and 20 in the last one.
pub fn spoken_seconds(seconds: usize) -> u32 {
    let step = if seconds > 60 { 60 } else { 20 };
    u32::try_from(seconds.div_ceil(step) * step).unwrap_or(u32::MAX)
}

/// Announcement of the time until another attempt.
pub fn spoken_countdown(messages: &'static Messages, seconds: usize) -> String {
    match seconds {
        0 => messages.try_again_now.to_owned(),
        left => Message::Counted(|m| m.try_again_after, spoken_seconds(left))
            .text(messages)
            .into_owned(),
    }
}

/// Seconds as minutes and hours with the unit, so that they are not read as a time of day: `1:05 min`,
/// `2:00:00 h`.
pub fn countdown_text(messages: &Messages, seconds: usize) -> String {
    let [minutes_unit, hours_unit] = messages.countdown_units;
    let two = |number: usize| {
        let digits = (number % 60).to_string();
        if digits.len() < 2 {
            ["0", &digits].concat()
        } else {
            digits
        }
    };
    let told = match (seconds / 3600, seconds / 60 % 60) {
        (0, minutes) => [&minutes.to_string(), ":", &two(seconds), minutes_unit].concat(),
        (hours, minutes) => [
            &hours.to_string(),
            ":",
            &two(minutes),
            ":",
            &two(seconds),
            hours_unit,
        ]
        .concat(),
    };
    digits(messages, &told)
}

#[cfg(test)]
mod tests {
    use ::config::{Digits, Language};

    use super::{countdown_text, spoken_countdown, spoken_seconds};
    use crate::i18n;

    #[test]
    fn countdown_text_has_minutes_and_seconds_in_the_digits_of_the_language() {
        let english = |seconds| countdown_text(i18n::FALLBACK, seconds);
        assert_eq!(english(5), "0:05 min");
        assert_eq!(english(59), "0:59 min");
        assert_eq!(english(65), "1:05 min");
        assert_eq!(english(600), "10:00 min");
        assert_eq!(english(7_205), "2:00:05 h");
        assert_eq!(english(35_999), "9:59:59 h");
        let arabic = |digits| countdown_text(i18n::of(Language::Ar, digits), 7_205);
        assert_eq!(arabic(Digits::Latn), "2:00:05 ساعة");
        assert_eq!(arabic(Digits::Arab), "٢:٠٠:٠٥ ساعة");
    }

    #[test]
    fn spoken_countdown_has_the_digits_of_the_page() {
        let arabic = |digits| spoken_countdown(i18n::of(Language::Ar, digits), 600);
        assert_eq!(arabic(Digits::Latn), "يمكنك المحاولة مرة أخرى بعد 10 دقائق");
        assert_eq!(arabic(Digits::Arab), "يمكنك المحاولة مرة أخرى بعد ١٠ دقائق");
    }

    #[test]
    fn spoken_seconds_are_whole_minutes_and_then_steps_of_twenty() {
        let said: Vec<_> = [121, 120, 61, 60, 41, 40, 21, 20, 1]
            .map(spoken_seconds)
            .into();
        assert_eq!(said, [180, 120, 120, 60, 60, 40, 40, 20, 20]);
    }
}

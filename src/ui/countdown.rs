//! The texts of a countdown.

use crate::i18n::{Messages, digits};

/// Seconds to announce: whole minutes, and 60, 40 and 20 in the last one.
pub fn spoken_seconds(seconds: usize) -> u32 {
    let step = if seconds > 60 { 60 } else { 20 };
    u32::try_from(seconds.div_ceil(step) * step).unwrap_or(u32::MAX)
}

/// Announcement of the time until another attempt.
pub fn spoken_countdown(messages: &'static Messages, seconds: usize) -> String {
    match seconds {
        0 => messages.try_again_now.to_owned(),
        left => (messages.try_again_after)(spoken_seconds(left)),
    }
}

/// Seconds as minutes and hours: `1:05`, `٢:٠٠:٠٠`.
pub fn countdown_text(messages: &Messages, seconds: usize) -> String {
    let two = |number: usize| {
        let digits = (number % 60).to_string();
        if digits.len() < 2 {
            ["0", &digits].concat()
        } else {
            digits
        }
    };
    let told = match (seconds / 3600, seconds / 60 % 60) {
        (0, minutes) => [&minutes.to_string(), ":", &two(seconds)].concat(),
        (hours, minutes) => [&hours.to_string(), ":", &two(minutes), ":", &two(seconds)].concat(),
    };
    digits(messages, &told)
}

#[cfg(test)]
mod tests {
    use super::{countdown_text, spoken_seconds};
    use crate::i18n;

    #[test]
    fn countdown_text_has_minutes_and_seconds_in_the_digits_of_the_language() {
        let english = |seconds| countdown_text(i18n::FALLBACK, seconds);
        assert_eq!(english(5), "0:05");
        assert_eq!(english(65), "1:05");
        assert_eq!(english(600), "10:00");
        assert_eq!(english(7_205), "2:00:05");
        let arabic = i18n::find("ar").expect("a language of ours");
        assert_eq!(countdown_text(arabic, 7_205), "٢:٠٠:٠٥");
    }

    #[test]
    fn spoken_seconds_are_whole_minutes_and_then_steps_of_twenty() {
        let said: Vec<_> = [121, 120, 61, 60, 41, 40, 21, 20, 1]
            .map(spoken_seconds)
            .into();
        assert_eq!(said, [180, 120, 120, 60, 60, 40, 40, 20, 20]);
    }
}

//! The button that sends a form.

use std::borrow::Cow;

use leptos::prelude::*;

use super::Form;
use crate::{
    dynamic::{attr, flag, text},
    i18n::{Language, Pick},
};

/// Sends the form around it. While the form is on its way it says so and stays in the tab order:
/// a disabled button would drop the focus on the floor. Where the form is held back, it says for how
/// long: to the eye each second, to the ear each minute and then every twenty seconds.
#[component]
pub fn SubmitButton(lang: Language, form: Form, label: Pick, busy: Pick) -> impl IntoView {
    let mut waited = false;
    let spoken = text(move || {
        let words = lang.words();
        match form.seconds_left() {
            0 if waited => Cow::Borrowed(words.try_again_now),
            0 => Cow::Borrowed(""),
            left => {
                waited = true;
                Cow::Owned((words.try_again_after)(spoken_wait(left)))
            }
        }
    });
    view! {
        <button
            type="submit"
            class="button"
            aria-disabled=attr(move || (form.is_busy() || form.seconds_left() > 0).then_some("true"))
        >
            {text(move || {
                let words = lang.words();
                if form.is_busy() { busy(words) } else { label(words) }
            })}
        </button>
        <p class="wait" aria-hidden="true" hidden=flag(move || form.seconds_left() == 0)>
            {lang.say(|w| w.try_again_in)} " " {text(move || clock(form.seconds_left()))}
        </p>
        <span class="visually-hidden" role="status">
            {spoken}
        </span>
    }
}

/// What is said of so many seconds left: whole minutes, and in the last one sixty, forty, twenty.
fn spoken_wait(seconds: usize) -> u32 {
    let step = if seconds > 60 { 60 } else { 20 };
    u32::try_from(seconds.div_ceil(step) * step).unwrap_or(u32::MAX)
}

/// `1:05`, `2:00:00`.
fn clock(seconds: usize) -> String {
    let two = |number: usize| {
        let digits = (number % 60).to_string();
        if digits.len() < 2 {
            ["0", &digits].concat()
        } else {
            digits
        }
    };
    match (seconds / 3600, seconds / 60 % 60) {
        (0, minutes) => [&minutes.to_string(), ":", &two(seconds)].concat(),
        (hours, minutes) => [&hours.to_string(), ":", &two(minutes), ":", &two(seconds)].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::{clock, spoken_wait};

    #[test]
    fn a_wait_is_written_as_on_a_clock() {
        assert_eq!(clock(5), "0:05");
        assert_eq!(clock(65), "1:05");
        assert_eq!(clock(600), "10:00");
        assert_eq!(clock(7_205), "2:00:05");
    }

    #[test]
    fn a_wait_is_spoken_at_sensible_moments() {
        let said: Vec<_> = [121, 120, 61, 60, 41, 40, 21, 20, 1]
            .map(spoken_wait)
            .into();
        assert_eq!(said, [180, 120, 120, 60, 60, 40, 40, 20, 20]);
    }
}

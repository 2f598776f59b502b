//! The button that sends a form.

use std::borrow::Cow;

use leptos::prelude::*;

use super::{Form, clock, spoken_wait};
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
            {lang.say(|w| w.try_again_in)} " " {text(move || clock(lang.words(), form.seconds_left()))}
        </p>
        <span class="visually-hidden" role="status">
            {spoken}
        </span>
    }
}

//! The button that sends a form.

use leptos::prelude::*;

use super::{
    Form,
    countdown::{clock, spoken},
};
use crate::i18n::{Language, Pick, Words};

/// Sends the form around it. While the form is on its way it says so and stays in the tab order:
/// a disabled button would drop the focus on the floor. Where the form is held back, it says for how
/// long: to the eye each second, to the ear each minute and then every twenty seconds.
#[component]
pub fn SubmitButton(lang: Language, form: Form, label: Pick, busy: Pick) -> impl IntoView {
    let told = move |tell: fn(&'static Words, usize) -> String| {
        move || {
            form.wait()
                .map_or_else(String::new, |left| tell(lang.words(), left))
        }
    };
    view! {
        <button
            type="submit"
            class="button"
            aria-disabled=move || (form.is_busy() || form.seconds_left() > 0).then_some("true")
        >
            {move || {
                let words = lang.words();
                if form.is_busy() { busy(words) } else { label(words) }
            }}
        </button>
        <p class="wait" aria-hidden="true" hidden=move || form.seconds_left() == 0>
            {move || lang.words().try_again_in} " " {told(clock)}
        </p>
        <span class="visually-hidden" role="status">
            {told(spoken)}
        </span>
    }
}

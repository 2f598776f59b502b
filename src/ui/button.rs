//! The button that sends a form.

use leptos::prelude::*;

use super::Form;
use crate::{
    dynamic::{attr, text},
    i18n::{Language, Pick},
};

/// Sends the form around it. While the form is on its way it says so and stays in the tab order:
/// a disabled button would drop the focus on the floor.
#[component]
pub fn SubmitButton(lang: Language, form: Form, label: Pick, busy: Pick) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="button"
            aria-disabled=attr(move || form.is_busy().then_some("true"))
        >
            {text(move || {
                let words = lang.words();
                if form.is_busy() { busy(words) } else { label(words) }
            })}
        </button>
    }
}

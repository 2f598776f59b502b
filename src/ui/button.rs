//! Buttons: one that does something, and the one that sends a form.

use leptos::prelude::*;

use super::{
    countdown::{clock, spoken},
    form::Form,
    status::Status,
};
use crate::i18n::{Language, Pick};

/// A button that does something on the page.
#[component]
pub fn Button(
    class: &'static str,
    #[prop(into)] text: Signal<&'static str>,
    #[prop(into)] on_click: Callback<()>,
    /// Whether it is not to be seen.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    /// Whether a press does nothing now; it keeps its place in the tab order.
    #[prop(optional, into)]
    held_back: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class
            hidden=hidden
            aria-disabled=move || held_back.get().then_some("true")
            on:click=move |_| on_click.run(())
        >
            {text}
        </button>
    }
}

/// Sends the form around it. While the form is on its way it says so and stays in the tab order:
/// a disabled button would drop the focus on the floor.
#[component]
pub fn SubmitButton(lang: Language, form: Form, label: Pick, busy: Pick) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="button"
            aria-disabled=move || form.is_held_back().then_some("true")
        >
            {move || lang.say(if form.is_busy() { busy } else { label })}
        </button>
        <Countdown
            lang
            form
            label=|w| w.try_again_in
            spoken=Signal::derive(move || {
                form.wait().map_or_else(String::new, |left| spoken(lang.words(), left))
            })
        />
    }
}

/// For how long a form is held back: to the eye each second, to the ear each minute and then every
/// twenty seconds.
#[component]
pub fn Countdown(
    lang: Language,
    form: Form,
    /// What stands before the clock.
    label: Pick,
    /// What is told to a screen reader.
    spoken: Signal<String>,
) -> impl IntoView {
    view! {
        <p class="wait" aria-hidden="true" hidden=move || form.seconds_left() == 0>
            {lang.text(label)} " "
            {move || form.wait().map_or_else(String::new, |left| clock(lang.words(), left))}
        </p>
        <Status class="visually-hidden" text=spoken/>
    }
}

//! Buttons: one that does something, and the one that sends a form.

use leptos::prelude::*;

use super::{
    countdown::{countdown_text, spoken_countdown},
    form::Form,
    status::Status,
};
use crate::i18n::{Locale, MessageKey};

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
    blocked: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class
            hidden=hidden
            aria-disabled=move || blocked.get().then_some("true")
            on:click=move |_| on_click.run(())
        >
            {text}
        </button>
    }
}

/// Sends the form around it. While the form is on its way it says so and stays in the tab order:
/// a disabled button would drop the focus on the floor.
#[component]
pub fn SubmitButton(
    locale: Locale,
    form: Form,
    label: MessageKey,
    busy: MessageKey,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="button"
            aria-disabled=move || form.is_blocked().then_some("true")
        >
            {move || locale.get(if form.is_submitting() { busy } else { label })}
        </button>
        <Countdown locale
            form
            label=|m| m.try_again_in
            spoken=Signal::derive(move || {
                form.blocked_for().map_or_else(String::new, |left| spoken_countdown(locale.messages(), left))
            })
        />
    }
}

/// For how long a form is held back: to the eye each second, to the ear each minute and then every
/// twenty seconds.
#[component]
pub fn Countdown(
    locale: Locale,
    form: Form,
    /// What stands before the clock.
    label: MessageKey,
    /// What is told to a screen reader.
    spoken: Signal<String>,
) -> impl IntoView {
    view! {
        <p class="wait" aria-hidden="true" hidden=move || form.seconds_left() == 0>
            {locale.text(label)} " "
            {move || form.blocked_for().map_or_else(String::new, |left| countdown_text(locale.messages(), left))}
        </p>
        <Status class="visually-hidden" text=spoken/>
    }
}

//! Buttons.

use leptos::prelude::*;

use super::{
    countdown::{countdown_text, spoken_countdown},
    form::Form,
    live_region::LiveRegion,
    timer::Timer,
};
use crate::i18n::{Locale, MessageKey};

/// A button with an action on the page.
#[component]
pub fn Button(
    class: &'static str,
    #[prop(into)] text: Signal<&'static str>,
    #[prop(into)] on_click: Callback<()>,
    /// True to hide it.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    /// True to ignore presses; it stays in the tab order.
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

/// The submit button of a form. While the form is being submitted it says so and stays in the tab order: a
/// disabled button would lose the focus.
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
            data-busy=move || form.is_submitting()
            aria-disabled=move || form.is_blocked().then_some("true")
        >
            {move || locale.get(if form.is_submitting() { busy } else { label })}
        </button>
        <Countdown locale
            timer=form.blocked()
            label=|m| m.try_again_in
            spoken=Signal::derive(move || {
                form.blocked().left().map_or_else(String::new, |left| spoken_countdown(locale.messages(), left))
            })
        />
    }
}

/// Time that is left: shown each second, announced each minute and in the last
/// minute every twenty seconds.
#[component]
pub fn Countdown(
    locale: Locale,
    timer: Timer,
    /// Text before the time.
    label: MessageKey,
    /// Text for screen readers.
    spoken: Signal<String>,
) -> impl IntoView {
    view! {
        <p class="countdown" aria-hidden="true" hidden=move || !timer.has_time_left()>
            {locale.text(label)} " "
            {move || timer.left().map_or_else(String::new, |left| countdown_text(locale.messages(), left))}
        </p>
        <LiveRegion class="visually-hidden" text=spoken/>
    }
}

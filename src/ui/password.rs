//! A password input that can be shown. What is typed stays in the element: no signal, no string
//! of ours holds it until the form is sent.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    field::{FieldError, FieldWarning, described_by},
    form::Form,
    status::Status,
};
use crate::i18n::{Locale, Message, MessageKey};

/// A password field with its show and hide button. `shown` goes back to `false` by itself when the
/// page is come back to; the form sets it on sending.
#[component]
pub fn Password(
    locale: Locale,
    id: &'static str,
    label: MessageKey,
    shown: RwSignal<bool>,
    /// `autocomplete` token.
    autocomplete: &'static str,
    /// What is wrong with it is said here.
    form: Form,
) -> impl IntoView {
    let warning = RwSignal::new(None);
    let caps_lock = move |on: bool| warning.set(on.then_some(Message::Plain(|m| m.caps_lock)));
    let wrong = move || form.error_of(id).is_some();
    // Whether a screen reader has anything to be told: not before the button was first used.
    let touched = RwSignal::new(false);
    let watch = move |event: ev::KeyboardEvent| {
        // Password managers dispatch events of this name that are no key's.
        if event.has_type::<ev::KeyboardEvent>() {
            caps_lock(event.get_modifier_state("CapsLock"));
        }
    };
    Effect::new(move || {
        let listener = window_event_listener(ev::pageshow, move |_| {
            let _ = shown.try_set(false);
        });
        on_cleanup(move || listener.remove());
    });
    let told = Signal::derive(move || {
        let messages = locale.messages();
        let told = match (touched.get(), shown.get()) {
            (false, _) => "",
            (true, true) => messages.password_shown,
            (true, false) => messages.password_hidden,
        };
        told.to_owned()
    });
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {locale.text(label)}
            </label>
            <FieldError locale id form/>
            <div class="password">
                <input
                    class="field__input password__input"
                    id=id
                    name=id
                    type=move || Some(if shown.get() { "text" } else { "password" })
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    dir="ltr"
                    aria-invalid=move || wrong().then_some("true")
                    aria-describedby=move || described_by(
                        id,
                        &[(wrong(), "-error"), (warning.get().is_some(), "-note")],
                    )
                    on:keydown=watch
                    on:keyup=watch
                    on:blur=move |_| caps_lock(false)
                />
                <button
                    type="button"
                    class="password__toggle"
                    aria-controls=id
                    on:click=move |_| {
                        touched.set(true);
                        shown.update(|shown| *shown = !*shown);
                    }
                >
                    {move || {
                        let messages = locale.messages();
                        if shown.get() { messages.hide_password } else { messages.show_password }
                    }}
                </button>
            </div>
            <Status class="visually-hidden" text=told/>
            <FieldWarning locale id warning/>
        </div>
    }
}

//! A password input. The text stays in the element until the form is submitted.

use leptos::{attr::custom::custom_attribute, ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    field::{FieldErrorText, FieldWarning, described_by, typed},
    form::Form,
    icon::{self, Icon},
    live_region::LiveRegion,
};
use crate::i18n::{Locale, Message, MessageKey, is_arabic};

/// A password field with a show and hide button. `shown` is set to `false` on return to the page; the form
/// sets it to `false` on submit.
#[component]
pub fn Password(
    locale: Locale,
    id: &'static str,
    label: MessageKey,
    shown: RwSignal<bool>,
    /// `autocomplete` token.
    autocomplete: &'static str,
    /// The form with its errors.
    form: Form,
) -> impl IntoView {
    let warning = RwSignal::new(None);
    let caps_lock_is_on = StoredValue::new(false);
    // Chromium sends `blur` to a field that is removed with the focus in it: nothing may be there any more.
    let warn = move || {
        let message = if caps_lock_is_on.try_get_value() == Some(true) {
            Some(Message::Plain(|m| m.caps_lock))
        } else if has_arabic(&typed(id)) {
            Some(Message::Plain(|m| m.arabic_password))
        } else {
            None
        };
        let _ = warning.try_set(message);
    };
    let caps_lock = move |on: bool| {
        let _ = caps_lock_is_on.try_set_value(on);
        warn();
    };
    let invalid = move || form.error_of(id).is_some();
    // Nothing is announced before the first use of the button.
    let used = RwSignal::new(false);
    let on_key = move |event: ev::KeyboardEvent| {
        // Password managers dispatch events of this name without a key.
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
    let announcement = Signal::derive(move || {
        let messages = locale.messages();
        let announcement = match (used.get(), shown.get()) {
            (false, _) => "",
            (true, true) => messages.password_shown,
            (true, false) => messages.password_hidden,
        };
        announcement.to_owned()
    });
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {locale.text(label)}
            </label>
            <FieldErrorText locale id form/>
            <div class="password">
                <input
                    class="field__input password__input"
                    id=id
                    name=id
                    type=move || Some(if shown.get() { "text" } else { "password" })
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    {..custom_attribute("autocorrect", "off")}
                    dir="ltr"
                    aria-invalid=move || invalid().then_some("true")
                    aria-describedby=move || described_by(
                        id,
                        &[(invalid(), "-error"), (warning.get().is_some(), "-warning")],
                    )
                    on:keydown=on_key
                    on:keyup=on_key
                    on:input=move |_| warn()
                    on:blur=move |_| caps_lock(false)
                />
                <button
                    type="button"
                    class="password__toggle"
                    aria-controls=id
                    on:click=move |_| {
                        used.set(true);
                        shown.update(|shown| *shown = !*shown);
                    }
                >
                    <Icon path=Signal::derive(move || if shown.get() { icon::HIDE } else { icon::SHOW })/>
                    <span class="visually-hidden">
                        {move || {
                            let messages = locale.messages();
                            if shown.get() { messages.hide_password } else { messages.show_password }
                        }}
                    </span>
                </button>
            </div>
            <LiveRegion class="visually-hidden" text=announcement/>
            <FieldWarning locale id warning/>
        </div>
    }
}

/// True if a text has Arabic letters or digits: in a hidden password, the sign of a keyboard in the other language.
fn has_arabic(text: &str) -> bool {
    text.chars().any(is_arabic)
}

#[cfg(test)]
mod tests {
    use super::has_arabic;

    #[test]
    fn arabic_letters_and_digits_are_found_wherever_they_stand() {
        for text in ["سحهؤث", "Spice@١٢٣", "Spice@۱۲۳", "ﻻx", "pass؟"] {
            assert!(has_arabic(text), "{text}");
        }
        for text in [
            "",
            "Spice@123",
            "Pässwörd",
            "пароль",
            "\u{feff}x",
            "\u{200f}x",
        ] {
            assert!(!has_arabic(text), "{text:?}");
        }
    }
}

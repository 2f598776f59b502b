//! A labelled text input with hint, error and warning. The browser holds the text, and a form reads it on
//! submit: password managers fill inputs without events.

use leptos::{attr::custom::custom_attribute, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};
use zeroize::Zeroizing;

use super::{form::Form, live_region::LiveRegion, pointer::after_release};
use crate::i18n::{Locale, Message, MessageKey};

/// Properties of a field.
#[derive(Clone, Copy)]
pub struct FieldSpec {
    /// Element id, and name in the form.
    pub id: &'static str,
    /// Label.
    pub label: MessageKey,
    /// Hint.
    pub hint: Option<MessageKey>,
    /// `type`, `text` or `tel`.
    pub kind: &'static str,
    /// `inputmode`: which keys a phone shows.
    pub keys: &'static str,
    /// `autocomplete` token.
    pub autocomplete: &'static str,
    /// True if the page has a [`ReadBack`] for it.
    pub read_back: bool,
}

/// A text input. Hint, error and warning are its accessible description.
#[component]
pub fn Field(
    locale: Locale,
    spec: FieldSpec,
    /// The form with its errors.
    form: Form,
    warning: RwSignal<Option<Message>>,
    /// Called when the field loses focus with another text in it.
    #[prop(into)]
    changed: Callback<()>,
) -> impl IntoView {
    let FieldSpec { id, .. } = spec;
    let invalid = move || form.error_of(id).is_some();
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {locale.text(spec.label)}
            </label>
            {spec
                .hint
                .map(|hint| {
                    view! {
                        <p class="field__hint" id=[id, "-hint"].concat()>
                            {locale.text(hint)}
                        </p>
                    }
                })}
            <FieldErrorText locale id form/>
            <input
                class="field__input"
                id=id
                name=id
                type=spec.kind
                inputmode=spec.keys
                autocomplete=spec.autocomplete
                autocapitalize="none"
                spellcheck="false"
                {..custom_attribute("autocorrect", "off")}
                dir="ltr"
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=move || described_by(
                    id,
                    &[
                        (invalid(), "-error"),
                        (spec.hint.is_some(), "-hint"),
                        (spec.read_back, "-readback"),
                        (warning.get().is_some(), "-warning"),
                    ],
                )
                on:change=move |_| after_release(move || changed.try_run(()).unwrap_or_default())
            />
            <FieldWarning locale id warning/>
        </div>
    }
}

/// Text in the input with this id; empty once the page is left.
pub fn typed(id: &str) -> Zeroizing<String> {
    Zeroizing::new(input_of(id).map(|input| input.value()).unwrap_or_default())
}

/// Replaces the text in the input with this id, whose own listeners run as if it was typed.
pub fn set_typed(id: &str, text: &str) {
    if let Some(input) = input_of(id) {
        input.set_value(text);
        for name in ["input", "change"] {
            if let Ok(event) = Event::new(name) {
                let _ = input.dispatch_event(&event);
            }
        }
    }
}

/// The input with this id.
pub fn input_of(id: &str) -> Option<HtmlInputElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The text of a field as it is understood, for comparison. Tracks what `read` reads; hidden without text.
#[component]
pub fn ReadBack(
    locale: Locale,
    /// Element id of the field.
    id: &'static str,
    /// What stands before it.
    label: MessageKey,
    read: impl Fn() -> Option<String> + Copy + Send + 'static,
) -> impl IntoView {
    view! {
        <p class="field__readback" id=[id, "-readback"].concat() hidden=move || read().is_none()>
            // Nothing while it is hidden: a description of a field includes hidden text.
            {move || read().map_or("", |_| label(locale.messages()))}
            " "
            <bdi dir="ltr" translate="no">
                {move || read().unwrap_or_default()}
            </bdi>
        </p>
    }
}

/// Error of a field, above its input.
#[component]
pub fn FieldErrorText(locale: Locale, id: &'static str, form: Form) -> impl IntoView {
    let error = move || form.error_of(id);
    view! {
        <p class="field__error" id=[id, "-error"].concat() hidden=move || error().is_none()>
            <span class="visually-hidden">{locale.text(|m| m.error_prefix)}</span>
            {move || locale.format(error())}
        </p>
    }
}

/// Warning at a field, below its input: the form can be submitted all the same.
#[component]
pub fn FieldWarning(
    locale: Locale,
    id: &'static str,
    warning: RwSignal<Option<Message>>,
) -> impl IntoView {
    let text = Signal::derive(move || locale.format(warning.get()).into_owned());
    view! { <LiveRegion class="field__warning" id=[id, "-warning"].concat() text/> }
}

/// Value of `aria-describedby`: ids of the parts that are present, in reading order.
pub fn described_by(id: &str, parts: &[(bool, &str)]) -> Option<String> {
    let ids: Vec<String> = parts
        .iter()
        .filter(|(there, _)| *there)
        .map(|(_, part)| [id, part].concat())
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

//! A labelled text input with its hint, its error and a note on what was typed. The browser
//! holds the text: a form reads it when it is sent, for password managers fill inputs in silence.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use zeroize::Zeroizing;

use super::{form::Form, press::after_press, status::Status};
use crate::i18n::{Locale, Message, MessageKey, Messages};

/// What a field is.
#[derive(Clone, Copy)]
pub struct FieldSpec {
    /// Element id, and the name in the form.
    pub id: &'static str,
    /// What is asked for.
    pub label: MessageKey,
    /// Where to find it, or what it looks like.
    pub hint: Option<MessageKey>,
    /// `type`, `text` or `tel`.
    pub kind: &'static str,
    /// `inputmode`: which keys a phone shows.
    pub keys: &'static str,
    /// `autocomplete` token.
    pub autocomplete: &'static str,
    /// Whether a [`ReadBack`] of it stands somewhere.
    pub read_back: bool,
}

/// A text input. Its error and `note` are told to screen readers as its description.
#[component]
pub fn Field(
    locale: Locale,
    spec: FieldSpec,
    /// What is wrong with it is said here.
    form: Form,
    warning: RwSignal<Option<Message>>,
    /// After the person has left the field with another text in it.
    #[prop(into)]
    changed: Callback<()>,
) -> impl IntoView {
    let FieldSpec { id, .. } = spec;
    let wrong = move || form.error_of(id).is_some();
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
            <FieldError locale id form/>
            <input
                class="field__input"
                id=id
                name=id
                type=spec.kind
                inputmode=spec.keys
                autocomplete=spec.autocomplete
                autocapitalize="none"
                spellcheck="false"
                dir="ltr"
                aria-invalid=move || wrong().then_some("true")
                aria-describedby=move || described_by(
                    id,
                    &[
                        (wrong(), "-error"),
                        (spec.hint.is_some(), "-hint"),
                        (spec.read_back, "-read"),
                        (warning.get().is_some(), "-note"),
                    ],
                )
                on:change=move |_| after_press(move || changed.try_run(()).unwrap_or_default())
            />
            <FieldWarning locale id warning/>
        </div>
    }
}

/// What stands in the field with this id now, whoever put it there. Nothing once the page is left.
pub fn typed(id: &str) -> Zeroizing<String> {
    Zeroizing::new(input_of(id).map(|input| input.value()).unwrap_or_default())
}

/// The input with this id.
pub fn input_of(id: &str) -> Option<HtmlInputElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// How what stands in a field is understood, for a person to compare. It follows `read`, and is
/// nothing to look at while there is nothing to say.
#[component]
pub fn ReadBack(
    locale: Locale,
    /// The field's element id.
    id: &'static str,
    /// A sentence. Numbers go in their own direction: mark them as such.
    read: impl Fn(&'static Messages) -> Option<String> + Copy + Send + 'static,
) -> impl IntoView {
    view! {
        <p class="field__read" id=[id, "-read"].concat() hidden=move || read(locale.messages()).is_none()>
            {move || {
                read(locale.messages()).unwrap_or_default()
            }}
        </p>
    }
}

/// What is wrong with a field, before it.
#[component]
pub fn FieldError(locale: Locale, id: &'static str, form: Form) -> impl IntoView {
    let error = move || form.error_of(id);
    view! {
        <p class="field__error" id=[id, "-error"].concat() hidden=move || error().is_none()>
            <span class="visually-hidden">{locale.text(|m| m.error_prefix)}</span>
            {move || locale.format(error())}
        </p>
    }
}

/// A warning about what was typed, below the field: the form can still be sent.
#[component]
pub fn FieldWarning(
    locale: Locale,
    id: &'static str,
    warning: RwSignal<Option<Message>>,
) -> impl IntoView {
    let text = Signal::derive(move || locale.format(warning.get()).into_owned());
    view! { <Status class="field__note" id=[id, "-note"].concat() text/> }
}

/// The ids of those parts that describe an input now, in the order they are to be read.
pub fn described_by(id: &str, parts: &[(bool, &str)]) -> Option<String> {
    let ids: Vec<String> = parts
        .iter()
        .filter(|(there, _)| *there)
        .map(|(_, part)| [id, part].concat())
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

//! A labelled text input with its hint, its error and a note on what was typed. The browser
//! holds the text: a form reads it when it is sent, for password managers fill inputs in silence.

use std::borrow::Cow;

use leptos::{ev, html, prelude::*};
use zeroize::Zeroizing;

use super::after_press;
use crate::{
    dynamic::{Text, attr, flag, on, text},
    i18n::{Language, Message, Pick},
};

/// What a field is.
#[derive(Clone, Copy)]
pub struct FieldSpec {
    /// Element id, and the name in the form.
    pub id: &'static str,
    /// What is asked for.
    pub label: Pick,
    /// Where to find it, or what it looks like.
    pub hint: Option<Pick>,
    /// `type`, `text` or `tel`.
    pub kind: &'static str,
    /// `inputmode`: which keys a phone shows.
    pub keys: &'static str,
    /// `autocomplete` token.
    pub autocomplete: &'static str,
    /// Whether a [`Reading`] of it stands somewhere.
    pub read_back: bool,
}

/// A text input. `error` and `note` are told to screen readers as its description.
#[component]
pub fn Field(
    lang: Language,
    spec: FieldSpec,
    node: NodeRef<html::Input>,
    #[prop(into)] error: Signal<Option<Message>>,
    #[prop(into)] note: Signal<Option<Message>>,
    /// After the person has left the field with another text in it.
    #[prop(into)]
    changed: Callback<()>,
) -> impl IntoView {
    let FieldSpec { id, .. } = spec;
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {lang.say(spec.label)}
            </label>
            {spec
                .hint
                .map(|hint| {
                    view! {
                        <p class="field__hint" id=[id, "-hint"].concat()>
                            {lang.say(hint)}
                        </p>
                    }
                })}
            <FieldError lang id error/>
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
                node_ref=node
                aria-invalid=attr(move || error.get().map(|_| "true"))
                aria-describedby=attr(move || described_by(
                    id,
                    &[
                        (error.get().is_some(), "-error"),
                        (spec.hint.is_some(), "-hint"),
                        (spec.read_back, "-read"),
                        (note.get().is_some(), "-note"),
                    ],
                ))
                on:change=on(move |_: ev::Event| after_press(move || changed.run(())))
            />
            <FieldNote lang id note/>
        </div>
    }
}

/// What stands in a field now, whoever put it there.
pub fn typed(node: NodeRef<html::Input>) -> Zeroizing<String> {
    let input = node.try_get_untracked().flatten();
    Zeroizing::new(input.map(|input| input.value()).unwrap_or_default())
}

/// How what stands in a field is understood, for a person to compare. It follows `read`, and is
/// nothing to look at while there is nothing to say.
#[component]
pub fn Reading(
    lang: Language,
    /// The field's element id.
    id: &'static str,
    /// Numbers go in their own direction: mark them as such.
    read: impl Fn() -> Option<String> + Copy + Send + 'static,
) -> impl IntoView {
    view! {
        <p class="field__read" id=[id, "-read"].concat() hidden=flag(move || read().is_none())>
            {text(move || {
                read().map_or_else(String::new, |read| [lang.words().read_as, " ", &read].concat())
            })}
        </p>
    }
}

/// What is wrong with a field, before it.
#[component]
pub fn FieldError(
    lang: Language,
    id: &'static str,
    error: Signal<Option<Message>>,
) -> impl IntoView {
    view! {
        <p class="field__error" id=[id, "-error"].concat() hidden=flag(move || error.get().is_none())>
            <span class="visually-hidden">{lang.say(|w| w.error_prefix)}</span>
            {spoken(lang, error)}
        </p>
    }
}

/// What looks odd in a field, after it: it stops nobody. The live region is there from the start,
/// since screen readers only tell of changes in one they know.
#[component]
pub fn FieldNote(lang: Language, id: &'static str, note: Signal<Option<Message>>) -> impl IntoView {
    view! {
        <p
            class="field__note"
            id=[id, "-note"].concat()
            role="status"
            data-shown=flag(move || note.get().is_some())
        >
            {spoken(lang, note)}
        </p>
    }
}

/// The message, if there is one.
fn spoken(lang: Language, message: Signal<Option<Message>>) -> Text {
    text(move || {
        message
            .get()
            .map_or(Cow::Borrowed(""), |message| message.say(lang.words()))
    })
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

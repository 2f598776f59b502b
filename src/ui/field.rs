//! A labelled text input with its hint, its error and a note on what was typed. The browser
//! holds the text: a form reads it when it is sent, for password managers fill inputs in silence.

use std::borrow::Cow;

use leptos::{ev, html, prelude::*};
use zeroize::Zeroizing;

use super::after_render;
use crate::{
    dynamic::{Text, attr, effect, flag, on, text},
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
    let changed = after_press(changed);
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
                aria-describedby=attr(move || described_by(id, spec.hint.is_some(), error.get().is_some(), note.get().is_some()))
                on:change=on(move |_: ev::Event| changed())
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

/// Puts `act` off until no finger or button is down. A field is most often left by pressing what
/// comes next, and a note that appears meanwhile would move that away from under the press: the
/// click would be lost.
fn after_press(act: Callback<()>) -> impl Fn() + Copy + 'static {
    let down = StoredValue::new(false);
    let due = StoredValue::new(false);
    let act_if_due = move || {
        if down.try_get_value() == Some(false) && due.try_get_value() == Some(true) {
            due.set_value(false);
            act.run(());
        }
    };
    effect(move || {
        let press = window_event_listener(ev::pointerdown, move |_| down.set_value(true));
        let release = move || {
            down.set_value(false);
            after_render(act_if_due);
        };
        let up = window_event_listener(ev::pointerup, move |_| release());
        let cancel = window_event_listener(ev::pointercancel, move |_| release());
        on_cleanup(move || {
            press.remove();
            up.remove();
            cancel.remove();
        });
    });
    move || {
        due.set_value(true);
        // Even if nothing is down: a tap lets go before the browser tells of the change.
        after_render(act_if_due);
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

/// The ids of what describes an input, most urgent first.
pub fn described_by(id: &str, hint: bool, error: bool, note: bool) -> Option<String> {
    let parts = [(error, "-error"), (hint, "-hint"), (note, "-note")];
    let ids: Vec<String> = parts
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, what)| [id, what].concat())
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

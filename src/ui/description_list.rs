//! Description lists: labels and values of a record. Values come from a server and are text, never markup;
//! `<bdi>` isolates each, so that a direction mark in it cannot reorder the page.
//!
//! Every text of a value has the attribute `data-value`, from which the download is made.

use leptos::prelude::*;

use super::{
    clipboard::copy_to_clipboard,
    icon::{self, Icon},
    toast::Toast,
};
use crate::i18n::Messages;

/// A label and its value.
pub struct Row {
    label: &'static str,
    value: Value,
    copied: Option<String>,
    layout: Layout,
}

/// The place and size of a row.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// As many beside each other as fit.
    #[default]
    Cell,
    /// A line of its own.
    Wide,
    /// A line of its own whose label only screen readers read: the value says what it is.
    Bare,
    /// A name at the head of a card. The label as for [`Layout::Bare`].
    Lead,
    /// A number to read out, in large type.
    Large,
    /// Close under the row before, in small type. The label as for [`Layout::Bare`].
    Under,
}

impl Layout {
    fn class(self) -> &'static str {
        match self {
            Self::Cell => "description-list__row",
            Self::Wide => "description-list__row description-list__row--wide",
            Self::Bare => {
                "description-list__row description-list__row--wide description-list__row--bare"
            }
            Self::Lead => {
                "description-list__row description-list__row--wide description-list__row--lead"
            }
            Self::Under => "description-list__row description-list__row--under",
            Self::Large => {
                "description-list__row description-list__row--wide description-list__row--large"
            }
        }
    }

    fn has_label(self) -> bool {
        !matches!(self, Self::Bare | Self::Lead | Self::Under)
    }
}

/// A value, by the way it is shown. A page translator leaves all but words, notes and states as they are.
pub enum Value {
    /// Text of the record, in the direction of its letters.
    Text(String),
    /// Words of the portal: a date, a country, what a code means.
    Words(String),
    /// Numbers, email addresses, codes: left to right in every language.
    Ltr(String),
    /// Text in a known language: tag, direction, text.
    Script(&'static str, &'static str, String),
    /// Left to right, masked until the person shows it.
    Masked(String),
    /// Text, and a note on it.
    WithNote(String, &'static str),
    /// Lines, each in the direction of its letters.
    Lines(Vec<String>),
    /// States.
    Badges(Vec<Badge>),
}

/// A state in words.
pub struct Badge {
    /// Text.
    pub text: &'static str,
    /// Colour.
    pub tone: Tone,
}

/// Colour of a badge. The text alone has the whole meaning.
#[derive(Clone, Copy)]
pub enum Tone {
    /// Desired.
    Good,
    /// Hindering.
    Bad,
    /// Neutral.
    Quiet,
}

impl Row {
    /// A row without a copy button.
    pub fn new(label: &'static str, value: Value) -> Self {
        Self {
            label,
            value,
            copied: None,
            layout: Layout::Cell,
        }
    }

    /// Lays the row out in another way than as a cell.
    #[must_use]
    pub fn laid_out(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    /// Adds a copy button.
    #[must_use]
    pub fn with_copy(self) -> Self {
        let copied = match &self.value {
            Value::Text(text)
            | Value::Words(text)
            | Value::Ltr(text)
            | Value::Script(_, _, text)
            | Value::Masked(text)
            | Value::WithNote(text, _) => Some(text.clone()),
            Value::Lines(lines) => Some(lines.join("\n")),
            Value::Badges(_) => None,
        };
        Self { copied, ..self }
    }
}

/// A label, its value, and the value's actions.
#[component]
pub(super) fn DescriptionRow(messages: &'static Messages, toast: Toast, row: Row) -> impl IntoView {
    let Row {
        label,
        value,
        copied,
        layout,
    } = row;
    let label_class = if layout.has_label() {
        "description-list__label"
    } else {
        "description-list__label visually-hidden"
    };
    let shown = RwSignal::new(false);
    // What a screen reader says in place of a masked value.
    let mut spoken = None;
    let texts = match value {
        Value::Text(text) => vec![view! { <ValueText text/> }],
        Value::Words(text) => vec![view! { <ValueText words=true text/> }],
        Value::Ltr(text) => vec![view! { <ValueText dir="ltr" text/> }],
        Value::Script(lang, dir, text) => vec![view! { <ValueText lang dir text/> }],
        Value::Masked(value) => {
            let hidden = mask(&value);
            spoken = Some((messages.masked)(hidden.trim_start_matches('•')));
            let text = Signal::derive(move || {
                if shown.get() {
                    value.clone()
                } else {
                    hidden.clone()
                }
            });
            let unspoken = Signal::derive(move || !shown.get());
            vec![view! { <ValueText class="masked" dir="ltr" unspoken text/> }]
        }
        Value::WithNote(text, remark) => vec![
            view! { <ValueText words=true text/> },
            view! { <ValueText class="description-list__note" words=true text=remark/> },
        ],
        Value::Lines(lines) => lines
            .into_iter()
            .map(|text| view! { <ValueText class="line" text/> })
            .collect(),
        Value::Badges(badges) => badges
            .into_iter()
            .map(|Badge { text, tone }| {
                let class = match tone {
                    Tone::Good => "badge badge--good",
                    Tone::Bad => "badge badge--bad",
                    Tone::Quiet => "badge",
                };
                view! { <ValueText class words=true text/> }
            })
            .collect(),
    };
    let done = RwSignal::new(false);
    view! {
        <div class=layout.class()>
        <dt class=label_class>{label}</dt>
        <dd class="description-list__value">
            {texts}
            {spoken
                .map(|spoken| {
                    view! {
                        <span class="visually-hidden" hidden=move || shown.get()>{spoken}</span>
                        <ValueAction
                            icon=Signal::derive(move || if shown.get() { icon::HIDE } else { icon::SHOW })
                            verb=Signal::derive(move || if shown.get() { messages.hide } else { messages.show })
                            label
                            on_click=move |()| shown.update(|shown| *shown = !*shown)
                        />
                    }
                })}
            {copied
                .map(|text| {
                    view! {
                        <ValueAction
                            icon=Signal::derive(move || if done.get() { icon::DONE } else { icon::COPY })
                            verb=messages.copy
                            label
                            on_click=move |()| copy_to_clipboard(&text, toast, Some(done))
                        />
                    }
                })}
        </dd>
        </div>
    }
}

/// One text of a value.
#[component]
fn ValueText(
    #[prop(optional)] class: &'static str,
    #[prop(optional)] lang: Option<&'static str>,
    #[prop(optional)] dir: Option<&'static str>,
    /// True for words of the portal, which a page translator may translate.
    #[prop(optional)]
    words: bool,
    /// True while a screen reader does not read it.
    #[prop(optional)]
    unspoken: Signal<bool>,
    #[prop(into)] text: Signal<String>,
) -> impl IntoView {
    view! {
        <bdi
            class=class
            lang=lang
            dir=dir
            translate=(!words).then_some("no")
            aria-hidden=move || unspoken.get().then_some("true")
            data-value=""
        >
            {text}
        </bdi>
        " "
    }
}

/// A button with an icon for a value: screen readers read the verb and the label.
#[component]
fn ValueAction(
    #[prop(into)] icon: Signal<&'static str>,
    #[prop(into)] verb: Signal<&'static str>,
    label: &'static str,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="value-action" on:click=move |_| on_click.run(())>
            <Icon path=icon/>
            <span class="visually-hidden">{verb} " " {label}</span>
        </button>
    }
}

/// Dots, and the last two characters of texts that are long enough.
fn mask(text: &str) -> String {
    let length = text.chars().count();
    let kept = if length >= 6 { 2 } else { 0 };
    std::iter::repeat_n('•', length - kept)
        .chain(text.chars().skip(length - kept))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mask_keeps_the_length_and_at_most_the_last_two_characters() {
        assert_eq!(mask("1012345672"), "••••••••72");
        assert_eq!(mask("12345"), "•••••");
        assert_eq!(mask(""), "");
    }

    #[test]
    fn copying_a_value_of_lines_copies_one_line_each() {
        let lines = vec!["88 Palestine Street".to_owned(), "Jeddah 23326".to_owned()];
        let row = Row::new("Address", Value::Lines(lines)).with_copy();
        assert_eq!(
            row.copied.as_deref(),
            Some("88 Palestine Street\nJeddah 23326")
        );
    }
}

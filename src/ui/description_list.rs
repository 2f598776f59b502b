//! Cards with description lists: the content of record pages. Values come from a server and are text,
//! never markup; `<bdi>` isolates each, so that a direction mark in it cannot reorder the page.
//!
//! Every text of a value has the attribute `data-value`, from which the download is made.

use leptos::prelude::*;

use super::{
    barcode::{Barcode, Barcodes},
    clipboard::copy_to_clipboard,
    toast::Toast,
};
use crate::i18n::Messages;

/// A card.
#[derive(Default)]
pub struct Section {
    /// Heading.
    pub title: String,
    /// Language of the heading, if not the page's: one written left to right.
    pub lang: Option<&'static str>,
    /// Rows; a card without rows is not shown.
    pub rows: Vec<Row>,
    /// Text for barcodes below the rows.
    pub barcode: Option<Barcode>,
}

/// A label and its value.
pub struct Row {
    label: &'static str,
    value: Value,
    copied: Option<String>,
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
    /// Left to right, with an external link.
    Coordinates(String, ExternalLink),
}

/// A state in words.
pub struct Badge {
    /// Text.
    pub text: &'static str,
    /// Colour.
    pub tone: Tone,
}

/// Colour of a badge. The text alone has the whole meaning.
pub enum Tone {
    /// Desired.
    Good,
    /// Hindering.
    Bad,
    /// Neutral.
    Quiet,
}

/// A link out of the portal.
pub struct ExternalLink {
    /// `https:` or `geo:` URL, made of validated parts.
    pub href: String,
    /// Text.
    pub text: &'static str,
    /// Notice of the destination, and of what it learns.
    pub toast: String,
    /// True to open a new tab.
    pub new_tab: bool,
}

impl Row {
    /// A row without a copy button.
    pub fn new(label: &'static str, value: Value) -> Self {
        Self {
            label,
            value,
            copied: None,
        }
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
            | Value::WithNote(text, _)
            | Value::Coordinates(text, _) => Some(text.clone()),
            Value::Lines(lines) => Some(lines.join("\n")),
            Value::Badges(_) => None,
        };
        Self { copied, ..self }
    }
}

/// The cards that have rows.
#[component]
pub fn Cards(
    messages: &'static Messages,
    /// Shows the outcome of copying.
    toast: Toast,
    sections: Vec<Section>,
) -> impl IntoView {
    sections
        .into_iter()
        .filter(|section| !section.rows.is_empty())
        .map(|section| view! { <Card messages toast section/> })
        .collect_view()
}

#[component]
fn Card(messages: &'static Messages, toast: Toast, section: Section) -> impl IntoView {
    let Section {
        title,
        lang,
        rows,
        barcode,
    } = section;
    view! {
        <section class="card">
            <h2 class="card__title">
                <bdi lang=lang dir=lang.map(|_| "ltr")>{title}</bdi>
            </h2>
            <dl class="description-list">
                {rows.into_iter().map(|row| view! { <DescriptionRow messages toast row/> }).collect_view()}
            </dl>
            {barcode.map(|barcode| view! { <Barcodes messages barcode/> })}
        </section>
    }
}

/// A label, its value, and the value's actions.
#[component]
fn DescriptionRow(messages: &'static Messages, toast: Toast, row: Row) -> impl IntoView {
    let Row {
        label,
        value,
        copied,
    } = row;
    let shown = RwSignal::new(false);
    // What a screen reader says in place of a masked value.
    let mut spoken = None;
    let mut external_link = None;
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
        Value::Coordinates(text, link) => {
            external_link = Some(link);
            vec![view! { <ValueText dir="ltr" text/> }]
        }
    };
    let verb = Signal::derive(move || {
        if shown.get() {
            messages.hide
        } else {
            messages.show
        }
    });
    view! {
        <div class="description-list__row">
            <dt class="description-list__label">{label}</dt>
            <dd class="description-list__value">
                {texts}
                {spoken
                    .map(|spoken| {
                        view! {
                            <span class="visually-hidden" hidden=move || shown.get()>{spoken}</span>
                            <ValueAction verb label on_click=move |()| shown.update(|shown| *shown = !*shown)/>
                        }
                    })}
                {copied
                    .map(|text| {
                        view! { <ValueAction verb=messages.copy label on_click=move |()| copy_to_clipboard(&text, toast)/> }
                    })}
                {external_link.map(|link| view! { <ExternalLinkView link/> })}
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

/// A small button for a value: the verb is visible, the label is read out as well.
#[component]
fn ValueAction(
    #[prop(into)] verb: Signal<&'static str>,
    label: &'static str,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="value-action" on:click=move |_| on_click.run(())>
            {verb}
            <span class="visually-hidden">" " {label}</span>
        </button>
    }
}

/// An external link with its notice.
#[component]
fn ExternalLinkView(link: ExternalLink) -> impl IntoView {
    let target = link.new_tab.then_some("_blank");
    view! {
        <p class="external-link">
            <a class="link external-link__link" href=link.href target=target rel="noreferrer noopener">
                {link.text}
            </a>
            <span class="external-link__notice">{link.toast}</span>
        </p>
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

//! Cards of labelled values: what a record page is made of. Values come from a server and are
//! text, never markup; each is isolated, so that no direction mark in it reorders the page.
//!
//! Each text of a value stands in an element with `data-value`, by which a file of the page is made.

use std::time::Duration;

use leptos::prelude::*;

use super::{
    barcode::{Barcode, Barcodes},
    clipboard::copy_to_clipboard,
    toast::Toast,
};
use crate::i18n::{self, Messages};

/// A card.
#[derive(Default)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// The heading's language, where it is not the page's; then it is one that runs left to right.
    pub lang: Option<&'static str>,
    /// What stands in it; a card with nothing in it is not shown.
    pub rows: Vec<Row>,
    /// What a scanner is to read, below the rows.
    pub scan: Option<Barcode>,
}

/// A labelled value.
pub struct Row {
    label: &'static str,
    value: Value,
    copied: Option<String>,
}

/// How a value is to be shown.
pub enum Value {
    /// Text whose direction its own letters decide.
    Text(String),
    /// Numbers, addresses of mail, codes: left to right in every language.
    Ltr(String),
    /// Text in a known language: tag, direction, text.
    Script(&'static str, &'static str, String),
    /// Left to right, and hidden until the person asks for it.
    Masked(String),
    /// Text with a remark.
    WithNote(String, &'static str),
    /// Lines, each of which has its own direction by its letters.
    Lines(Vec<String>),
    /// What is so and what is not, in few words each.
    Badges(Vec<Badge>),
    /// What clocks show that are so many minutes ahead of UTC; it goes on.
    LocalTime(i16),
    /// Left to right, with a way out of the portal.
    Coordinates(String, ExternalLink),
}

/// A state, in words.
pub struct Badge {
    /// What it says.
    pub text: &'static str,
    /// How it looks.
    pub tone: Tone,
}

/// How a badge looks. The words say it all; nobody has to see this.
pub enum Tone {
    /// As it should be, and worth seeing.
    Good,
    /// In the way of something.
    Bad,
    /// Nothing to think about.
    Quiet,
}

/// A link to somewhere else.
pub struct ExternalLink {
    /// `https:` or `geo:`, made of nothing but checked parts.
    pub href: String,
    /// What it does.
    pub text: &'static str,
    /// Where it leads, and what is told there.
    pub toast: String,
    /// Whether it opens beside the portal.
    pub new_tab: bool,
}

impl Row {
    /// A labelled value.
    pub fn new(label: &'static str, value: Value) -> Self {
        Self {
            label,
            value,
            copied: None,
        }
    }

    /// The same, with a button that copies the value.
    #[must_use]
    pub fn with_copy(self) -> Self {
        let copied = match &self.value {
            Value::Text(text)
            | Value::Ltr(text)
            | Value::Script(_, _, text)
            | Value::Masked(text)
            | Value::WithNote(text, _)
            | Value::Coordinates(text, _) => Some(text.clone()),
            Value::Lines(lines) => Some(lines.join("\n")),
            Value::Badges(_) | Value::LocalTime(_) => None,
        };
        Self { copied, ..self }
    }
}

/// The cards, as they stand on the page.
#[component]
pub fn Cards(
    messages: &'static Messages,
    /// Where it is said what came of copying.
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
        scan,
    } = section;
    view! {
        <section class="card">
            <h2 class="card__title">
                <bdi lang=lang dir=lang.map(|_| "ltr")>{title}</bdi>
            </h2>
            <dl class="details">
                {rows.into_iter().map(|row| view! { <DescriptionRow messages toast row/> }).collect_view()}
            </dl>
            {scan.map(|scan| view! { <Barcodes messages scan/> })}
        </section>
    }
}

/// A label, its value, and what can be done with that.
#[component]
fn DescriptionRow(messages: &'static Messages, toast: Toast, row: Row) -> impl IntoView {
    let Row {
        label,
        value,
        copied,
    } = row;
    let shown = RwSignal::new(false);
    let masked = matches!(value, Value::Masked(_));
    let mut external_link = None;
    let texts = match value {
        Value::Text(text) => vec![view! { <ValueText text/> }],
        Value::Ltr(text) => vec![view! { <ValueText dir="ltr" text/> }],
        Value::Script(lang, dir, text) => vec![view! { <ValueText lang dir text/> }],
        Value::Masked(value) => {
            let hidden = mask(&value);
            let text = Signal::derive(move || {
                if shown.get() {
                    value.clone()
                } else {
                    hidden.clone()
                }
            });
            vec![view! { <ValueText class="masked" dir="ltr" text/> }]
        }
        Value::WithNote(text, remark) => vec![
            view! { <ValueText text/> },
            view! { <ValueText class="details__remark" text=remark/> },
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
                view! { <ValueText class text/> }
            })
            .collect(),
        Value::LocalTime(offset) => {
            vec![view! { <ValueText text=ticking_time(messages, offset)/> }]
        }
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
        <div class="details__row">
            <dt class="details__label">{label}</dt>
            <dd class="details__value">
                {texts}
                {masked
                    .then(|| {
                        view! { <ValueAction verb label on_click=move |()| shown.update(|shown| *shown = !*shown)/> }
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
    #[prop(into)] text: Signal<String>,
) -> impl IntoView {
    view! {
        <bdi class=class lang=lang dir=dir data-value="">
            {text}
        </bdi>
        " "
    }
}

/// A small button that does something with a value: a verb to see, and the label to hear.
#[component]
fn ValueAction(
    #[prop(into)] verb: Signal<&'static str>,
    label: &'static str,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="tool" on:click=move |_| on_click.run(())>
            {verb}
            <span class="visually-hidden">" " {label}</span>
        </button>
    }
}

/// A link to somewhere else, with a word about where it leads.
#[component]
fn ExternalLinkView(link: ExternalLink) -> impl IntoView {
    let target = link.new_tab.then_some("_blank");
    view! {
        <p class="out">
            <a class="link out__link" href=link.href target=target rel="noreferrer noopener">
                {link.text}
            </a>
            <span class="out__notice">{link.toast}</span>
        </p>
    }
}

/// The time there. It is looked at each second, so that it is right after a sleep, and written anew
/// when the minute is another.
fn ticking_time(messages: &'static Messages, offset: i16) -> Signal<String> {
    let minute = || (js_sys::Date::now() / 60_000.0).floor();
    let now = RwSignal::new(minute());
    let tick = set_interval_with_handle(
        move || {
            let new = minute();
            if now
                .try_get_untracked()
                .is_some_and(|old| (old - new).abs() > 0.5)
            {
                now.set(new);
            }
        },
        Duration::from_secs(1),
    );
    if let Ok(tick) = tick {
        on_cleanup(move || tick.clear());
    }
    Signal::derive(move || i18n::local_time(messages, now.get() * 60_000.0, offset))
}

/// Dots, and the last two characters where that gives little away.
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
    fn a_mask_keeps_the_length_and_at_most_the_last_two() {
        assert_eq!(mask("1012345672"), "••••••••72");
        assert_eq!(mask("12345"), "•••••");
        assert_eq!(mask(""), "");
    }

    #[test]
    fn an_address_is_copied_line_by_line() {
        let lines = vec!["88 Palestine Street".to_owned(), "Jeddah 23326".to_owned()];
        let row = Row::new("Address", Value::Lines(lines)).with_copy();
        assert_eq!(
            row.copied.as_deref(),
            Some("88 Palestine Street\nJeddah 23326")
        );
    }
}

//! Cards of labelled values: what a record page is made of. Values come from a server and are
//! text, never markup; each is isolated, so that no direction mark in it reorders the page.

use leptos::{either::EitherOf5, prelude::*};

use crate::{
    dynamic::{on, text},
    i18n::Words,
};

/// A card.
pub struct Section {
    /// Its heading.
    pub title: String,
    /// What stands in it; a card with nothing in it is not shown.
    pub rows: Vec<Row>,
}

/// A labelled value.
pub struct Row {
    label: &'static str,
    value: Value,
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
    Remark(String, &'static str),
}

impl Row {
    /// A labelled value.
    pub fn new(label: &'static str, value: Value) -> Self {
        Self { label, value }
    }
}

/// The cards, as they stand on the page.
pub fn sections(words: &'static Words, sections: Vec<Section>) -> impl IntoView {
    sections
        .into_iter()
        .filter(|section| !section.rows.is_empty())
        .map(|section| {
            let rows: Vec<_> = section
                .rows
                .into_iter()
                .map(|row| {
                    view! {
                        <div class="details__row">
                            <dt class="details__label">{row.label}</dt>
                            <dd class="details__value">{value(words, row.label, row.value)}</dd>
                        </div>
                    }
                })
                .collect();
            view! {
                <section class="card">
                    <h2 class="card__title">
                        <bdi>{section.title}</bdi>
                    </h2>
                    <dl class="details">{rows}</dl>
                </section>
            }
        })
        .collect::<Vec<_>>()
}

fn value(words: &'static Words, label: &'static str, value: Value) -> impl IntoView {
    match value {
        Value::Text(text) => EitherOf5::A(view! { <bdi>{text}</bdi> }),
        Value::Ltr(text) => EitherOf5::B(view! { <bdi dir="ltr">{text}</bdi> }),
        Value::Script(lang, dir, text) => EitherOf5::C(view! {
            <bdi lang=lang dir=dir>
                {text}
            </bdi>
        }),
        Value::Masked(text) => EitherOf5::D(view! { <Masked words label value=text/> }),
        Value::Remark(text, remark) => EitherOf5::E(view! {
            <bdi>{text}</bdi>
            <span class="details__remark">{remark}</span>
        }),
    }
}

/// A value that others on the bus should not read over a shoulder.
#[component]
fn Masked(words: &'static Words, label: &'static str, value: String) -> impl IntoView {
    let shown = RwSignal::new(false);
    let masked = mask(&value);
    view! {
        <bdi class="masked" dir="ltr">
            {text(move || if shown.get() { value.clone() } else { masked.clone() })}
        </bdi>
        <button
            type="button"
            class="masked__toggle"
            on:click=on(move |_: leptos::ev::MouseEvent| shown.update(|shown| *shown = !*shown))
        >
            {text(move || if shown.get() { (words.record().hide)(label) } else { (words.record().show)(label) })}
        </button>
    }
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
}

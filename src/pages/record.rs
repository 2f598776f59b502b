//! What the record pages share: cards of rows, of which only those with a value appear.

use contract::personal::Personal;
use leptos::prelude::*;

use super::title;
use crate::{
    dynamic::Anew,
    i18n::{Pick, Words},
    portal::Portal,
    session::Person,
    ui::{Heading, Row, Section, Value, sections},
};

/// A page of cards made from the session. It follows the language, and is empty in the moment
/// between sign-out and the sign-in page.
pub(super) fn record(
    portal: Portal,
    heading: Pick,
    read: fn(&Person, &'static Words, Portal) -> Vec<Section>,
    nothing: Pick,
) -> impl IntoView {
    let lang = portal.lang;
    title(portal, heading, || false);
    view! {
        <div class="record">
            <Heading lang text=heading/>
            {move || {
                let words = lang.words();
                let cards = portal.session.with(|session| {
                    session
                        .person()
                        .map(|person| read(person, words, portal))
                        .unwrap_or_default()
                });
                let empty = cards.iter().all(|card| card.rows.is_empty());
                Anew(
                    view! {
                        {empty.then(|| view! { <p class="record__empty">{nothing(words)}</p> })}
                        {sections(words, cards)}
                    },
                )
            }}
        </div>
    }
}

/// Rows in the making. A value that is absent leaves no row, no dash and no "null".
#[derive(Default)]
pub(super) struct Rows(Vec<Row>);

impl Rows {
    /// Adds a row whatever it holds.
    pub(super) fn add(&mut self, label: &'static str, value: Value) -> &mut Self {
        self.0.push(Row::new(label, value));
        self
    }

    /// Text whose own letters decide its direction.
    pub(super) fn text(&mut self, label: &'static str, value: Option<&Personal>) -> &mut Self {
        self.put(label, value, Value::Text)
    }

    /// Numbers and codes: left to right in every language.
    pub(super) fn ltr(&mut self, label: &'static str, value: Option<&Personal>) -> &mut Self {
        self.put(label, value, Value::Ltr)
    }

    /// What is hidden until asked for.
    pub(super) fn masked(&mut self, label: &'static str, value: Option<&Personal>) -> &mut Self {
        self.put(label, value, Value::Masked)
    }

    /// Yes or no.
    pub(super) fn flag(
        &mut self,
        words: &'static Words,
        label: &'static str,
        value: Option<bool>,
    ) -> &mut Self {
        if let Some(value) = value {
            let answer = if value {
                words.record().yes
            } else {
                words.record().no
            };
            self.add(label, Value::Text(answer.to_owned()));
        }
        self
    }

    fn put(
        &mut self,
        label: &'static str,
        value: Option<&Personal>,
        show: fn(String) -> Value,
    ) -> &mut Self {
        if let Some(value) = value {
            self.add(label, show(value.as_str().to_owned()));
        }
        self
    }

    /// The card they make.
    pub(super) fn section(self, title: &str) -> Section {
        Section {
            title: title.to_owned(),
            rows: self.0,
        }
    }
}

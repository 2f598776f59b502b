//! What the record pages share: cards of rows, of which only those with a value appear.

use contract::{date::parse_moment, personal::Personal};
use leptos::prelude::*;

use super::title::title;
use crate::{
    i18n::{self, MessageKey, Messages},
    state::AppState,
    store::Person,
    ui::{Badge, Cards, Heading, PageActions, Row, Section, Toast, ToastRegion, Tone, Value},
};

/// What stands on a page.
#[derive(Default)]
pub(super) struct RecordContent {
    /// Said above the cards, or instead of them.
    pub(super) message: Option<&'static str>,
    /// The cards, empty ones too.
    pub(super) cards: Vec<Section>,
}

/// A page of cards made from the session. It follows the language, and is empty in the moment
/// between sign-out and the sign-in page.
#[component]
pub(super) fn Record(
    state: &'static AppState,
    heading: MessageKey,
    /// The name of the page as a file.
    file: &'static str,
    read: fn(&Person, &'static Messages, &'static AppState) -> RecordContent,
) -> impl IntoView {
    let locale = state.locale;
    let toast = Toast::new();
    title(state, heading, || false);
    view! {
        <div class="record">
            <Heading locale text=heading/>
            {move || {
                let messages = locale.messages();
                let RecordContent { message, cards } = state.session.with(|session| {
                    session
                        .person()
                        .map(|person| read(person, messages, state))
                        .unwrap_or_default()
                });
                let tools = cards
                    .iter()
                    .any(|card| !card.rows.is_empty())
                    .then(|| view! { <PageActions locale file/> });
                view! {
                    {message.map(|message| view! { <p class="record__remark">{message}</p> })}
                    <Cards messages toast sections=cards/>
                    {tools}
                }
            }}
            <ToastRegion locale toast/>
        </div>
    }
}

/// Builds the view of a record that has one of each kind of value, and drops it: what the browser compiles
/// for it is there when the answer comes.
pub fn rehearse(messages: &'static Messages) {
    Owner::new().with(|| {
        let mut rows = Rows::default();
        let value = Personal::from("0");
        rows.text("", Some(&value)).copied("", Some(&value));
        rows.masked("", Some(&value)).lines("", vec![String::new()]);
        let sections = vec![rows.section("")];
        drop(view! { <Cards messages toast=Toast::new() sections/> }.build());
    });
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

    /// The same, for what people pass on: with a button that copies it.
    pub(super) fn copied(&mut self, label: &'static str, value: Option<&Personal>) -> &mut Self {
        self.put(label, value, Value::Ltr).with_copy(value)
    }

    /// A moment, in the page's words where it can be read and else as it came.
    pub(super) fn moment(
        &mut self,
        messages: &'static Messages,
        label: &'static str,
        value: Option<&Personal>,
    ) -> &mut Self {
        match value.and_then(|value| parse_moment(value.as_str())) {
            Some(moment) => self.add(label, Value::Text(i18n::instant(messages, moment))),
            None => self.text(label, value),
        }
    }

    /// A word that the service writes in English, in the page's language where it is known.
    pub(super) fn word(
        &mut self,
        label: &'static str,
        value: Option<&Personal>,
        known: [(&str, &'static str); 2],
    ) -> &mut Self {
        let said = value.and_then(|value| {
            let is = |(word, _): &&(&str, _)| value.as_str().eq_ignore_ascii_case(word);
            known.iter().find(is)
        });
        match said {
            Some((_, said)) => self.add(label, Value::Text((*said).to_owned())),
            None => self.text(label, value),
        }
    }

    /// What is hidden until asked for; it can be copied hidden.
    pub(super) fn masked(&mut self, label: &'static str, value: Option<&Personal>) -> &mut Self {
        self.put(label, value, Value::Masked).with_copy(value)
    }

    /// Text in lines, with a button that copies them; nothing without a line.
    pub(super) fn lines(&mut self, label: &'static str, lines: Vec<String>) -> &mut Self {
        if !lines.is_empty() {
            self.0
                .push(Row::new(label, Value::Lines(lines)).with_copy());
        }
        self
    }

    /// States, of which those that nobody has told are left out.
    pub(super) fn badges(
        &mut self,
        label: &'static str,
        states: impl IntoIterator<Item = (Option<bool>, [&'static str; 2], [Tone; 2])>,
    ) -> &mut Self {
        let badges: Vec<_> = states
            .into_iter()
            .filter_map(|(state, [no, yes], [if_not, if_so])| {
                Some(if state? {
                    Badge {
                        text: yes,
                        tone: if_so,
                    }
                } else {
                    Badge {
                        text: no,
                        tone: if_not,
                    }
                })
            })
            .collect();
        if !badges.is_empty() {
            self.add(label, Value::Badges(badges));
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

    /// Lets the last row be copied, if there was a value for one.
    fn with_copy(&mut self, value: Option<&Personal>) -> &mut Self {
        if value.is_some()
            && let Some(row) = self.0.pop()
        {
            self.0.push(row.with_copy());
        }
        self
    }

    /// The card they make.
    pub(super) fn section(self, title: &str) -> Section {
        Section {
            title: title.to_owned(),
            rows: self.0,
            ..Section::default()
        }
    }
}

//! The layout of record pages: cards with rows, of which only those with a value appear.

use contract::{
    date::{is_unknown, parse_moment},
    personal::Personal,
};
use leptos::prelude::*;

use super::{document_title::set_title, onward::Onward};
use crate::{
    i18n::{self, MessageKey, Messages},
    state::AppState,
    store::Person,
    ui::{
        Badge, Cards, Heading, HelpPhone, PageActions, Row, Section, Toast, ToastRegion, Tone,
        Value,
    },
};

/// Content of a record page.
#[derive(Default)]
pub(super) struct RecordContent {
    /// Message above the cards, or in place of them.
    pub(super) message: Option<&'static str>,
    /// The cards, empty ones included.
    pub(super) cards: Vec<Section>,
}

/// A page of cards made from the session's record. Empty in the moment between sign-out and the sign-in
/// page.
#[component]
pub(super) fn RecordPage(
    state: &'static AppState,
    heading: MessageKey,
    /// File name of the download.
    file: &'static str,
    read: fn(&Person, &'static Messages, &'static AppState) -> RecordContent,
    /// True for the page after sign-in of an audience, and a staff member's profile: it has the onward links.
    #[prop(optional)]
    onward: bool,
) -> impl IntoView {
    let locale = state.locale;
    let toast = Toast::new();
    set_title(state, heading, || false);
    view! {
        <div class="record">
            <Heading locale text=heading/>
            <Onward state shown=onward/>
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
                    {message
                        .map(|message| {
                            view! {
                                <p class="record__message">{message}</p>
                                <HelpPhone locale phone=state.help_phone()/>
                            }
                        })}
                    <Cards messages toast sections=cards/>
                    {tools}
                }
            }}
            <ToastRegion locale toast/>
        </div>
    }
}

/// Builds and drops a record with one value of each kind, so that the browser has compiled this code
/// before the response arrives.
pub fn warm_up(messages: &'static Messages) {
    Owner::new().with(|| {
        let mut rows = Rows::default();
        let value = Personal::from("0");
        rows.text("", Some(&value)).copied("", Some(&value));
        rows.masked("", Some(&value)).lines("", vec![String::new()]);
        let sections = vec![rows.section("")];
        drop(view! { <Cards messages toast=Toast::new() sections/> }.build());
    });
}

/// A builder of rows. A value that is absent leaves no row, no dash and no "null".
#[derive(Default)]
pub(super) struct Rows(Vec<Row>);

impl Rows {
    /// Adds a row.
    pub(super) fn add(&mut self, label: &'static str, value: Value) -> &mut Self {
        self.0.push(Row::new(label, value));
        self
    }

    /// Text in the direction of its own letters.
    pub(super) fn text(&mut self, label: &'static str, value: Option<&Personal>) -> &mut Self {
        self.put(label, value, Value::Text)
    }

    /// Numbers and codes: left to right in every language.
    pub(super) fn ltr(&mut self, label: &'static str, value: Option<&Personal>) -> &mut Self {
        self.put(label, value, Value::Ltr)
    }

    /// Numbers and codes with a copy button.
    pub(super) fn copied(&mut self, label: &'static str, value: Option<&Personal>) -> &mut Self {
        self.put(label, value, Value::Ltr).with_copy(value)
    }

    /// A moment in the page's language, or as it came where it cannot be parsed; nothing for one that is not known.
    pub(super) fn moment(
        &mut self,
        messages: &'static Messages,
        label: &'static str,
        value: Option<&Personal>,
    ) -> &mut Self {
        match value.and_then(|value| parse_moment(value.as_str())) {
            Some(moment) => self.add(label, Value::Words(i18n::instant(messages, moment))),
            None => self.text(label, value.filter(|value| !is_unknown(value.as_str()))),
        }
    }

    /// An English word of the service, translated where it is known.
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
            Some((_, said)) => self.add(label, Value::Words((*said).to_owned())),
            None => self.text(label, value),
        }
    }

    /// A value that is masked until the person shows it; it can be copied masked.
    pub(super) fn masked(&mut self, label: &'static str, value: Option<&Personal>) -> &mut Self {
        self.put(label, value, Value::Masked).with_copy(value)
    }

    /// Text in lines, with a copy button.
    pub(super) fn lines(&mut self, label: &'static str, lines: Vec<String>) -> &mut Self {
        if !lines.is_empty() {
            self.0
                .push(Row::new(label, Value::Lines(lines)).with_copy());
        }
        self
    }

    /// States as badges; unknown ones are left out.
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

    /// Adds a copy button to the last row, if there was a value for one.
    fn with_copy(&mut self, value: Option<&Personal>) -> &mut Self {
        if value.is_some()
            && let Some(row) = self.0.pop()
        {
            self.0.push(row.with_copy());
        }
        self
    }

    /// The card with these rows.
    pub(super) fn section(self, title: &str) -> Section {
        Section {
            title: title.to_owned(),
            rows: self.0,
            ..Section::default()
        }
    }
}

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
    store::{Person, PersonName},
    ui::{
        Badge, Cards, Heading, HelpPhone, Layout, PrintButton, Row, Section, SectionKind, Support,
        Toast, ToastRegion, Tone, Value,
    },
};

/// Content of a record page.
#[derive(Default)]
pub(super) struct RecordContent {
    /// Message above the cards, or in place of them.
    pub(super) message: Option<&'static str>,
    /// The card that says whose page it is.
    pub(super) identity: Option<Section>,
    /// Heading of the cards, where they are of one kind.
    pub(super) title: Option<&'static str>,
    /// The cards, empty ones included.
    pub(super) cards: Vec<Section>,
    /// The cards of "Details for support".
    pub(super) support: Vec<Section>,
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
    set_title(state, heading, None);
    let content = move |messages| {
        state.session.with(|session| {
            session
                .person()
                .map(|person| read(person, messages, state))
                .unwrap_or_default()
        })
    };
    view! {
        <div class="record">
            <Heading locale text=heading/>
            {move || {
                let sections = content(locale.messages()).identity.into_iter().collect();
                view! { <Cards messages=locale.messages() toast sections/> }
            }}
            <Onward state shown=onward/>
            {move || {
                let messages = locale.messages();
                let RecordContent { message, identity, title, cards, support } = content(messages);
                let has_cards = cards.iter().any(Section::is_shown);
                let has_content = has_cards || identity.is_some_and(|it| it.rows.len() > 1);
                view! {
                    {message
                        .map(|message| {
                            view! {
                                <p class="record__message">{message}</p>
                                <HelpPhone locale phone=state.help_phone()/>
                            }
                        })}
                    <h2 class="cards__title" hidden=title.is_none()>{title}</h2>
                    <div class="cards" class:cards--small=title.is_some() hidden=!has_cards>
                        <Cards messages toast sections=cards/>
                    </div>
                    <div class="tools" hidden=!has_content>
                        <PrintButton locale/>
                        <Support messages locale toast file sections=support/>
                    </div>
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
        rows.text("", Some(&value))
            .copied("", Some(&value), Layout::Large);
        rows.masked("", Some(&value)).lines("", vec![String::new()]);
        let sections = vec![rows.section("")];
        drop(view! { <Cards messages toast=Toast::new() sections/> }.build());
    });
}

/// A state: texts and colours of "no" and "yes".
pub(super) type State = (Option<bool>, [&'static str; 2], [Tone; 2]);

/// A builder of rows. A value that is absent leaves no row, no dash and no "null".
#[derive(Default)]
pub(super) struct Rows(Vec<Row>);

impl Rows {
    /// Adds a value with its label, as a cell.
    pub(super) fn add(&mut self, label: &'static str, value: Value) -> &mut Self {
        self.row(Row::new(label, value))
    }

    /// Adds a row.
    pub(super) fn row(&mut self, row: Row) -> &mut Self {
        self.0.push(row);
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
    pub(super) fn copied(
        &mut self,
        label: &'static str,
        value: Option<&Personal>,
        layout: Layout,
    ) -> &mut Self {
        self.copyable(label, value, Value::Ltr, layout)
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

    /// A country in the page's language, or its text as it came where that is to be shown; see [`i18n::country_in`].
    pub(super) fn country(
        &mut self,
        messages: &'static Messages,
        label: &'static str,
        text: Option<&Personal>,
        code: Option<&Personal>,
    ) -> &mut Self {
        let [name, code] = [text, code].map(|it| it.map(Personal::as_str));
        match i18n::country_in(messages, name, code) {
            Some(name) => self.add(label, Value::Words(name)),
            None => self.text(label, text),
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
        self.copyable(label, value, Value::Masked, Layout::Wide)
    }

    /// Text in lines, with a copy button.
    pub(super) fn lines(&mut self, label: &'static str, lines: Vec<String>) -> &mut Self {
        if !lines.is_empty() {
            self.row(
                Row::new(label, Value::Lines(lines))
                    .with_copy()
                    .laid_out(Layout::Bare),
            );
        }
        self
    }

    /// Texts below each other under one label.
    pub(super) fn list<'a>(
        &mut self,
        label: &'static str,
        values: impl Iterator<Item = &'a Personal>,
    ) -> &mut Self {
        let values: Vec<_> = values.map(|value| value.as_str().to_owned()).collect();
        if !values.is_empty() {
            self.add(label, Value::Lines(values));
        }
        self
    }

    /// States as badges; unknown ones are left out.
    pub(super) fn badges(
        &mut self,
        label: &'static str,
        layout: Layout,
        states: &[State],
    ) -> &mut Self {
        let badge = |&(state, texts, tones): &State| {
            let at = usize::from(state?);
            Some(Badge {
                text: texts.get(at)?,
                tone: *tones.get(at)?,
            })
        };
        let badges: Vec<_> = states.iter().filter_map(badge).collect();
        if !badges.is_empty() {
            self.row(Row::new(label, Value::Badges(badges)).laid_out(layout));
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

    fn copyable(
        &mut self,
        label: &'static str,
        value: Option<&Personal>,
        show: fn(String) -> Value,
        layout: Layout,
    ) -> &mut Self {
        if let Some(value) = value {
            let row = Row::new(label, show(value.as_str().to_owned()));
            self.row(row.with_copy().laid_out(layout));
        }
        self
    }

    /// The card in the brand's colour that says whose page it is.
    pub(super) fn identity(self, title: &'static str, name: &PersonName) -> Section {
        Section {
            kind: SectionKind::Identity,
            initials: name.initials.clone(),
            ..self.section(title)
        }
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

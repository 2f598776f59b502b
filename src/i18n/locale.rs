//! The language of the page.

use std::borrow::Cow;

use ::config::Label;
use leptos::prelude::*;

use super::{
    message::Message,
    messages::{MessageKey, Messages},
};
use crate::platform::unsubscribe_on_cleanup;

/// Sets `<html lang dir>`.
pub fn set_document_language(messages: &Messages) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("lang", messages.code);
        let _ = html.set_attribute("dir", messages.dir);
    }
}

/// The language of the page, in a signal. Switching it updates texts in place, so that what is typed stays.
#[derive(Clone, Copy)]
pub struct Locale(RwSignal<&'static Messages>);

impl Locale {
    /// A page in this language.
    pub fn new(messages: &'static Messages) -> Self {
        Self(RwSignal::new(messages))
    }

    /// Table of the language. Tracks it.
    pub fn messages(self) -> &'static Messages {
        unsubscribe_on_cleanup(self.0).get()
    }

    /// Table of the language, without tracking it.
    pub fn messages_now(self) -> &'static Messages {
        self.0.get_untracked()
    }

    /// Switches to another language.
    pub fn switch(self, messages: &'static Messages) {
        self.0.set(messages);
    }

    /// Text for a view: a signal, so that the elements around it are compiled once for all texts.
    pub fn text(self, key: MessageKey) -> Signal<&'static str> {
        Signal::derive(move || self.get(key))
    }

    /// Text of the configuration for a view.
    pub fn label(self, label: &'static Label) -> Signal<String> {
        Signal::derive(move || label.text_in(self.messages().code).to_owned())
    }

    /// Text in the language. Tracks it.
    pub fn get(self, key: MessageKey) -> &'static str {
        key(self.messages())
    }

    /// Message in the language, or an empty text. Tracks it.
    pub fn format(self, message: Option<Message>) -> Cow<'static, str> {
        message.map_or(Cow::Borrowed(""), |message| message.text(self.messages()))
    }
}

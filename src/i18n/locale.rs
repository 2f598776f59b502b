//! The language of the page: one signal, and what `<html>` says of it.

use std::borrow::Cow;

use leptos::prelude::*;

use super::messages::{Message, MessageKey, Messages};
use crate::platform::unsubscribe_on_cleanup;

/// Puts `<html lang dir>` in the page's language.
pub fn set_document_language(messages: &Messages) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("lang", messages.code);
        let _ = html.set_attribute("dir", messages.dir);
    }
}

/// The language of the page: a signal that every sentence follows, so that switching it
/// re-creates nothing and what is typed stays.
#[derive(Clone, Copy)]
pub struct Locale(RwSignal<&'static Messages>);

impl Locale {
    /// A page in this language.
    pub fn new(messages: &'static Messages) -> Self {
        Self(RwSignal::new(messages))
    }

    /// The table of the language in use; follows a switch.
    pub fn messages(self) -> &'static Messages {
        unsubscribe_on_cleanup(self.0).get()
    }

    /// The table of the language in use, without following a switch.
    pub fn messages_now(self) -> &'static Messages {
        self.0.get_untracked()
    }

    /// Speaks another language from here on.
    pub fn switch(self, messages: &'static Messages) {
        self.0.set(messages);
    }

    /// A sentence for a view: a signal, so that the elements around it are compiled once for all.
    pub fn text(self, key: MessageKey) -> Signal<&'static str> {
        Signal::derive(move || self.get(key))
    }

    /// A sentence in the language in use; follows a switch.
    pub fn get(self, key: MessageKey) -> &'static str {
        key(self.messages())
    }

    /// A message in the language in use, or nothing; follows a switch.
    pub fn format(self, message: Option<Message>) -> Cow<'static, str> {
        message.map_or(Cow::Borrowed(""), |message| message.text(self.messages()))
    }
}

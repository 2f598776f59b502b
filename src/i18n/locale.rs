//! The language of the page: one signal, and what `<html>` says of it.

use std::borrow::Cow;

use leptos::prelude::*;

use super::messages::{Message, Pick, Words};
use crate::platform::follow;

/// Puts `<html lang dir>` in the page's language.
pub fn mark_page(words: &Words) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("lang", words.code);
        let _ = html.set_attribute("dir", words.dir);
    }
}

/// The language of the page: a signal that every sentence follows, so that switching it
/// re-creates nothing and what is typed stays.
#[derive(Clone, Copy)]
pub struct Language(RwSignal<&'static Words>);

impl Language {
    /// A page in this language.
    pub fn new(words: &'static Words) -> Self {
        Self(RwSignal::new(words))
    }

    /// The table of the language in use; follows a switch.
    pub fn words(self) -> &'static Words {
        follow(self.0).get()
    }

    /// The table of the language in use, without following a switch.
    pub fn words_now(self) -> &'static Words {
        self.0.get_untracked()
    }

    /// Speaks another language from here on.
    pub fn switch(self, words: &'static Words) {
        self.0.set(words);
    }

    /// A sentence for a view: a signal, so that the elements around it are compiled once for all.
    pub fn text(self, pick: Pick) -> Signal<&'static str> {
        Signal::derive(move || self.say(pick))
    }

    /// A sentence in the language in use; follows a switch.
    pub fn say(self, pick: Pick) -> &'static str {
        pick(self.words())
    }

    /// A message in the language in use, or nothing; follows a switch.
    pub fn tell(self, message: Option<Message>) -> Cow<'static, str> {
        message.map_or(Cow::Borrowed(""), |message| message.say(self.words()))
    }
}

//! The portal's languages. [`Words`] is the table's type: every sentence is one field, so a
//! language that lacks one does not compile. A further language is one file with one [`Words`] and
//! one line in [`ALL`].

mod ar;
mod en;
mod format;
#[cfg(all(test, not(target_family = "wasm")))]
#[allow(clippy::expect_used, reason = "a test")]
mod pseudo;
mod words;

use std::borrow::Cow;

use leptos::prelude::*;

use crate::config;
use crate::platform::follow;

pub use format::{
    age, calendar_date, clock, computed_hijri_date, country_name, hijri_date, instant, number,
    warm_up,
};
pub use words::{Message, Pick, Words};

/// Every language there is.
pub static ALL: [&Words; 2] = [&en::WORDS, &ar::WORDS];

/// The language where nothing says which.
pub static FALLBACK: &Words = &en::WORDS;

/// What a language of the configuration says.
pub fn words(language: config::Language) -> &'static Words {
    match language {
        config::Language::En => &en::WORDS,
        config::Language::Ar => &ar::WORDS,
    }
}

/// The language with this BCP 47 tag, by its primary subtag: `ar-SA` is `ar`.
pub fn find(tag: &str) -> Option<&'static Words> {
    config::Language::find(tag).map(words)
}

/// A text's ASCII digits in the language's own.
pub fn digits(words: &Words, text: &str) -> String {
    let own = |digit: char| {
        let value = digit.to_digit(10)?;
        char::from_u32(u32::from(words.nought) + value)
    };
    text.chars().map(|c| own(c).unwrap_or(c)).collect()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_primary_subtag() {
        assert_eq!(find("ar-SA").map(|words| words.code), Some("ar"));
        assert_eq!(find("EN").map(|words| words.code), Some("en"));
        assert!(find("fr").is_none());
        assert!(find("").is_none());
    }
}

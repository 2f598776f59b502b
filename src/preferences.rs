//! What the browser remembers of a person's wishes: language and theme, and nothing else, ever.

use ::config::Language;
use leptos::prelude::*;

use crate::i18n::{self, Messages};

const LANGUAGE: &str = "language";
const THEME: &str = "theme";

/// How the page looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// As in `<html data-theme>` and in storage.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }

    /// The person's choice, else what the system is set to.
    pub fn preferred() -> Self {
        let chosen = read(THEME);
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| chosen.as_deref() == Some(theme.name()))
            .unwrap_or_else(|| {
                let dark = window().match_media("(prefers-color-scheme: dark)");
                if matches!(dark, Ok(Some(query)) if query.matches()) {
                    Self::Dark
                } else {
                    Self::Light
                }
            })
    }

    /// Remembers the choice.
    pub fn remember(self) {
        write(THEME, self.name());
    }
}

/// The language to start in: the person's choice, else the first of the browser's languages that
/// the portal offers, else the portal's first.
pub fn preferred_language(offered: &[Language]) -> &'static Messages {
    let wanted = read(LANGUAGE).into_iter().chain(
        window()
            .navigator()
            .languages()
            .into_iter()
            .filter_map(|tag| tag.as_string()),
    );
    choose_language(wanted, offered)
}

fn choose_language(
    wanted: impl Iterator<Item = String>,
    offered: &[Language],
) -> &'static Messages {
    wanted
        .filter_map(|tag| Language::find(&tag))
        .find(|language| offered.contains(language))
        .or(offered.first().copied())
        .map_or(i18n::FALLBACK, i18n::of)
}

/// Remembers the choice of language.
pub fn remember_language(messages: &Messages) {
    write(LANGUAGE, messages.code);
}

// Storage can be switched off or full; the portal works the same, it only forgets.

fn read(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

fn write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

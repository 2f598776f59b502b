//! Language and theme, in `localStorage`. The portal stores nothing else.

use ::config::{Config, Digits, Language};
use leptos::prelude::*;

use crate::i18n::{self, Messages};

const LANGUAGE: &str = "language";
const THEME: &str = "theme";

/// Colour theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

impl Theme {
    /// Name in `<html data-theme>` and in storage.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The opposite theme.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }

    /// The stored choice, else the system's setting.
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

    /// Stores the choice.
    pub fn remember(self) {
        write(THEME, self.name());
    }
}

/// The language to start in: the stored choice, else the first of the browser's languages that is
/// offered, else the first that is offered.
pub fn preferred_language(config: &Config) -> &'static Messages {
    let wanted = read(LANGUAGE).into_iter().chain(
        window()
            .navigator()
            .languages()
            .into_iter()
            .filter_map(|tag| tag.as_string()),
    );
    choose_language(wanted, &config.languages, config.digits)
}

fn choose_language(
    wanted: impl Iterator<Item = String>,
    offered: &[Language],
    digits: Digits,
) -> &'static Messages {
    wanted
        .filter_map(|tag| Language::find(&tag))
        .find(|language| offered.contains(language))
        .or(offered.first().copied())
        .map_or(i18n::FALLBACK, |language| i18n::of(language, digits))
}

/// Stores the choice of a language.
pub fn remember_language(messages: &Messages) {
    write(LANGUAGE, messages.code);
}

// Storage can be disabled or full; the choice is then lost with the page.

fn read(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

fn write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

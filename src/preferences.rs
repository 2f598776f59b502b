//! Language and theme, in `localStorage`. The portal stores nothing else.

use ::config::{Config, Language};
use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{
    i18n::{self, Messages},
    router::Audience,
};

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

/// The language to start in: the one that the address `asked` for, else the stored choice, else the first of the
/// browser's languages that is offered, else the audience's, else the first that is offered. The one asked for
/// is stored where it is another than without it.
pub fn initial_language(config: &Config, audience: Audience, asked: &str) -> &'static Messages {
    // Some web views have no list.
    let browser = Reflect::get(&window().navigator(), &"languages".into())
        .ok()
        .and_then(|list| list.dyn_into::<Array>().ok())
        .unwrap_or_default();
    let browser = browser.into_iter().filter_map(|tag| tag.as_string());
    let preferred = preferred_language(config, audience, read(LANGUAGE).into_iter().chain(browser));
    let language = asked_language(config, asked).or(preferred);
    let messages = language.map_or(i18n::FALLBACK, |it| i18n::of(it, config.digits));
    if language != preferred {
        remember_language(messages);
    }
    messages
}

/// The language of `?lang=`: exactly the code of a language that is offered, as the gateways read it.
fn asked_language(config: &Config, code: &str) -> Option<Language> {
    let mut offered = config.languages.iter().copied();
    offered.find(|language| language.tag() == code)
}

/// The language without `?lang=`: the first of the tags that is offered, else the default.
fn preferred_language(
    config: &Config,
    audience: Audience,
    mut tags: impl Iterator<Item = String>,
) -> Option<Language> {
    let default = match audience {
        Audience::Patient => config.patient.language,
        Audience::Staff => config.staff.language,
    };
    tags.find_map(|tag| Language::find(&tag).filter(|it| config.languages.contains(it)))
        .or(default)
        .or(config.languages.first().copied())
}

/// Stores the choice of a language.
pub fn remember_language(messages: &Messages) {
    write(LANGUAGE, messages.code);
}

/// Removes both choices, so that the next person on a shared device gets the portal's own.
pub fn forget() {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(LANGUAGE);
        let _ = storage.remove_item(THEME);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn config(json: &str) -> Config {
        Config::parse(json.as_bytes()).unwrap_or_default()
    }

    #[test]
    fn language_is_the_first_offered_tag_then_the_audience_s_then_the_first_offered() {
        use Audience::{Patient, Staff};
        use Language::{Ar, En};
        let audiences = r#"{"patient":{"language":"ar"}}"#;
        for (json, audience, tags, language) in [
            ("{}", Patient, &["ar", "en"][..], Ar),
            ("{}", Patient, &["fr", "en-GB", "ar"], En),
            ("{}", Patient, &["fr"], En),
            (audiences, Patient, &["fr"], Ar),
            (audiences, Patient, &["fr", "en"], En),
            (audiences, Staff, &["fr"], En),
            (r#"{"languages":["ar"]}"#, Staff, &["en"], Ar),
            (r#"{"languages":["ar","en"]}"#, Staff, &[], Ar),
        ] {
            let tags = tags.iter().map(|tag| (*tag).to_owned());
            let preferred = preferred_language(&config(json), audience, tags);
            assert_eq!(preferred, Some(language), "{json}");
        }
    }

    #[test]
    fn language_asked_for_is_exactly_a_code_that_is_offered() {
        let asked = |json, code| asked_language(&config(json), code);
        assert_eq!(asked("{}", "ar"), Some(Language::Ar));
        for code in ["", "AR", "ar-SA", "fr", "../x"] {
            assert_eq!(asked("{}", code), None, "{code}");
        }
        assert_eq!(asked(r#"{"languages":["en"]}"#, "ar"), None);
    }
}

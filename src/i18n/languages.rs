//! The languages of the portal.

use ::config::Language;

use super::{ar, en, messages::Messages};

/// Tables of all languages.
pub static ALL: [&Messages; 2] = [&en::MESSAGES, &ar::MESSAGES];

/// Table in use without a preference.
pub static FALLBACK: &Messages = &en::MESSAGES;

/// Table of a language of the configuration.
pub fn of(language: Language) -> &'static Messages {
    match language {
        Language::En => &en::MESSAGES,
        Language::Ar => &ar::MESSAGES,
    }
}

/// Table of a BCP 47 tag, by its primary subtag: `ar-SA` is `ar`.
pub fn find(tag: &str) -> Option<&'static Messages> {
    Language::find(tag).map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_matches_the_primary_subtag_of_a_language_tag() {
        assert_eq!(find("ar-SA").map(|messages| messages.code), Some("ar"));
        assert_eq!(find("EN").map(|messages| messages.code), Some("en"));
        assert!(find("fr").is_none());
        assert!(find("").is_none());
    }
}

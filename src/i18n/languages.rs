//! The languages that the portal has a table for.

use ::config::Language;

use super::{ar, en, messages::Words};

/// Every language there is.
pub static ALL: [&Words; 2] = [&en::WORDS, &ar::WORDS];

/// The language where nothing says which.
pub static FALLBACK: &Words = &en::WORDS;

/// What a language of the configuration says.
pub fn of(language: Language) -> &'static Words {
    match language {
        Language::En => &en::WORDS,
        Language::Ar => &ar::WORDS,
    }
}

/// The language with this BCP 47 tag, by its primary subtag: `ar-SA` is `ar`.
pub fn find(tag: &str) -> Option<&'static Words> {
    Language::find(tag).map(of)
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

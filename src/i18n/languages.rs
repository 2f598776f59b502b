//! The languages of the portal.

use ::config::{Digits, Language};

use super::messages::Messages;

macro_rules! tables {
    ($($language:ident $table:ident,)*) => {
        /// Tables of all languages.
        pub static ALL: &[&Messages] = &[$(&super::$table::MESSAGES),*];

        /// Table of a language of the configuration, with the digits of its numbers.
        pub fn of(language: Language, digits: Digits) -> &'static Messages {
            match language {
                $(Language::$language => super::$table::messages(digits),)*
            }
        }
    };
}

::config::languages!(tables);

/// Table in use without a preference.
pub static FALLBACK: &Messages = &super::en::MESSAGES;

/// Table of a BCP 47 tag, by its primary subtag: `ar-SA` is `ar`. Its numbers have Latin digits.
pub fn find(tag: &str) -> Option<&'static Messages> {
    Language::find(tag).map(|language| of(language, Digits::Latn))
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

    #[test]
    fn every_table_is_registered_under_its_own_tag() {
        assert_eq!(ALL.len(), Language::ALL.len());
        for language in Language::ALL {
            for digits in [Digits::Latn, Digits::Arab] {
                assert_eq!(of(*language, digits).code, language.tag());
            }
        }
    }

    #[test]
    fn digits_of_the_configuration_change_the_numbers_of_arabic_only() {
        let zero = |language, digits| of(language, digits).zero;
        assert_eq!(zero(Language::Ar, Digits::Latn), '0');
        assert_eq!(zero(Language::Ar, Digits::Arab), '٠');
        assert_eq!(zero(Language::En, Digits::Arab), '0');
    }
}

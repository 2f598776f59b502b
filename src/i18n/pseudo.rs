//! A language nobody speaks, made of English with every sentence marked: whatever is shown without
//! a mark does not come from the table. And the proof that every sentence of the table is used.

use std::{fs, path::Path};

use contract::staff::KnownRole;

use super::{Words, ar, en};

/// What stands in a field of a table.
pub(super) trait Mark: Copy {
    /// It marked, so that it can be told from text that is written into the code.
    fn marked(self) -> Self;

    /// What it says.
    fn says(self) -> Vec<String>;
}

impl Mark for &'static str {
    fn marked(self) -> Self {
        Box::leak(["⟦", self, "⟧"].concat().into_boxed_str())
    }
    fn says(self) -> Vec<String> {
        vec![self.to_owned()]
    }
}

// A pair, of which one is said.
impl Mark for [&'static str; 2] {
    fn marked(self) -> Self {
        self.map(Mark::marked)
    }
    fn says(self) -> Vec<String> {
        self.map(str::to_owned).into()
    }
}

impl Mark for char {
    fn marked(self) -> Self {
        self
    }
    fn says(self) -> Vec<String> {
        Vec::new()
    }
}

// Sentences with something in them stay English here.
impl Mark for fn(u32) -> String {
    fn marked(self) -> Self {
        self
    }
    fn says(self) -> Vec<String> {
        [0, 1, 2, 3, 10, 11, 59, 60, 61, 100, 102, 7_200, u32::MAX]
            .map(self)
            .into()
    }
}
impl Mark for fn(KnownRole) -> &'static str {
    fn marked(self) -> Self {
        self
    }
    fn says(self) -> Vec<String> {
        let roles = KnownRole::ALL.iter();
        roles.map(|(_, role)| self(*role).to_owned()).collect()
    }
}
impl Mark for fn(&str) -> String {
    fn marked(self) -> Self {
        self
    }
    fn says(self) -> Vec<String> {
        vec![self("")]
    }
}

fn pseudo() -> &'static Words {
    Box::leak(Box::new(Words {
        code: "xx",
        dir: "rtl",
        locale: "en-XA",
        ..en::WORDS.marked()
    }))
}

/// The texts of a page: between tags, and in attributes that are read out.
fn texts(html: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for part in html.split('<').skip(1) {
        let Some((tag, text)) = part.split_once('>') else {
            continue;
        };
        texts.push(text.trim().to_owned());
        for attribute in ["aria-label=\"", "alt=\"", "title=\"", "placeholder=\""] {
            if let Some((_, value)) = tag.split_once(attribute) {
                texts.push(value.split('"').next().unwrap_or_default().to_owned());
            }
        }
    }
    texts.retain(|text| text.chars().any(char::is_alphabetic));
    texts
}

/// A third language is one table: the sign-in pages speak it, down to the last word.
#[test]
fn every_word_of_a_page_comes_from_its_language() {
    use crate::{config::Config, prerender::pages_in};

    let words = pseudo();
    let config: &'static Config = Box::leak(Box::default());
    let made = pages_in("", config, &[words]);
    assert_eq!(made.len(), 2);
    for page in made {
        let texts = texts(&page.html);
        assert!(texts.len() > 10, "{}", page.path);
        for text in texts {
            let from_elsewhere = [config.brand.name.as_str(), en::WORDS.own_name];
            assert!(
                text.contains('⟦') || from_elsewhere.contains(&text.as_str()),
                "{}: {text}",
                page.path
            );
        }
    }
}

/// All of the portal's source but the tables themselves.
fn source(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("the source").flatten() {
        let path = entry.path();
        if path.is_dir() {
            source(&path, text);
        } else if !["en.rs", "ar.rs", "words.rs"]
            .iter()
            .any(|table| path.ends_with(table))
        {
            text.push_str(&fs::read_to_string(&path).expect("a file"));
        }
    }
}

#[test]
fn every_sentence_is_said_somewhere() {
    let mut text = String::new();
    source(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut text,
    );
    let is_said = |name: &&&str| {
        text.match_indices(&format!(".{name}")).any(|(at, found)| {
            let next = text
                .get(at + found.len()..)
                .and_then(|rest| rest.chars().next());
            !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    };
    let unsaid: Vec<_> = Words::NAMES.iter().filter(|name| !is_said(name)).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
    assert!(Words::NAMES.len() > 100);
}

/// A name of a file or a format, which no language writes in letters of its own.
const NAMES: [&str; 5] = ["config.json", "JSON", "JavaScript", "Caps Lock", "QR"];

/// Sentences count in the digits that `Intl` chooses for the same page (`tests/browser_formats.rs`
/// holds [`Words::nought`] against it), and hold no other language.
#[test]
fn an_arabic_sentence_has_arabic_letters_and_digits() {
    let sentences = ar::WORDS.says();
    assert!(sentences.len() > 250, "{}", sentences.len());
    let apart = [ar::WORDS.code, ar::WORDS.dir, ar::WORDS.locale];
    for sentence in sentences.iter().filter(|it| !apart.contains(&it.as_str())) {
        let own = NAMES
            .iter()
            .fold(sentence.clone(), |text, name| text.replace(name, ""));
        assert!(
            !own.contains(|c: char| c.is_ascii_alphanumeric()),
            "{sentence}"
        );
    }
}

#[test]
fn an_english_sentence_asks_nothing_politely_and_blames_nobody() {
    for sentence in en::WORDS.says() {
        let spoken = sentence.to_lowercase();
        for word in [
            "please",
            "invalid",
            "oops",
            "illegal",
            "forbidden",
            "fatal",
            "!",
        ] {
            assert!(!spoken.contains(word), "{sentence}");
        }
    }
}

#[test]
fn a_role_has_a_title_of_its_own_in_each_language() {
    for table in [&en::WORDS, &ar::WORDS] {
        let mut titles = table.role.says();
        titles.sort();
        let all = titles.len();
        titles.dedup();
        assert_eq!(titles.len(), all);
    }
}

//! A language nobody speaks, made of English with every sentence marked: whatever is shown without
//! a mark does not come from the table. And the proof that every sentence of the table is used.

use std::{fs, path::Path};

use super::{RecordWords, Words, en};

/// Marks a sentence, so that it can be told from text that is written into the code.
pub(super) trait Mark {
    /// The marked sentence.
    fn marked(self) -> Self;
}

impl Mark for &'static str {
    fn marked(self) -> Self {
        Box::leak(["⟦", self, "⟧"].concat().into_boxed_str())
    }
}

// A pair, of which one is said.
impl Mark for [&'static str; 2] {
    fn marked(self) -> Self {
        self.map(Mark::marked)
    }
}

// Sentences with something in them stay English here.
impl Mark for fn(u32) -> String {
    fn marked(self) -> Self {
        self
    }
}
impl Mark for fn(&str) -> String {
    fn marked(self) -> Self {
        self
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
    use crate::{
        config::{Config, Tag},
        prerender::pages,
    };

    let words = pseudo();
    let config: &'static Config = Box::leak(Box::new(Config {
        languages: vec![Tag(words), Tag(&en::WORDS)],
        ..Config::default()
    }));
    let made: Vec<_> = pages(config)
        .into_iter()
        .filter(|page| page.words.code == "xx")
        .collect();
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
    let names = Words::NAMES.iter().chain(RecordWords::NAMES);
    let unsaid: Vec<_> = names.filter(|name| !is_said(name)).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
    assert!(RecordWords::NAMES.len() > 50);
    let _ = en::RECORD.marked();
}

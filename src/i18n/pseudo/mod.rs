//! A pseudo-language for tests: English with every text marked. Text on a page without a mark is not from
//! the table. Also tests of all tables.

pub(super) mod mark;

use std::{fs, path::Path};

use super::{ALL, en, messages::Messages};
use mark::Mark;

/// The table of the pseudo-language, in a direction of writing.
pub(crate) fn pseudo(dir: &'static str) -> &'static Messages {
    Box::leak(Box::new(Messages {
        code: "xx",
        dir,
        locale: "en-XA",
        ..en::MESSAGES.marked()
    }))
}

/// Source of the portal without the tables.
fn source(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("the source").flatten() {
        let path = entry.path();
        if path.is_dir() {
            source(&path, text);
        } else if !["en.rs", "ar.rs", "messages.rs", "style.rs"]
            .iter()
            .any(|table| path.ends_with(table))
        {
            text.push_str(&fs::read_to_string(&path).expect("a file"));
        }
    }
}

#[test]
fn every_message_of_the_table_is_used_in_the_source() {
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
    let unsaid: Vec<_> = Messages::NAMES
        .iter()
        .filter(|name| !is_said(name))
        .collect();
    assert!(unsaid.is_empty(), "messages without a use: {unsaid:?}");
    assert!(Messages::NAMES.len() > 100);
}

#[test]
fn each_role_has_its_own_title_in_every_language() {
    for table in ALL {
        let mut titles = table.role.texts();
        titles.sort();
        let all = titles.len();
        titles.dedup();
        assert_eq!(titles.len(), all);
    }
}

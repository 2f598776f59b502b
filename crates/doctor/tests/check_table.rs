//! Agreement of the table of checks, the checks themselves, and the page that is made from it. With `UPDATE=1`
//! in the environment the page is written.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use doctor::checks::CHECKS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn table() -> String {
    let mut text = "| check | what it asks | why it matters |\n|---|---|---|\n".to_owned();
    for check in CHECKS {
        let ids: Vec<String> = check
            .of
            .iter()
            .map(|of| format!("`{of}.{}`", check.name))
            .collect();
        let ids = ids.join(", ");
        writeln!(text, "| {ids} | {} | {} |", check.asks, check.matters).unwrap();
    }
    text
}

#[test]
fn page_of_the_checks_is_current() {
    const START: &str = "<!-- checks: made from crates/doctor -->\n";
    const END: &str = "<!-- /checks -->";
    let page = root().join("docs/doctor.md");
    let text = fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once(START).expect("a place for the table");
    let (_, after) = rest.split_once(END).expect("its end");
    let made = format!("{before}{START}\n{}\n{END}{after}", table());
    if env::var_os("UPDATE").is_some() {
        fs::write(&page, &made).unwrap();
    }
    let there = fs::read_to_string(&page).unwrap();
    assert!(
        there == made,
        "docs/doctor.md differs from the table: UPDATE=1 cargo test --package doctor"
    );
}

#[test]
fn each_check_is_in_the_table_once() {
    let mut seen = BTreeSet::new();
    for check in CHECKS {
        for of in check.of {
            assert!(seen.insert((of, check.name)), "{of}.{}", check.name);
        }
        for text in [check.asks, check.matters] {
            assert!(!text.is_empty() && !text.contains(['|', '\n']), "{text}");
        }
    }
}

/// The text of the program, without the table.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &sources(&path);
        } else if !path.ends_with("checks.rs") {
            text += &fs::read_to_string(&path).unwrap();
        }
    }
    text
}

#[test]
fn table_has_no_check_that_the_program_does_not_make() {
    let sources = sources(&root().join("crates/doctor/src"));
    for check in CHECKS {
        let name = format!("\"{}\"", check.name);
        assert!(sources.contains(&name), "{name}");
    }
}

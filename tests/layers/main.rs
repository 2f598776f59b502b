//! Layers: no crate has an import circle, and no module of the portal or of `xtask` imports from a layer above.

#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod modules;
mod reader;
mod rules;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use modules::Crate;
use rules::{circles, upward};

/// Layers of the portal, from top to bottom.
const PORTAL: [&str; 12] = [
    "lib",
    "gallery app bootstrap prerender",
    "pages",
    "layout",
    "session",
    "state",
    "api",
    "preferences store",
    "router",
    "ui",
    "i18n",
    "platform",
];

/// Layers of `xtask`, from top to bottom.
const XTASK: [&str; 5] = ["main", "commands", "checks", "build", "setup"];

fn read(root: &str) -> Crate {
    Crate::read(Path::new(root), &|file| fs::read_to_string(file).ok())
}

/// Source files below a folder.
fn files_below(folder: &Path) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.insert(path);
        }
    }
    files
}

/// The crates of a source folder: its library or program, and those in `bin`. Fails on a file that is in none.
fn crates(source: &Path) -> Vec<(String, Crate)> {
    let all = files_below(source);
    let is_root = |file: &&PathBuf| {
        let name = file.strip_prefix(source).unwrap();
        ["lib.rs", "main.rs"].iter().any(|it| name == Path::new(it)) || name.starts_with("bin")
    };
    let roots = all
        .iter()
        .filter(is_root)
        .map(|file| file.to_str().unwrap());
    let crates: Vec<_> = roots.map(|root| (root.to_owned(), read(root))).collect();
    let read: BTreeSet<_> = crates.iter().flat_map(|(_, krate)| krate.files()).collect();
    assert!(
        read.iter().copied().eq(&all),
        "a file of {} is in no crate",
        source.display()
    );
    crates
}

fn circles_below(source: &Path) -> Vec<String> {
    let crates = crates(source).into_iter();
    let circles = crates.flat_map(|(root, krate)| {
        let circles = circles(&krate.imports()).into_iter();
        circles.map(move |circle| format!("{root}: {circle}"))
    });
    circles.collect()
}

fn keeps_to_its_layers(root: &str, layers: &[&str]) {
    let upward = upward(&read(root), layers);
    assert!(upward.is_empty(), "{root}:\n{}", upward.join("\n"));
}

#[test]
fn crates_have_no_import_circle() {
    let mut circles = circles_below(Path::new("xtask/src"));
    for folder in fs::read_dir("crates").unwrap() {
        circles.extend(circles_below(&folder.unwrap().path().join("src")));
    }
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn xtask_imports_from_layers_below_only() {
    keeps_to_its_layers("xtask/src/main.rs", &XTASK);
}

#[test]
fn portal_has_no_import_circle() {
    let circles = circles_below(Path::new("src"));
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn portal_imports_from_layers_below_only() {
    keeps_to_its_layers("src/lib.rs", &PORTAL);
}

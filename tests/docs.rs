//! What README, CONTRIBUTING and the pages of `docs/` name is there: each path of the source, each test by its file
//! and a part of its title, such as `` `session.spec.ts` "one action stays signed in" ``, and each page and heading
//! that a link leads to.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders that a path in a text may begin with.
const FOLDERS: [&str; 10] = [
    "src", "crates", "tests", "e2e", "xtask", "deploy", "public", "style", "examples", "bench",
];

/// Folders without files of ours.
const NOT_OURS: [&str; 6] = [
    "target",
    "dist",
    "node_modules",
    "test-results",
    ".git",
    "fuzz",
];

/// All files of a folder whose names end so.
fn files(folder: &Path, end: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            if !NOT_OURS.contains(&name.as_str()) {
                files(&entry.path(), end, found);
            }
        } else if name.ends_with(end) {
            found.push(entry.path());
        }
    }
}

/// The texts of all files of a folder whose names end so, by name. Two files may have one name.
fn texts(folder: &Path, end: &str) -> BTreeMap<String, Vec<String>> {
    let (mut all, mut found) = (Vec::new(), BTreeMap::<String, Vec<String>>::new());
    files(folder, end, &mut all);
    for path in all {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(path).unwrap();
        found.entry(name).or_default().push(text);
    }
    found
}

/// The quoted texts at the start, with commas or "and" between them.
fn quoted(mut text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    loop {
        let rest = text.trim_start_matches([' ', ',']);
        let rest = rest.strip_prefix("and ").unwrap_or(rest);
        let Some((title, after)) = rest.strip_prefix('"').and_then(|it| it.split_once('"')) else {
            return found;
        };
        found.push(title);
        text = after;
    }
}

/// What a text names and is not there, and the number of names.
fn missing(text: &str, tests: &BTreeMap<String, Vec<String>>) -> (Vec<String>, usize) {
    let mut wrong = Vec::new();
    let mut names = 0;
    let parts: Vec<&str> = text.split('`').collect();
    for pair in parts.get(1..).unwrap_or_default().chunks(2) {
        let [code, after] = pair else { continue };
        let name = code.rsplit('/').next().unwrap_or_default();
        // Such as `session.spec.ts`; `*.spec.ts` is a pattern.
        if matches!(name.split('.').collect::<Vec<_>>()[..], [stem, _, "ts"] if stem != "*") {
            names += 1;
            match tests.get(name) {
                None => wrong.push(format!("no file {name}")),
                Some(sources) => {
                    for title in quoted(after) {
                        names += 1;
                        if !sources.iter().any(|source| source.contains(title)) {
                            wrong.push(format!("{name} has no {title:?}"));
                        }
                    }
                }
            }
        }
        let is_path = code.split_once('/').is_some_and(|(first, rest)| {
            FOLDERS.contains(&first) && !rest.contains(['*', '{', ' ', '…', '<'])
        });
        if is_path {
            names += 1;
            if !Path::new(env!("CARGO_MANIFEST_DIR")).join(code).exists() {
                wrong.push(format!("no path {code}"));
            }
        }
    }
    (wrong, names)
}

#[test]
fn documentation_names_files_and_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = texts(&root.join("e2e"), ".ts");
    let mut pages = texts(&root.join("docs"), ".md");
    // Written by `cargo xtask nightly deletions`, with whole titles, whose parts are in variables.
    pages.remove("deletions.md");
    for name in ["README.md", "CONTRIBUTING.md", "SECURITY.md"] {
        pages.insert(
            name.to_owned(),
            vec![fs::read_to_string(root.join(name)).unwrap()],
        );
    }
    let mut all = 0;
    for (page, texts) in &pages {
        for text in texts {
            let (wrong, names) = missing(text, &tests);
            assert!(wrong.is_empty(), "{page}: {wrong:#?}");
            all += names;
        }
    }
    assert!(all > 250, "{all}");
}

#[test]
fn name_that_does_not_exist_is_found() {
    let tests = BTreeMap::from([("a.spec.ts".to_owned(), vec!["test(\"one\")".to_owned()])]);
    let wrong = |text| missing(text, &tests).0;
    assert_eq!(
        wrong("`a.spec.ts` \"one\", `src/app.rs`, `*.spec.ts`"),
        [""; 0]
    );
    assert_eq!(
        wrong("`a.spec.ts` \"one\" and \"two\""),
        ["a.spec.ts has no \"two\""]
    );
    assert_eq!(wrong("`b.spec.ts`"), ["no file b.spec.ts"]);
    assert_eq!(wrong("`src/nothing.rs`"), ["no path src/nothing.rs"]);
}

/// The part of an address by which a forge finds a heading.
fn anchor(heading: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
    let letters = heading.trim().chars().filter(kept);
    letters.collect::<String>().to_lowercase().replace(' ', "-")
}

/// The lines of a page that are not in a block of code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        is_code ^= fence;
        !is_code && !fence
    })
}

/// The links of a page that lead nowhere, and the number of links within the repository.
fn dead_links(page: &Path, text: &str) -> (Vec<String>, usize) {
    let mut wrong = Vec::new();
    let mut links = 0;
    for part in prose(text).flat_map(|line| line.split("](").skip(1)) {
        let target = part.split(')').next().unwrap_or_default();
        if target.contains("://") || target.starts_with("mailto:") {
            continue;
        }
        links += 1;
        let (file, heading) = target.split_once('#').unwrap_or((target, ""));
        let path = match file {
            "" => page.to_owned(),
            file => page.parent().unwrap().join(file),
        };
        let found = path.exists()
            && (heading.is_empty()
                || prose(&fs::read_to_string(&path).unwrap())
                    .filter(|line| line.starts_with('#'))
                    .any(|line| anchor(line.trim_start_matches('#')) == heading));
        if !found {
            wrong.push(target.to_owned());
        }
    }
    (wrong, links)
}

#[test]
fn links_of_all_pages_lead_somewhere() {
    let mut all = Vec::new();
    files(Path::new(env!("CARGO_MANIFEST_DIR")), ".md", &mut all);
    let mut links = 0;
    for page in all {
        let (wrong, count) = dead_links(&page, &fs::read_to_string(&page).unwrap());
        assert!(wrong.is_empty(), "{}: {wrong:#?}", page.display());
        links += count;
    }
    assert!(links > 100, "{links}");
}

#[test]
fn link_that_leads_nowhere_is_found() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let wrong = |text| dead_links(&readme, text).0;
    let good = "[a](docs/operations.md#nginx-on-debian) [b](#see-it) [c](https://a.example) ![](docs/img/readme.png)";
    assert_eq!(wrong(good), [""; 0]);
    assert_eq!(
        wrong("[a](docs/nothing.md) [b](docs/operations.md#nothing) [c](#nothing)"),
        ["docs/nothing.md", "docs/operations.md#nothing", "#nothing"]
    );
    assert_eq!(wrong("```\n[a](nothing)\n```"), [""; 0]);
}

#[test]
fn tour_is_an_animated_picture_of_ten_pages_that_loads_quickly() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/img/tour.webp");
    let bytes = fs::read(file).unwrap();
    assert!(bytes.len() < 2_000_000);
    // The chunk of a frame: https://developers.google.com/speed/webp/docs/riff_container
    let frames = bytes.windows(4).filter(|four| four == b"ANMF").count();
    assert_eq!(frames, 10);
}

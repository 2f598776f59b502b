//! Colours, type, spacing and radii are tokens of `style/page/tokens.css`; no other file defines its own.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

const TOKENS: &str = "tokens.css";

/// The properties whose lengths come from tokens.
const SPACING: [&str; 6] = [
    "padding",
    "margin",
    "gap",
    "row-gap",
    "column-gap",
    "border-radius",
];
const TYPE: [&str; 3] = ["font", "font-size", "line-height"];

/// Every declaration of a style sheet outside of comments.
fn declarations(style: &str) -> Vec<(String, String)> {
    let mut plain = String::new();
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
        .split(['{', '}', ';'])
        .filter_map(|part| part.split_once(": "))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .filter(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        .collect()
}

/// `true` for a colour in numbers.
fn has_colour(value: &str) -> bool {
    let hex = value
        .split('#')
        .skip(1)
        .any(|after| after.starts_with(|c: char| c.is_ascii_hexdigit()));
    // A mix of tokens names no colour of its own.
    hex || ["rgb(", "rgba(", "hsl(", "hwb(", "oklch(", "lab("]
        .iter()
        .any(|name| value.contains(name))
}

/// `true` for a length in `rem`, `em`, `px` or `pt`, but for hairlines and corrections up to 2 px.
fn has_length(value: &str) -> bool {
    value
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .any(|word| {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let Ok(number) = digits.parse::<f32>() else {
                return false;
            };
            match word.get(digits.len()..) {
                Some("px") => number > 2.0,
                Some("rem" | "em" | "pt") => true,
                _ => false,
            }
        })
}

/// What a declaration must take from a token and does not.
fn fault(name: &str, value: &str) -> Option<&'static str> {
    let spacing = SPACING.iter().any(|property| name.starts_with(property))
        || name.starts_with("border-") && name.ends_with("-radius");
    if has_colour(value) {
        Some("a colour")
    } else if spacing && has_length(value) {
        Some("a space or radius")
    } else if TYPE.contains(&name)
        && (has_length(value) || name == "line-height" && !value.starts_with("var("))
    {
        Some("a size of type")
    } else {
        None
    }
}

fn style_sheets(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(style_sheets(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn style_sheets_take_colours_type_spaces_and_radii_from_tokens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let mut faults = Vec::new();
    let mut seen = 0;
    for file in style_sheets(&folder) {
        if file.ends_with(TOKENS) {
            continue;
        }
        for (name, value) in declarations(&fs::read_to_string(&file).unwrap()) {
            seen += 1;
            if let Some(what) = fault(&name, &value) {
                faults.push(format!("{}: {what}: {name}: {value}", file.display()));
            }
        }
    }
    assert!(seen > 400, "{seen} declarations");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn declarations_with_their_own_values_are_found() {
    let style = "/* #fff */ a:hover { color: #0b5f66; padding-block: 0.625rem; margin: var(--space-1) 2px; line-height: 1.2 }";
    let found: Vec<_> = declarations(style)
        .iter()
        .map(|(name, value)| fault(name, value))
        .collect();
    assert_eq!(
        found,
        [
            Some("a colour"),
            Some("a space or radius"),
            None,
            Some("a size of type")
        ]
    );
}

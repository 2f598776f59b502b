//! Headers: known names and words stay, tokens and cookies become placeholders.

use std::collections::BTreeMap;

use super::values::Values;
use crate::constants;

/// The portal's origin in a recording.
pub(super) const ORIGIN: &str = "https://portal.example";

/// The replaced headers of one exchange, and the lengths of their secrets.
pub(super) struct Headers<'a> {
    pub(super) values: &'a mut Values,
    /// The `Origin` of the request.
    pub(super) origin: Option<&'a str>,
    pub(super) was: BTreeMap<String, usize>,
}

impl Headers<'_> {
    pub(super) fn replace(&mut self, name: &str, value: &str) -> (String, String) {
        if !constants::is_header(name) {
            return (self.values.text("", name), self.values.text("", value));
        }
        let is_origin = self
            .origin
            .is_some_and(|origin| origin == value && value != "null");
        let value = match name.to_ascii_lowercase().as_str() {
            "origin" | "access-control-allow-origin" if is_origin => {
                self.values.placeholder("origin", value);
                ORIGIN.to_owned()
            }
            "origin" | "access-control-allow-origin" if matches!(value, "*" | "null") => {
                value.to_owned()
            }
            "origin" | "access-control-allow-origin" | "location" | "client" | "tenantid" => {
                self.values.text("", value)
            }
            "authorization" => self.authorization(value),
            "set-cookie" => self.set_cookie(value),
            "cookie" => {
                let pairs: Vec<String> = value.split("; ").map(|pair| self.pair(pair)).collect();
                pairs.join("; ")
            }
            "date" | "expires" | "last-modified" if value != "0" => "<date>".to_owned(),
            "content-length" if value.bytes().all(|byte| byte.is_ascii_digit()) => value.to_owned(),
            _ => self.words(value),
        };
        (name.to_owned(), value)
    }

    fn authorization(&mut self, value: &str) -> String {
        let (scheme, token) = match value.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => (scheme, token),
            _ => ("", value),
        };
        if token.is_empty() {
            return value.to_owned();
        }
        self.was
            .insert("authorization".to_owned(), token.chars().count());
        let placeholder = self.values.placeholder("token", token);
        match scheme {
            "" => placeholder,
            scheme => format!("{scheme} {placeholder}"),
        }
    }

    /// A cookie and its attributes, whose known names stay.
    fn set_cookie(&mut self, value: &str) -> String {
        let mut parts = value.split(';');
        let mut replaced = self.pair(parts.next().unwrap_or_default());
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let space = part.len() - part.trim_start().len();
            replaced.push(';');
            replaced += &" ".repeat(space);
            let name = name.trim();
            replaced += &self.words(name);
            if part.contains('=') {
                let value = value.trim();
                replaced.push('=');
                replaced += &match name.to_ascii_lowercase().as_str() {
                    "expires" => "<date>".to_owned(),
                    "domain" if matches!(value, "" | "localhost") => value.to_owned(),
                    "domain" => {
                        self.values.placeholder("domain", value);
                        "hospital.example".to_owned()
                    }
                    _ => self.words(value),
                };
            }
        }
        replaced
    }

    fn pair(&mut self, pair: &str) -> String {
        let Some((name, value)) = pair.trim().split_once('=') else {
            return self.words(pair.trim());
        };
        let new = match (name, value) {
            (_, "") => String::new(),
            ("JSESSIONID", _) => {
                self.values.placeholder("servlet session", value);
                "<servlet session>".to_owned()
            }
            _ => {
                self.was
                    .insert("cookie".to_owned(), pair.trim().chars().count());
                self.values.placeholder("cookie", value)
            }
        };
        if constants::is_cookie(name) {
            format!("{name}={new}")
        } else {
            format!("{}={new}", self.values.text("", name))
        }
    }

    /// A value word by word.
    fn words(&mut self, value: &str) -> String {
        let is_separator = |character: char| " \t,;=\"()<>".contains(character);
        in_parts(value, is_separator, |word| {
            if constants::is_header_word(word) {
                word.to_owned()
            } else {
                self.values.text("", word)
            }
        })
    }
}

/// A text with all parts between separators replaced.
pub(super) fn in_parts(
    text: &str,
    is_separator: impl Fn(char) -> bool,
    mut replace: impl FnMut(&str) -> String,
) -> String {
    let mut replaced = String::new();
    let mut word = String::new();
    for character in text.chars() {
        if is_separator(character) {
            if !word.is_empty() {
                replaced += &replace(&word);
                word.clear();
            }
            replaced.push(character);
        } else {
            word.push(character);
        }
    }
    if !word.is_empty() {
        replaced += &replace(&word);
    }
    replaced
}

//! Errors of a configuration, in English sentences for the person who edits it; the page in the browser,
//! the tools and the doctor show the same ones.
//!
//! A sentence names keys and the expected value, never the actual value.

use std::fmt;

use contract::json::{Error, Expected};
use contract::service_error::ResponseError;

/// Reason why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigError {
    /// Not JSON in UTF-8, or too large or too deeply nested.
    NotJson,
    /// All mistakes, in the order of the file.
    Mistakes(Vec<Mistake>),
}

/// One line per mistake.
impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson => f.write_str("it is not JSON"),
            Self::Mistakes(mistakes) => {
                let lines: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
        }
    }
}

impl std::error::Error for ConfigError {}

/// A mistake in a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The full path of the key, such as `staff.entrances.0.client`; empty for the whole file.
    pub path: String,
    /// The correction.
    pub remedy: Remedy,
}

/// Correction of a [`Mistake`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// The value must be as this text describes.
    Value(String),
    /// The key is unknown; the nearest known key has this path.
    Key(String),
    /// The key must be given.
    Given,
    /// The key must appear only once.
    Once,
}

impl Mistake {
    /// The subject of the sentence: the path, or "the configuration".
    ///
    /// ```
    /// use config::{Mistake, Remedy};
    ///
    /// let mistake = Mistake { path: "brand.name".to_owned(), remedy: Remedy::Once };
    /// assert_eq!(mistake.subject(), "brand.name");
    /// assert_eq!(mistake.predicate(), "must appear only once");
    /// ```
    pub fn subject(&self) -> &str {
        match self.path.as_str() {
            "" => "the configuration",
            path => path,
        }
    }

    /// The rest of the sentence after the [`subject`](Self::subject).
    pub fn predicate(&self) -> String {
        match &self.remedy {
            Remedy::Value(expected) => ["must be ", expected].concat(),
            Remedy::Key(nearest) => ["is not a known key; did you mean ", nearest, "?"].concat(),
            Remedy::Given => "must be given".to_owned(),
            Remedy::Once => "must appear only once".to_owned(),
        }
    }

    /// A mistake in the value at a path.
    pub(crate) fn value(path: String, expected: &str) -> Self {
        Self {
            path,
            remedy: Remedy::Value(expected.to_owned()),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&[self.subject(), " ", &self.predicate()].concat())
    }
}

impl From<Error> for Mistake {
    fn from(error: Error) -> Self {
        let path = joined(&error.path);
        let remedy = match error.expected {
            _ if error.kind == ResponseError::DuplicateKey => Remedy::Once,
            Expected::Value(expected) => Remedy::Value(expected),
            Expected::Present => Remedy::Given,
            Expected::Key(known) => {
                let mut path = error.path;
                if let Some(key) = path.first_mut() {
                    let distance = |known: &&&str| distance(key, known);
                    let nearest = known.iter().min_by_key(distance);
                    nearest.copied().unwrap_or_default().clone_into(key);
                }
                Remedy::Key(joined(&path))
            }
        };
        Self { path, remedy }
    }
}

/// Joins keys, the innermost first, to a path such as `staff.entrances.0`.
fn joined(path: &[String]) -> String {
    let keys: Vec<_> = path.iter().rev().map(String::as_str).collect();
    keys.join(".")
}

/// Levenshtein distance of two keys in bytes, ignoring the case of ASCII letters.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, a) in one.bytes().enumerate() {
        let (mut diagonal, mut left) = (index, index + 1);
        let mut next_row = vec![left];
        for (b, above) in other.bytes().zip(row.iter().skip(1)) {
            let exchanged = diagonal + usize::from(!a.eq_ignore_ascii_case(&b));
            left = exchanged.min(left + 1).min(above + 1);
            next_row.push(left);
            diagonal = *above;
        }
        row = next_row;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distance_of_two_keys_is_levenshtein_without_case() {
        for (one, other, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("baseURL", "baseUrl", 0),
            ("sesion", "session", 1),
            ("idelSeconds", "idleSeconds", 2),
            ("kitten", "sitting", 3),
            ("brand", "staff", 4),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }
}

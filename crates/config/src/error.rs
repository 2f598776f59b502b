//! What is wrong with a configuration, in sentences for the person who edits it. English only, and
//! the same wherever they are read: the page in the browser, the tools, the doctor.
//!
//! A sentence names keys and what would be right, never a value.

use std::fmt;

use contract::json::{Error, Expected};
use contract::refusal::Flaw;

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigError {
    /// It is not JSON in UTF-8, or too large or too deep to be a configuration.
    NotJson,
    /// All the mistakes in it, in the order of the file.
    Mistakes(Vec<Mistake>),
}

/// One line for each thing that is wrong.
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

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The whole path of the key, such as `staff.entrances.0.client`; empty for the whole file.
    pub path: String,
    /// What to do about it.
    pub remedy: Remedy,
}

/// What to do about a [`Mistake`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// The value must be this.
    Value(String),
    /// There is no such key; the nearest that there is has this path.
    Key(String),
    /// The key must be given.
    Given,
    /// The key must appear only once.
    Once,
}

impl Mistake {
    /// What is wrong: the path, or that it is the whole.
    pub fn subject(&self) -> &str {
        match self.path.as_str() {
            "" => "the configuration",
            path => path,
        }
    }

    /// What goes after the [`subject`](Self::subject) in the sentence.
    pub fn predicate(&self) -> String {
        match &self.remedy {
            Remedy::Value(expected) => ["must be ", expected].concat(),
            Remedy::Key(nearest) => ["is not a known key; did you mean ", nearest, "?"].concat(),
            Remedy::Given => "must be given".to_owned(),
            Remedy::Once => "must appear only once".to_owned(),
        }
    }

    /// A value that should be another, at a path.
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
            _ if error.flaw == Flaw::DuplicateKey => Remedy::Once,
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

/// `staff.entrances.0`, of keys from the innermost to the outermost.
fn joined(path: &[String]) -> String {
    let keys: Vec<_> = path.iter().rev().map(String::as_str).collect();
    keys.join(".")
}

/// How many bytes must be put in, taken out or exchanged to make one key of the other
/// (Levenshtein). Capital and small letters count as the same.
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
    fn the_distance_of_two_keys_is_what_must_be_changed() {
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

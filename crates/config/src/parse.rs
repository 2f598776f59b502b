//! `config.json` read: all that is wrong with it is found.

use contract::json;
use contract::refusal::Flaw;
use contract::staff::Client;

use crate::error::{ConfigError, Mistake, Remedy};
use crate::types::{Config, OwnSession, Protocol};

/// How many mistakes and nulls are left out: a file with more of them is no configuration.
const MOST_LEFT_OUT: usize = 100;

impl Config {
    /// Reads the bytes of a `config.json`. A `null` is the same as an absent key.
    ///
    /// # Errors
    /// [`ConfigError::NotJson`], or all the mistakes.
    pub fn parse(bytes: &[u8]) -> Result<Self, ConfigError> {
        let mut left_out = Vec::new();
        let mut mistakes: Vec<Mistake> = Vec::new();
        // Derived code ends at the first mistake: what is wrong is left out, until nothing is.
        loop {
            let error = match json::read_without::<Self>(bytes, &left_out) {
                Ok(config) => {
                    config.check(&mut mistakes);
                    if mistakes.is_empty() {
                        return Ok(config);
                    }
                    return Err(ConfigError::Mistakes(mistakes));
                }
                Err(error) => error,
            };
            if !matches!(error.flaw, Flaw::WrongShape | Flaw::DuplicateKey) {
                return Err(ConfigError::NotJson);
            }
            let place = error.place.filter(|_| left_out.len() < MOST_LEFT_OUT);
            if !error.is_null || place.is_none() {
                note(&mut mistakes, error.into());
            }
            match place {
                Some(place) => left_out.push(place),
                None => return Err(ConfigError::Mistakes(mistakes)),
            }
        }
    }

    /// The rules for more than one key. A rule is kept to itself where one of its keys is wrong already.
    fn check(&self, mistakes: &mut Vec<Mistake>) {
        let mut rules = Vec::new();
        for (index, entrance) in self.staff.entrances.iter().enumerate() {
            if entrance.protocol == Protocol::Two && Client::two(&entrance.client).is_none() {
                let path = ["staff.entrances.", &index.to_string(), ".client"].concat();
                rules.push((
                    "staff.entrances",
                    Mistake::value(path, "\"web\" or \"mob\""),
                ));
            }
        }
        let base = OwnSession::default();
        let late = |own| {
            let session = self.session.with(own);
            session.warn_seconds >= session.idle_seconds
        };
        let all = [
            ("session.warnSeconds", base),
            ("session.patient.warnSeconds", self.session.patient),
            ("session.staff.warnSeconds", self.session.staff),
        ];
        let first = if late(base) { 1 } else { all.len() };
        for (path, own) in all.into_iter().take(first) {
            if late(own) {
                let mistake = Mistake::value(path.to_owned(), "fewer than idleSeconds");
                rules.push(("session", mistake));
            }
        }
        if !(self.patient.enabled || self.staff.enabled) {
            let expected = "true, unless patient.enabled is true: somebody must be able to sign in";
            let mistake = Mistake::value("staff.enabled".to_owned(), expected);
            rules.push(("staff.enabled", mistake));
        }
        for (about, mistake) in rules {
            let told =
                |other: &Mistake| is_inside(&other.path, about) || is_inside(about, &other.path);
            if !mistakes.iter().any(told) {
                mistakes.push(mistake);
            }
        }
    }
}

/// Adds a mistake, unless it follows from another one: a list that is empty because its only item is
/// wrong, a key that is missing because it is misspelt.
fn note(mistakes: &mut Vec<Mistake>, mistake: Mistake) {
    let follows = mistakes.iter().any(|other| {
        (is_inside(&other.path, &mistake.path) && mistake.remedy != Remedy::Once)
            || other.remedy == Remedy::Key(mistake.path.clone())
    });
    if !follows && !mistakes.contains(&mistake) {
        mistakes.push(mistake);
    }
}

/// Whether a path is another, or a key inside of it.
fn is_inside(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

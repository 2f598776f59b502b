//! What was found: one line a check for people, one document for machines.

use std::fmt::Write;

use serde::Serialize;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// As it should be.
    Pass,
    /// The portal works; someone should look all the same.
    Warn,
    /// The portal does not work, or is not safe.
    Fail,
}

impl Outcome {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// A name that stays the same, such as `staff.cors.preflight`.
    pub id: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What was found.
    pub found: String,
    /// What to do about it; absent where there is nothing to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// All checks, in the order they were made.
#[derive(Debug, Default)]
pub struct Report {
    checks: Vec<Check>,
}

impl Report {
    /// The checks.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The worst outcome; a pass if nothing was looked at.
    pub fn outcome(&self) -> Outcome {
        self.checks
            .iter()
            .map(|check| check.outcome)
            .max()
            .unwrap_or(Outcome::Pass)
    }

    /// One line a check, and one with the count.
    pub fn text(&self) -> String {
        let width = self.checks.iter().map(|check| check.id.len()).max();
        let width = width.unwrap_or_default();
        let mut text = String::new();
        for Check {
            id,
            outcome,
            found,
            advice,
        } in &self.checks
        {
            // Writing to a string cannot fail.
            let _ = write!(text, "{}  {id:<width$}  {found}", outcome.word());
            if let Some(advice) = advice {
                let _ = write!(text, " → {advice}");
            }
            text.push('\n');
        }
        let count = |wanted| {
            self.checks
                .iter()
                .filter(|check| check.outcome == wanted)
                .count()
        };
        let _ = writeln!(
            text,
            "{} passed, {} to look at, {} failed",
            count(Outcome::Pass),
            count(Outcome::Warn),
            count(Outcome::Fail)
        );
        text
    }

    /// `{"outcome": …, "checks": [{"id", "outcome", "found", "advice"?}, …]}`
    ///
    /// # Errors
    /// Never in practice: there is nothing in a report that JSON cannot say.
    pub fn json(&self) -> serde_json::Result<String> {
        #[derive(Serialize)]
        struct Document<'a> {
            outcome: Outcome,
            checks: &'a [Check],
        }
        serde_json::to_string_pretty(&Document {
            outcome: self.outcome(),
            checks: &self.checks,
        })
    }

    /// The place where one service's checks are written down.
    pub(crate) fn of(&mut self, service: &'static str) -> Section<'_> {
        Section {
            report: self,
            service,
        }
    }
}

/// One service's part of a report.
pub(crate) struct Section<'a> {
    report: &'a mut Report,
    service: &'static str,
}

impl Section<'_> {
    pub(crate) fn pass(&mut self, name: &str, found: impl Into<String>) {
        self.add(name, Outcome::Pass, found.into(), None);
    }

    pub(crate) fn warn(&mut self, name: &str, found: impl Into<String>, advice: impl Into<String>) {
        self.add(name, Outcome::Warn, found.into(), Some(advice.into()));
    }

    pub(crate) fn fail(&mut self, name: &str, found: impl Into<String>, advice: impl Into<String>) {
        self.add(name, Outcome::Fail, found.into(), Some(advice.into()));
    }

    fn add(&mut self, name: &str, outcome: Outcome, found: String, advice: Option<String>) {
        self.report.checks.push(Check {
            id: format!("{}.{name}", self.service),
            outcome,
            found,
            advice,
        });
    }
}

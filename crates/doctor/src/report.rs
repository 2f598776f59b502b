//! The report: one line per check for people, or one JSON document for programs.

use std::fmt::Write;

use serde::Serialize;

use crate::checks;
use crate::finding::Finding;

/// The result of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// As documented.
    Pass,
    /// The portal works, but the finding should be reviewed.
    Warn,
    /// The portal does not work, or is not secure.
    Fail,
}

impl Outcome {
    /// Its name in the report.
    pub fn name(self) -> &'static str {
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
    /// A stable name, such as `staff.cors.preflight`.
    pub id: String,
    /// The staff client, for a check that is made for each of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// The result.
    pub outcome: Outcome,
    /// The observation.
    pub found: String,
    /// What happens where it fails; absent where it passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matters: Option<String>,
    /// The change that corrects it; absent where nothing has to change.
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

    /// The worst outcome; a pass without any check.
    pub fn outcome(&self) -> Outcome {
        self.checks
            .iter()
            .map(|check| check.outcome)
            .max()
            .unwrap_or(Outcome::Pass)
    }

    /// One line per check, below it why it matters and what to do, and a line with the counts.
    pub fn text(&self) -> String {
        let mut clients: Vec<&str> = self.clients().collect();
        clients.dedup();
        let has_several = clients.len() > 1;
        let name = |check: &Check| match &check.client {
            Some(client) if has_several => format!("{} ({client})", check.id),
            _ => check.id.clone(),
        };
        let width = self.checks.iter().map(|check| name(check).len()).max();
        let width = width.unwrap_or_default();
        let mut text = String::new();
        for check in &self.checks {
            let (id, found) = (name(check), &check.found);
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}  {id:<width$}  {found}", check.outcome.name());
            for (what, said) in [
                ("why it matters", check.matters.as_deref()),
                ("what to do", check.advice.as_deref()),
            ] {
                if let Some(said) = said {
                    let _ = writeln!(text, "      {what}: {said}");
                }
            }
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

    /// `{"outcome": …, "checks": [{"id", "client"?, "outcome", "found", "matters"?, "advice"?}, …]}`
    ///
    /// # Errors
    /// Never in practice: every report can be represented in JSON.
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

    fn clients(&self) -> impl Iterator<Item = &str> {
        self.checks
            .iter()
            .filter_map(|check| check.client.as_deref())
    }

    /// The section for one service's checks.
    pub(crate) fn section(&mut self, service: &'static str) -> Section<'_> {
        Section {
            report: self,
            service,
            client: None,
        }
    }
}

/// The checks of one service, whose names it prefixes.
pub(crate) struct Section<'a> {
    report: &'a mut Report,
    service: &'static str,
    client: Option<String>,
}

impl Section<'_> {
    /// The same section, for the checks of one staff client.
    pub(crate) fn of_client(mut self, client: &str) -> Self {
        self.client = Some(client.to_owned());
        self
    }

    pub(crate) fn pass(&mut self, name: &str, found: impl Into<String>) {
        self.add(name, Outcome::Pass, found.into(), None);
    }

    pub(crate) fn warn(&mut self, name: &str, found: impl Into<String>, advice: impl Into<String>) {
        self.add(name, Outcome::Warn, found.into(), Some(advice.into()));
    }

    pub(crate) fn fail(&mut self, name: &str, found: impl Into<String>, advice: impl Into<String>) {
        self.add(name, Outcome::Fail, found.into(), Some(advice.into()));
    }

    /// Adds a failed check for a call.
    pub(crate) fn fail_call(&mut self, name: &str, call: &str, finding: Finding) {
        self.fail(name, format!("{call}: {}", finding.found), finding.advice);
    }

    fn add(&mut self, name: &str, outcome: Outcome, found: String, advice: Option<String>) {
        debug_assert!(
            checks::of(self.service, name).is_some(),
            "{}.{name} is not in the table of checks",
            self.service
        );
        let matters = checks::of(self.service, name).map(|check| check.matters.to_owned());
        self.report.checks.push(Check {
            id: format!("{}.{name}", self.service),
            client: self.client.clone(),
            outcome,
            found,
            matters: matters.filter(|_| outcome != Outcome::Pass),
            advice,
        });
    }
}

//! What the patient middleware remembers of one-time codes: which are on their way, to whom, and
//! how often they were tried. Nothing is really sent: each sample patient has a code of their own.

use crate::people::{Patient, People};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// The wrong try after which a code counts no more.
const MAX_FAILED_ATTEMPTS: u32 = 5;
/// How long a code counts.
const CODE_LIFETIME: Duration = Duration::from_mins(5);
/// The name in the OpenAPI document's examples. It always names a code for the first patient who
/// needs one, so that the examples can be tried.
const SAMPLE_OTP_ID: &str = "6f1c2a9e-documented-sample";

/// What became of a code that was tried.
pub(crate) enum CodeCheck<'a> {
    Correct(&'a Patient),
    Wrong,
    /// The wrong try that was one too many.
    TooManyAttempts,
    /// No such code, or not any more.
    Expired,
}

#[derive(Debug)]
struct Sent {
    /// The patient's place among the people.
    index: usize,
    failed_attempts: u32,
    until: Instant,
}

/// The codes on their way, by the name each call gives.
#[derive(Debug, Default)]
pub(crate) struct OneTimeCodes(HashMap<String, Sent>);

impl OneTimeCodes {
    pub(crate) fn reset(&mut self) {
        self.0.clear();
    }

    /// A code is on its way; the name is for the calls to come.
    pub(crate) fn send(&mut self, index: usize) -> anyhow::Result<String> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
        let name = format!("{:032x}", u128::from_be_bytes(bytes));
        let sent = Sent {
            index,
            failed_attempts: 0,
            until: Instant::now() + CODE_LIFETIME,
        };
        self.0.insert(name.clone(), sent);
        Ok(name)
    }

    /// Whose code goes by this name.
    pub(crate) fn find(&self, people: &People, name: &str) -> Option<usize> {
        if name == SAMPLE_OTP_ID {
            let needs_code = |patient: &Patient| patient.credentials.one_time_code.is_some();
            return people.patients.iter().position(needs_code);
        }
        let sent = self.0.get(name)?;
        (Instant::now() < sent.until).then_some(sent.index)
    }

    /// Another one was asked for.
    pub(crate) fn forget(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub(crate) fn check_code<'a>(
        &mut self,
        people: &'a People,
        name: &str,
        code: &str,
    ) -> CodeCheck<'a> {
        let patient = self
            .find(people, name)
            .and_then(|index| people.patients.get(index));
        let Some(patient) = patient else {
            return CodeCheck::Expired;
        };
        if patient.credentials.one_time_code.as_deref() == Some(code) {
            self.0.remove(name);
            return CodeCheck::Correct(patient);
        }
        let Some(sent) = self.0.get_mut(name) else {
            return CodeCheck::Wrong;
        };
        sent.failed_attempts += 1;
        if sent.failed_attempts < MAX_FAILED_ATTEMPTS {
            return CodeCheck::Wrong;
        }
        self.0.remove(name);
        CodeCheck::TooManyAttempts
    }
}

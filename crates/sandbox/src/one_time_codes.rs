//! The one-time codes that the patient middleware has sent: to whom, until when they are valid, and
//! how many attempts failed. Nothing is really sent; each sample patient has a fixed code.

use crate::people::{Patient, People};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// The number of failed attempts that invalidates a code.
const MAX_FAILED_ATTEMPTS: u32 = 5;
/// The lifetime of a code.
const CODE_LIFETIME: Duration = Duration::from_mins(5);
/// The `otp_id` of the OpenAPI document's examples. It always stands for a code of the first patient
/// who needs one, so that the examples work.
const SAMPLE_OTP_ID: &str = "6f1c2a9e-documented-sample";

/// The result of checking a code.
pub(crate) enum CodeCheck<'a> {
    Correct(&'a Patient),
    Wrong,
    /// The failed attempt that invalidated the code.
    TooManyAttempts,
    /// No such code, or no longer valid.
    Expired,
}

#[derive(Debug)]
struct SentCode {
    /// The patient's index in [`People::patients`].
    index: usize,
    failed_attempts: u32,
    expires: Instant,
}

/// The codes sent and not yet used, by `otp_id`.
#[derive(Debug, Default)]
pub(crate) struct OneTimeCodes(HashMap<String, SentCode>);

impl OneTimeCodes {
    pub(crate) fn reset(&mut self) {
        self.0.clear();
    }

    /// Issues a code for a patient; returns its `otp_id`.
    pub(crate) fn issue(&mut self, index: usize) -> anyhow::Result<String> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
        let otp_id = format!("{:032x}", u128::from_be_bytes(bytes));
        let sent = SentCode {
            index,
            failed_attempts: 0,
            expires: Instant::now() + CODE_LIFETIME,
        };
        self.0.insert(otp_id.clone(), sent);
        Ok(otp_id)
    }

    /// The index of the patient whose valid code has this `otp_id`.
    pub(crate) fn find(&self, people: &People, otp_id: &str) -> Option<usize> {
        if otp_id == SAMPLE_OTP_ID {
            let needs_code = |patient: &Patient| patient.credentials.one_time_code.is_some();
            return people.patients.iter().position(needs_code);
        }
        let sent = self.0.get(otp_id)?;
        (Instant::now() < sent.expires).then_some(sent.index)
    }

    /// Invalidates a code, because another one was requested.
    pub(crate) fn revoke(&mut self, otp_id: &str) {
        self.0.remove(otp_id);
    }

    pub(crate) fn check_code<'a>(
        &mut self,
        people: &'a People,
        otp_id: &str,
        code: &str,
    ) -> CodeCheck<'a> {
        let patient = self
            .find(people, otp_id)
            .and_then(|index| people.patients.get(index));
        let Some(patient) = patient else {
            return CodeCheck::Expired;
        };
        if patient.credentials.one_time_code.as_deref() == Some(code) {
            self.0.remove(otp_id);
            return CodeCheck::Correct(patient);
        }
        let Some(sent) = self.0.get_mut(otp_id) else {
            return CodeCheck::Wrong;
        };
        sent.failed_attempts += 1;
        if sent.failed_attempts < MAX_FAILED_ATTEMPTS {
            return CodeCheck::Wrong;
        }
        self.0.remove(otp_id);
        CodeCheck::TooManyAttempts
    }
}

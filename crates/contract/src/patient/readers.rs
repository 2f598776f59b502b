//! The answers of the patient side, read.

use super::fields::PatientFields;
use super::types::{Login, Patient, Resent, Verdict};
use crate::answer::Answer;
use crate::fields::{Any, Record, Word, any};
use crate::refusal::{Flaw, Refusal};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Reads the answer to [`exists_request`](super::exists_request): `true` and `false` bare, in quotation marks, as the
/// document's literal `{ true }`, and as `{"status":true}`, `{"data":true}` or
/// `{"status":"success","data":true}`.
///
/// # Errors
/// [`Refusal::BadAnswer`] for anything else, so that nothing is taken for a "yes" that is not one;
/// [`Refusal::TooManyTries`] and [`Refusal::ServiceDown`] by status.
pub fn exists_answer(answer: &Answer<'_>) -> Result<bool, Refusal> {
    if answer.status != 200 {
        return Err(answer.refusal());
    }
    let literal = answer
        .trimmed()?
        .strip_prefix(b"{")
        .and_then(|rest| rest.strip_suffix(b"}"));
    match literal.map(<[u8]>::trim_ascii) {
        Some(b"true") => Ok(true),
        Some(b"false") => Ok(false),
        _ => yes_or_no(&answer.json()?).ok_or(Refusal::BadAnswer(Flaw::WrongShape)),
    }
}

/// An object that says yes or no and nothing else: an unknown key beside it may say something else.
#[derive(Deserialize, PartialEq, Default)]
#[serde(deny_unknown_fields)]
struct Confirmation {
    #[serde(default, deserialize_with = "any")]
    status: Option<Any<Word>>,
    #[serde(default, deserialize_with = "any")]
    data: Option<Any<Word>>,
    #[serde(default, deserialize_with = "any")]
    message: Option<Any<Word>>,
}

impl Record for Confirmation {}

/// The documented forms exactly.
fn yes_or_no(body: &Any<Confirmation>) -> Option<bool> {
    let (status, data) = match body {
        Any::Flag(answer) => return Some(*answer),
        Any::Text(word) => return word.as_str().parse().ok(),
        Any::Object(said) if said.message.is_none() => (&said.status, &said.data),
        _ => return None,
    };
    match (status, data) {
        (Some(Any::Flag(answer)), None) | (None, Some(Any::Flag(answer))) => Some(*answer),
        (Some(Any::Text(word)), Some(Any::Flag(answer))) if word.as_str() == "success" => {
            Some(*answer)
        }
        _ => None,
    }
}

/// Reads the answer to [`login_request`](super::login_request): the patient object, bare or as
/// `{"status":"success","data":{…}}`.
///
/// # Errors
/// [`Refusal::NotFound`] for every documented way of saying that there is no such patient,
/// [`Refusal::BadAnswer`] for what no document describes (also an object that tells nothing of
/// a patient), [`Refusal::TooManyTries`] and [`Refusal::ServiceDown`] by status.
pub fn login_answer(answer: &Answer<'_>) -> Result<Patient, Refusal> {
    logged_in(answer).and_then(person)
}

/// What an answer is wrapped in.
#[derive(Deserialize)]
#[serde(bound = "T: Record + DeserializeOwned")]
struct Wrapper<T> {
    #[serde(default = "Option::default", deserialize_with = "any")]
    data: Option<Any<T>>,
}

/// Reads what is inside the answer to a sign-in, bare or wrapped.
fn logged_in<T: Record + DeserializeOwned>(answer: &Answer<'_>) -> Result<Any<T>, Refusal> {
    match answer.status {
        200 => {}
        400 | 401 | 403 | 404 | 422 => return Err(Refusal::NotFound),
        _ => return Err(answer.refusal()),
    }
    let bare = answer.trimmed()?;
    if bare.is_empty() || bare.eq_ignore_ascii_case(NO_USER.as_bytes()) {
        return Err(Refusal::NotFound);
    }
    // Only these words make a wrapper of the object. Any other `status`, a number above all, is an
    // unknown field of a bare patient, and unknown fields are ignored.
    if let Some(remarks) = answer.remarks()? {
        if remarks.status_is("fail") || remarks.status_is("error") {
            return Err(Refusal::NotFound);
        }
        if remarks.status_is("success")
            && let Some(data) = answer.json::<Wrapper<T>>()?.data
        {
            return Ok(data);
        }
    }
    answer.json()
}

/// [`login_answer`] where a one-time code may come first. An answer with an `otp_id` is no record,
/// whatever else is in it: nothing of the patient counts before the code.
///
/// # Errors
/// As [`login_answer`].
pub fn login_or_code_answer(answer: &Answer<'_>) -> Result<Login, Refusal> {
    match logged_in(answer)? {
        Any::Object(PatientFields {
            otp_id: Some(sent), ..
        }) => Ok(Login::CodeSent(sent)),
        other => person(other).map(|patient| Login::Record(Box::new(patient))),
    }
}

/// Reads the answer to [`verify_request`](super::verify_request): what [`login_answer`] reads, or that the code is not right
/// or not good any more. That 410 and the word "expired" mean the latter is assumed.
///
/// # Errors
/// As [`login_answer`], but for [`Refusal::NotFound`]: who is meant was settled before.
pub fn verify_answer(answer: &Answer<'_>) -> Result<Verdict, Refusal> {
    if answer.status == 410 {
        return Ok(Verdict::Over);
    }
    match login_answer(answer) {
        Ok(patient) => Ok(Verdict::Right(Box::new(patient))),
        Err(Refusal::NotFound) if says_expired(answer) => Ok(Verdict::Over),
        Err(Refusal::NotFound) => Ok(Verdict::Wrong),
        Err(refusal) => Err(refusal),
    }
}

/// Reads the answer to [`resend_request`](super::resend_request): a new `otp_id`, or 200 and no word against it.
///
/// # Errors
/// [`Refusal::TooManyTries`], [`Refusal::ServiceDown`] and [`Refusal::BadAnswer`].
pub fn resend_answer(answer: &Answer<'_>) -> Result<Resent, Refusal> {
    match answer.status {
        200 if answer.trimmed()?.is_empty() => return Ok(Resent::Sent(None)),
        410 => return Ok(Resent::Over),
        _ => {}
    }
    match logged_in(answer) {
        Ok(Any::Null | Any::Flag(false)) | Err(Refusal::NotFound) => return Ok(Resent::Over),
        Ok(Any::Object(PatientFields {
            otp_id: Some(sent), ..
        })) => return Ok(Resent::Sent(Some(sent))),
        Ok(_) => {}
        Err(refusal) => return Err(refusal),
    }
    let said = logged_in(answer)?;
    match yes_or_no(&said) {
        Some(true) => Ok(Resent::Sent(None)),
        Some(false) => Ok(Resent::Over),
        None if only_success(said) => Ok(Resent::Sent(None)),
        None => Err(Refusal::BadAnswer(Flaw::WrongShape)),
    }
}

/// `{"status":"success"}`, with or without a message.
fn only_success(said: Any<Confirmation>) -> bool {
    match said {
        Any::Object(Confirmation {
            status: Some(Any::Text(word)),
            data: None,
            ..
        }) => word.as_str().eq_ignore_ascii_case("success"),
        _ => false,
    }
}

const EXPIRED: &[u8] = b"expired";

/// Whether one of an error's words says that time is up, in any case.
fn says_expired(answer: &Answer<'_>) -> bool {
    let Ok(Some(said)) = answer.remarks() else {
        return false;
    };
    let errors = said.errors.iter().chain([&said]);
    errors
        .flat_map(|error| [&error.reason, &error.code, &error.message])
        .flatten()
        .any(|said| {
            let mut parts = said.as_str().as_bytes().windows(EXPIRED.len());
            parts.any(|part| part.eq_ignore_ascii_case(EXPIRED))
        })
}

const NO_USER: &str = "No user found";

fn person(said: Any<PatientFields>) -> Result<Patient, Refusal> {
    match said {
        Any::Null | Any::Flag(false) => Err(Refusal::NotFound),
        Any::Text(said)
            if ["", NO_USER]
                .iter()
                .any(|no| said.as_str().trim().eq_ignore_ascii_case(no)) =>
        {
            Err(Refusal::NotFound)
        }
        Any::Object(fields) => {
            let patient = Patient::from(fields);
            // Nothing is known of this person: an error in another form, not someone to sign in.
            if patient == Patient::default() {
                return Err(Refusal::BadAnswer(Flaw::WrongShape));
            }
            Ok(patient)
        }
        _ => Err(Refusal::BadAnswer(Flaw::WrongShape)),
    }
}

//! The answers of the staff side, read.

use super::requests::fits_in_a_header;
use super::types::{Bearer, Pass, SignedIn, Staff};
use crate::answer::Answer;
use crate::fields::Any;
use crate::personal::Personal;
use crate::refusal::{Flaw, Refusal};

/// Reads the answer to [`sign_in_request`](super::sign_in_request). Signed in means: 200, a token in the `Authorization`
/// header, and a body that is a JSON object; any of its fields may be missing.
///
/// # Errors
/// The documented 401 messages by name; [`Refusal::NotASignIn`] for a 200 without a token or with
/// an `error` in its body; [`Refusal::ServiceDown`] for 5xx and for a 401 without a body;
/// [`Refusal::TooManyTries`]; [`Refusal::BadAnswer`] for the rest. A refused answer may still
/// have opened a session: see [`bearer`].
pub fn sign_in_answer(answer: &Answer<'_>) -> Result<SignedIn, Refusal> {
    sign_in(answer, signed_in)
}

/// Reads the answer to [`sign_in_request`](super::sign_in_request) by [`Client::Web`](super::Client::Web). The cookie is out of sight, so half
/// of what says "signed in" is missing here: 200 and a body that names somebody is all there is to
/// read, and a [`validate_request`](super::validate_request) has to show the rest.
///
/// # Errors
/// As [`sign_in_answer`]. A refused answer with status 200 may still have left a cookie.
pub fn cookie_answer(answer: &Answer<'_>) -> Result<SignedIn, Refusal> {
    sign_in(answer, signed_in_by_cookie)
}

fn sign_in(
    answer: &Answer<'_>,
    read: fn(&Answer<'_>) -> Result<SignedIn, Refusal>,
) -> Result<SignedIn, Refusal> {
    match answer.status {
        200 => read(answer),
        401 => refused(answer),
        _ => Err(answer.refusal()),
    }
}

/// The token in an answer to [`sign_in_request`](super::sign_in_request): the one way to get a [`Bearer`]. For a caller that
/// does not let someone in and wants to end the session that the server has opened.
pub fn bearer(answer: &Answer<'_>) -> Option<Pass> {
    let value = answer.headers.authorization.as_ref()?.as_str().trim();
    // A header that comes twice arrives as `a, a`. One of two different tokens is not ours to guess.
    let value = match value.split_once(", ") {
        Some((one, other)) if one == other => one,
        Some(_) => return None,
        None => value,
    };
    let token = match value.split_at_checked(6) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("Bearer") => rest,
        _ => value,
    };
    (!token.is_empty() && fits_in_a_header(value))
        .then(|| Pass::Token(Bearer(Personal::from(value))))
}

/// Reads the answer to any request in a session; its body means nothing.
///
/// # Errors
/// [`Refusal::SessionOver`] for 401, [`Refusal::NotAllowed`] for 403 (the session stays),
/// [`Refusal::TooManyTries`], [`Refusal::ServiceDown`] and [`Refusal::BadAnswer`] by status.
pub fn session_answer(answer: &Answer<'_>) -> Result<(), Refusal> {
    match answer.status {
        200 => Ok(()),
        401 => Err(Refusal::SessionOver),
        403 => Err(Refusal::NotAllowed),
        _ => Err(answer.refusal()),
    }
}

fn signed_in(answer: &Answer<'_>) -> Result<SignedIn, Refusal> {
    let token = bearer(answer);
    if token.is_none() && answer.trimmed()?.is_empty() {
        return Err(Refusal::NotASignIn);
    }
    let staff = staff_of(answer)?;
    match (staff, token) {
        (Some(staff), Some(pass)) => Ok(SignedIn { staff, pass }),
        _ => Err(Refusal::NotASignIn),
    }
}

fn signed_in_by_cookie(answer: &Answer<'_>) -> Result<SignedIn, Refusal> {
    if answer.trimmed()?.is_empty() {
        return Err(Refusal::NotASignIn);
    }
    // A body that names nobody may say anything; with a token it is the token that counts.
    match staff_of(answer)? {
        Some(staff) if staff.id.is_some() || staff.username.is_some() => Ok(SignedIn {
            staff,
            pass: Pass::Cookie,
        }),
        _ => Err(Refusal::NotASignIn),
    }
}

/// Who the body tells of; nobody, if it tells of an error.
fn staff_of(answer: &Answer<'_>) -> Result<Option<Staff>, Refusal> {
    let remarks = answer.remarks()?;
    if remarks.is_some_and(|remarks| remarks.error.is_some()) {
        return Ok(None);
    }
    match answer.json()? {
        Any::Object(staff) => Ok(Some(staff)),
        _ => Err(Refusal::BadAnswer(Flaw::WrongShape)),
    }
}

/// What the messages of a 401 mean; the last one is from SPICE 2.0.
const MESSAGES: [(&str, Refusal); 6] = [
    ("Invalid credentials", Refusal::WrongCredentials),
    (
        "Account locked due to multiple invalid login attempts.",
        Refusal::AccountLocked(None),
    ),
    ("Disabled Account", Refusal::AccountDisabled(None)),
    (
        "You don't have a permission. Please contact administrator",
        Refusal::NoPermission,
    ),
    (
        "No Username and / or Password Provided",
        Refusal::BlankCredentials,
    ),
    (
        "You don't have permission to perform this operation",
        Refusal::NoPermission,
    ),
];

/// A 401: never a sign-in, but by its message one of several things.
fn refused(answer: &Answer<'_>) -> Result<SignedIn, Refusal> {
    if answer.trimmed()?.is_empty() {
        return Err(Refusal::ServiceDown);
    }
    let message = answer.remarks()?.and_then(|remarks| remarks.message);
    let message = message.ok_or(Refusal::BadAnswer(Flaw::WrongShape))?;
    let known = MESSAGES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(message.as_str()));
    let (_, meaning) = known.ok_or(Refusal::BadAnswer(Flaw::UnknownMessage))?;
    Err(match meaning {
        Refusal::AccountLocked(_) => Refusal::AccountLocked(answer.retry_after()),
        Refusal::AccountDisabled(_) => Refusal::AccountDisabled(answer.retry_after()),
        other => *other,
    })
}

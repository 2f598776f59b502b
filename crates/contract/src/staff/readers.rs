//! Readers of the staff side's responses.

use super::requests::fits_in_a_header;
use super::types::{BearerToken, SessionAuth, SignedIn, Staff, StaffClient};
use crate::fields::Any;
use crate::personal::Personal;
use crate::response::{Envelope, Response};
use crate::service_error::{ResponseError, ServiceError};

/// Reads the response to [`sign_in_request`](super::sign_in_request).
///
/// Success is a 200 with a JSON object as its body, of which every field is optional, and with a token in
/// the `Authorization` header. With [`StaffClient::SpiceV2Web`] the session is a cookie, which cannot be
/// read: there success is a body that names a user, and a [`probe_request`](super::probe_request) has to
/// confirm that the browser kept the cookie.
///
/// ```
/// use contract::personal::Personal;
/// use contract::response::{Headers, Response};
/// use contract::service_error::ServiceError;
/// use contract::staff::{StaffClient, read_sign_in};
///
/// let client = StaffClient::SpiceV1("spice mobile".to_owned());
/// let response = Response {
///     status: 200,
///     headers: Headers {
///         authorization: Some(Personal::from("Bearer not-a-real-token")),
///         ..Headers::default()
///     },
///     body: br#"{"id":"1","username":"test.user@example.org"}"#,
/// };
/// assert!(read_sign_in(&client, &response).is_ok());
///
/// let response = Response {
///     status: 401,
///     headers: Headers::default(),
///     body: br#"{"message":"Invalid credentials"}"#,
/// };
/// assert_eq!(
///     read_sign_in(&client, &response).err(),
///     Some(ServiceError::WrongCredentials)
/// );
/// ```
///
/// # Errors
/// The error of each documented 401 message; [`ServiceError::NotASignIn`] for a 200 without a token or
/// with an `error` in its body, and for a 500 without a body or with `0` in it; [`ServiceError::NotSetUp`]
/// for 403 with `Invalid CORS request`; [`ServiceError::ServiceDown`] for other 5xx and for a 401 without a
/// body; [`ServiceError::TooManyTries`]; [`ServiceError::InvalidResponse`] for any other response. A
/// response that is an error may still have opened a session: with a 2xx it may have set a cookie; see also
/// [`read_bearer_token`].
pub fn read_sign_in(
    client: &StaffClient,
    response: &Response<'_>,
) -> Result<SignedIn, ServiceError> {
    match response.status {
        200 => signed_in(client, response),
        401 if !response.is_web_page() => unauthorized(response),
        // SPICE 2.0 answers so to an `Origin` that is not configured, before it reads anything else.
        403 if response.trimmed()? == b"Invalid CORS request" => Err(ServiceError::NotSetUp),
        // Large answers: the response headers, which contain the body, do not fit Tomcat's 8,192 bytes.
        500 if matches!(response.trimmed()?, b"" | b"0") => Err(ServiceError::NotASignIn),
        _ => Err(response.status_error()),
    }
}

/// `true` for the error by which SPICE 1.x may answer a right password while another person signs in: 500
/// with Spring's JSON, whose `path` is `/session`. It is not counted as a failed attempt, and the same request
/// succeeds a second later. SPICE 1.x without Redis answers in the same form.
///
/// ```
/// use contract::response::{Headers, Response};
/// use contract::staff::is_sign_in_race;
///
/// let body = br#"{"timestamp":"2026-11-26T09:00:00","status":500,"error":"Internal Server Error","path":"/session"}"#;
/// let response = Response { status: 500, headers: Headers::default(), body };
/// assert!(is_sign_in_race(&response));
/// ```
pub fn is_sign_in_race(response: &Response<'_>) -> bool {
    let path = |envelope: Envelope| envelope.path;
    let path = response.envelope().ok().flatten().and_then(path);
    response.status == 500 && path.is_some_and(|path| path.as_str() == "/session")
}

/// Reads the token of a response to [`sign_in_request`](super::sign_in_request), whether or not the
/// response is a valid sign-in: a caller that rejects it needs the token to end the session that the
/// server has opened.
///
/// ```
/// use contract::personal::Personal;
/// use contract::response::{Headers, Response};
/// use contract::staff::read_bearer_token;
///
/// let headers = Headers {
///     authorization: Some(Personal::from("Bearer not-a-real-token")),
///     ..Headers::default()
/// };
/// let response = Response { status: 200, headers, body: b"<html>" };
/// assert!(read_bearer_token(&response).is_some());
/// ```
pub fn read_bearer_token(response: &Response<'_>) -> Option<SessionAuth> {
    let value = response.headers.authorization.as_ref()?.as_str().trim();
    // `fetch` joins a header sent twice as `a, a`. Which of two different tokens is right is not guessed.
    let value = match value.split_once(", ") {
        Some((one, other)) if one == other => one,
        Some(_) => return None,
        None => value,
    };
    let is_empty = value.is_empty() || value.eq_ignore_ascii_case("Bearer");
    (!is_empty && fits_in_a_header(value))
        .then(|| SessionAuth::Token(BearerToken(Personal::from(value))))
}

/// Reads the response to any request of a session; its body is ignored.
///
/// ```
/// use contract::response::{Headers, Response};
/// use contract::service_error::ServiceError;
/// use contract::staff::read_session;
///
/// let response = Response { status: 401, headers: Headers::default(), body: b"" };
/// assert_eq!(read_session(&response), Err(ServiceError::SessionOver));
/// ```
///
/// # Errors
/// [`ServiceError::SessionOver`] for 401, [`ServiceError::NotAllowed`] for 403 (the session continues);
/// [`ServiceError::TooManyTries`], [`ServiceError::ServiceDown`] and
/// [`ServiceError::InvalidResponse`] by status.
pub fn read_session(response: &Response<'_>) -> Result<(), ServiceError> {
    match response.status {
        200 => Ok(()),
        401 if !response.is_web_page() => Err(ServiceError::SessionOver),
        403 => Err(ServiceError::NotAllowed),
        _ => Err(response.status_error()),
    }
}

fn signed_in(client: &StaffClient, response: &Response<'_>) -> Result<SignedIn, ServiceError> {
    let auth = match client {
        StaffClient::SpiceV2Web => Some(SessionAuth::Cookie),
        StaffClient::SpiceV1(_) | StaffClient::SpiceV2Mobile => read_bearer_token(response),
    };
    let Some(auth) = auth else {
        return Err(ServiceError::NotASignIn);
    };
    let has_token = matches!(auth, SessionAuth::Token(_));
    if !has_token && response.trimmed()?.is_empty() {
        return Err(ServiceError::NotASignIn);
    }
    match staff_of(response)? {
        // Without a token, only a body that names a user is evidence of a sign-in.
        Some(staff) if has_token || staff.id.is_some() || staff.username.is_some() => {
            Ok(SignedIn {
                staff,
                client: client.clone(),
                auth,
                confirmed: false,
            })
        }
        _ => Err(ServiceError::NotASignIn),
    }
}

/// The staff member in the body; `None` if the body reports an error.
fn staff_of(response: &Response<'_>) -> Result<Option<Staff>, ServiceError> {
    let envelope = response.envelope()?;
    if envelope.is_some_and(|envelope| envelope.error.is_some()) {
        return Ok(None);
    }
    match response.json()? {
        Any::Object(staff) => Ok(Some(staff)),
        _ => Err(ServiceError::InvalidResponse(ResponseError::WrongShape)),
    }
}

/// Errors by the message of a 401; the last message is from SPICE 2.0.
const MESSAGES: [(&str, ServiceError); 6] = [
    ("Invalid credentials", ServiceError::WrongCredentials),
    (
        "Account locked due to multiple invalid login attempts.",
        ServiceError::AccountLocked(None),
    ),
    ("Disabled Account", ServiceError::AccountDisabled(None)),
    (
        "You don't have a permission. Please contact administrator",
        ServiceError::NoPermission,
    ),
    (
        "No Username and / or Password Provided",
        ServiceError::BlankCredentials,
    ),
    (
        "You don't have permission to perform this operation",
        ServiceError::NoPermission,
    ),
];

/// Reads a 401, an error by its message.
fn unauthorized(response: &Response<'_>) -> Result<SignedIn, ServiceError> {
    if response.trimmed()?.is_empty() {
        return Err(ServiceError::ServiceDown);
    }
    let message = response.envelope()?.and_then(|envelope| envelope.message);
    let message = message.ok_or(ServiceError::InvalidResponse(ResponseError::WrongShape))?;
    let known = MESSAGES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(message.as_str()));
    let (_, meaning) = known.ok_or(ServiceError::InvalidResponse(ResponseError::UnknownMessage))?;
    Err(match meaning {
        ServiceError::AccountLocked(_) => ServiceError::AccountLocked(response.retry_after()),
        ServiceError::AccountDisabled(_) => ServiceError::AccountDisabled(response.retry_after()),
        other => *other,
    })
}

//! Readers of the patient side's responses.

use super::fields::{FileNumber, PatientFields};
use super::types::{Login, Patient, Resend, Verification};
use crate::fields::{Any, Record, Scalar, any};
use crate::response::Response;
use crate::service_error::{ResponseError, ServiceError};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Reads the response to [`exists_request`](super::exists_request): `true` and `false` bare, in quotation
/// marks, as the document's literal `{ true }`, and as `{"status":true}`, `{"data":true}` or
/// `{"status":"success","data":true}`.
///
/// ```
/// use contract::patient::read_exists;
/// use contract::response::{Headers, Response};
///
/// let response = |body| Response { status: 200, headers: Headers::default(), body };
/// assert_eq!(read_exists(&response(b"{ true }")), Ok(true));
/// assert!(read_exists(&response(b"yes")).is_err());
/// ```
///
/// # Errors
/// [`ServiceError::InvalidResponse`] for any other form, so that only a documented form is a "yes";
/// [`ServiceError::TooManyTries`] and [`ServiceError::ServiceDown`] by status.
pub fn read_exists(response: &Response<'_>) -> Result<bool, ServiceError> {
    if response.status != 200 {
        return Err(response.status_error());
    }
    let literal = response
        .trimmed()?
        .strip_prefix(b"{")
        .and_then(|rest| rest.strip_suffix(b"}"));
    match literal.map(<[u8]>::trim_ascii) {
        Some(b"true") => Ok(true),
        Some(b"false") => Ok(false),
        _ => yes_or_no(&response.json()?)
            .ok_or(ServiceError::InvalidResponse(ResponseError::WrongShape)),
    }
}

/// Object with a yes or no. Unknown keys are an error, because they may contradict it.
#[derive(Deserialize, PartialEq, Default)]
#[serde(deny_unknown_fields)]
struct Confirmation {
    #[serde(default, deserialize_with = "any")]
    status: Option<Any<Scalar>>,
    #[serde(default, deserialize_with = "any")]
    data: Option<Any<Scalar>>,
    #[serde(default, deserialize_with = "any")]
    message: Option<Any<Scalar>>,
}

impl Record for Confirmation {}

/// Reads exactly the documented forms of a yes or no.
fn yes_or_no(body: &Any<Confirmation>) -> Option<bool> {
    let (status, data) = match body {
        Any::Flag(value) => return Some(*value),
        Any::Text(word) => return word.as_str().parse().ok(),
        Any::Object(confirmation) if confirmation.message.is_none() => {
            (&confirmation.status, &confirmation.data)
        }
        _ => return None,
    };
    match (status, data) {
        (Some(Any::Flag(value)), None) | (None, Some(Any::Flag(value))) => Some(*value),
        (Some(Any::Text(word)), Some(Any::Flag(value))) if word.as_str() == "success" => {
            Some(*value)
        }
        _ => None,
    }
}

/// Reads the response to [`login_request`](super::login_request): the patient object, bare or as
/// `{"status":"success","data":{…}}`.
///
/// ```
/// use contract::patient::read_login;
/// use contract::response::{Headers, Response};
///
/// let body = br#"{"fileNo":"0000001","nationality":"Test"}"#;
/// let response = Response { status: 200, headers: Headers::default(), body };
/// let patient = read_login(&response).unwrap();
/// assert_eq!(patient.patient_id.unwrap().as_str(), "0000001");
/// ```
///
/// # Errors
/// [`ServiceError::NotFound`] for every documented form of "no such patient", and for a record
/// without a file number, an identifier, a phone and a name; [`ServiceError::InvalidResponse`] for
/// undocumented forms, including an object without any patient field; [`ServiceError::TooManyTries`] and [`ServiceError::ServiceDown`] by status.
pub fn read_login(response: &Response<'_>) -> Result<Patient, ServiceError> {
    login_data(response).and_then(patient)
}

/// Object around the data of a success.
#[derive(Deserialize)]
#[serde(bound = "T: Record + DeserializeOwned")]
struct Wrapped<T> {
    #[serde(default = "Option::default", deserialize_with = "any")]
    data: Option<Any<T>>,
}

/// Reads the data of a response to a sign-in, bare or in an envelope.
fn login_data<T: Record + DeserializeOwned>(
    response: &Response<'_>,
) -> Result<Any<T>, ServiceError> {
    match response.status {
        200 => {}
        404 => return Err(ServiceError::NotFound),
        400 | 401 | 403 | 422 if !response.is_web_page() => return Err(ServiceError::NotFound),
        _ => return Err(response.status_error()),
    }
    let bare = response.trimmed()?;
    if bare.is_empty() || bare.eq_ignore_ascii_case(NO_USER.as_bytes()) {
        return Err(ServiceError::NotFound);
    }
    // Only these words make an envelope of the object. Any other `status`, such as a number, is an
    // unknown field of a bare patient, and unknown fields are ignored.
    if let Some(envelope) = response.envelope()? {
        if envelope.status_is("fail") || envelope.status_is("error") {
            return Err(ServiceError::NotFound);
        }
        if envelope.status_is("success")
            && let Some(data) = response.json::<Wrapped<T>>()?.data
        {
            return Ok(data);
        }
    }
    response.json()
}

/// Reads the response to [`login_request`](super::login_request) where a one-time code may be required. A
/// response with an `otp_id` is no record, whatever else it has: the record is valid only after the code.
///
/// ```
/// use contract::patient::{Login, read_login_or_code};
/// use contract::response::{Headers, Response};
///
/// let body = br#"{"otp_id":"a-made-up-id"}"#;
/// let response = Response { status: 200, headers: Headers::default(), body };
/// assert!(matches!(read_login_or_code(&response), Ok(Login::CodeSent(_))));
/// ```
///
/// # Errors
/// As [`read_login`].
pub fn read_login_or_code(response: &Response<'_>) -> Result<Login, ServiceError> {
    match login_data(response)? {
        Any::Object(PatientFields {
            otp_id: Some(id), ..
        }) => Ok(Login::CodeSent(id)),
        other => patient(other).map(|patient| Login::Record(Box::new(patient))),
    }
}

/// Reads the response to [`verify_request`](super::verify_request): as [`read_login`], or that the code is
/// wrong or expired. That 410 and the word "expired" mean the latter is an assumption.
///
/// ```
/// use contract::patient::{Verification, read_verification};
/// use contract::response::{Headers, Response};
///
/// let response = Response { status: 410, headers: Headers::default(), body: b"" };
/// assert!(matches!(read_verification(&response), Ok(Verification::CodeExpired)));
/// ```
///
/// # Errors
/// As [`read_login`], without [`ServiceError::NotFound`]: the patient was identified before.
pub fn read_verification(response: &Response<'_>) -> Result<Verification, ServiceError> {
    if response.status == 410 {
        return Ok(Verification::CodeExpired);
    }
    match read_login(response) {
        Ok(patient) => Ok(Verification::Verified(Box::new(patient))),
        Err(ServiceError::NotFound) if is_expired(response) => Ok(Verification::CodeExpired),
        Err(ServiceError::NotFound) => Ok(Verification::WrongCode),
        Err(error) => Err(error),
    }
}

/// Reads the response to [`resend_request`](super::resend_request): a new `otp_id`, or a 200 in one of the
/// forms of success.
///
/// ```
/// use contract::patient::{Resend, read_resend};
/// use contract::response::{Headers, Response};
///
/// let body = br#"{"status":"success"}"#;
/// let response = Response { status: 200, headers: Headers::default(), body };
/// assert!(matches!(read_resend(&response), Ok(Resend::Sent(None))));
/// ```
///
/// # Errors
/// [`ServiceError::TooManyTries`], [`ServiceError::ServiceDown`] and [`ServiceError::InvalidResponse`].
pub fn read_resend(response: &Response<'_>) -> Result<Resend, ServiceError> {
    match response.status {
        200 if response.trimmed()?.is_empty() => return Ok(Resend::Sent(None)),
        410 => return Ok(Resend::CodeExpired),
        _ => {}
    }
    match login_data(response) {
        Ok(Any::Null | Any::Flag(false)) | Err(ServiceError::NotFound) => {
            return Ok(Resend::CodeExpired);
        }
        Ok(Any::Object(PatientFields {
            otp_id: Some(id), ..
        })) => return Ok(Resend::Sent(Some(id))),
        Ok(_) => {}
        Err(error) => return Err(error),
    }
    let data = login_data(response)?;
    match yes_or_no(&data) {
        Some(true) => Ok(Resend::Sent(None)),
        Some(false) => Ok(Resend::CodeExpired),
        None if only_success(data) => Ok(Resend::Sent(None)),
        None => Err(ServiceError::InvalidResponse(ResponseError::WrongShape)),
    }
}

/// `true` for `{"status":"success"}`, with or without a message.
fn only_success(data: Any<Confirmation>) -> bool {
    match data {
        Any::Object(Confirmation {
            status: Some(Any::Text(word)),
            data: None,
            ..
        }) => word.as_str().eq_ignore_ascii_case("success"),
        _ => false,
    }
}

const EXPIRED: &[u8] = b"expired";

/// `true` if a text field of the error contains "expired", in any case.
fn is_expired(response: &Response<'_>) -> bool {
    let Ok(Some(envelope)) = response.envelope() else {
        return false;
    };
    let errors = envelope.errors.iter().chain([&envelope]);
    errors
        .flat_map(|error| [&error.reason, &error.code, &error.message])
        .flatten()
        .any(|text| {
            let mut parts = text.as_str().as_bytes().windows(EXPIRED.len());
            parts.any(|part| part.eq_ignore_ascii_case(EXPIRED))
        })
}

const NO_USER: &str = "No user found";

fn patient(data: Any<PatientFields>) -> Result<Patient, ServiceError> {
    match data {
        Any::Null | Any::Flag(false) => Err(ServiceError::NotFound),
        Any::Text(text)
            if ["", NO_USER]
                .iter()
                .any(|none| text.as_str().trim().eq_ignore_ascii_case(none)) =>
        {
            Err(ServiceError::NotFound)
        }
        Any::Object(fields) => {
            let has_file_number = fields.file_no != FileNumber::Missing;
            let patient = Patient::from(fields);
            if !patient.names_no_person() {
                Ok(patient)
            } else if has_file_number || patient != Patient::default() {
                Err(ServiceError::NotFound)
            } else {
                // An object without patient fields is an error in an unknown form.
                Err(ServiceError::InvalidResponse(ResponseError::WrongShape))
            }
        }
        _ => Err(ServiceError::InvalidResponse(ResponseError::WrongShape)),
    }
}

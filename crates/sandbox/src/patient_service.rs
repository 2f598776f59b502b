//! The patient middleware: two calls, and two more where a one-time code is needed for the record; and the
//! call of an application in front of it. It reads a request as strictly as its document is written, so
//! that a portal which sends something else fails here and not at a hospital.

use crate::json_object::JsonObject;
use crate::one_time_codes::{CodeCheck, OneTimeCodes};
use crate::people::People;
use crate::request::BufferedRequest;
use crate::response::{BufferedResponse, ContractViolation};
use axum::http::header::{ALLOW, HeaderValue};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

/// `POST /api/customer/is_patient_exists`
pub(crate) fn exists(people: &People, request: &BufferedRequest) -> BufferedResponse {
    let found = read_fields(request, ["phoneNo"]).and_then(|[phone]| {
        check_phone("phoneNo", &phone)?;
        Ok(people
            .patients
            .iter()
            .any(|patient| patient.credentials.phone == phone))
    });
    match found {
        Ok(found) => BufferedResponse::json(StatusCode::OK, found.to_string()),
        Err(violation) => violation_response(&violation),
    }
}

/// `POST /api/customer/login`
pub(crate) fn login(
    people: &People,
    codes: &mut OneTimeCodes,
    request: &BufferedRequest,
) -> BufferedResponse {
    let found =
        read_fields(request, ["type", "value", "phone"]).and_then(|[kind, value, phone]| {
            check_phone("phone", &phone)?;
            let by_national_id = match kind.as_str() {
                "nationalId" => true,
                "patientId" => false,
                other => {
                    return Err(ContractViolation::new(
                        "unknownType",
                        format!("`type` is nationalId or patientId, not {other:?}"),
                    ));
                }
            };
            if by_national_id {
                check_national_id(&value)?;
            } else {
                check_patient_id(&value)?;
            }
            Ok(people.patients.iter().position(|patient| {
                let identifier = if by_national_id {
                    Some(&patient.credentials.national_id)
                } else {
                    patient.credentials.patient_id.as_ref()
                };
                patient.credentials.phone == phone && identifier == Some(&value)
            }))
        });
    match found {
        Ok(Some(index)) => match people.patients.get(index) {
            Some(patient) if patient.credentials.one_time_code.is_some() => send_code(codes, index),
            Some(patient) => BufferedResponse::json(StatusCode::OK, patient.response.clone()),
            None => BufferedResponse::message(StatusCode::NOT_FOUND, "No user found"),
        },
        // The document names no status for this case. 404 is the default; a fault plan can set any
        // other.
        Ok(None) => BufferedResponse::message(StatusCode::NOT_FOUND, "No user found"),
        Err(violation) => violation_response(&violation),
    }
}

/// `POST /api/customer/verify_otp`. No document describes the response to a wrong code; these have
/// the form of this middleware's other errors.
pub(crate) fn verify(
    people: &People,
    codes: &mut OneTimeCodes,
    request: &BufferedRequest,
) -> BufferedResponse {
    let [otp_id, code] = match read_fields(request, ["otp_id", "otp_code"]) {
        Ok(fields) => fields,
        Err(violation) => return violation_response(&violation),
    };
    if code.is_empty() || code.len() > 10 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return violation_response(&ContractViolation::new(
            "codeDigits",
            "`otp_code`: up to ten digits",
        ));
    }
    match codes.check_code(people, &otp_id, &code) {
        CodeCheck::Correct(patient) => {
            BufferedResponse::json(StatusCode::OK, patient.response.clone())
        }
        CodeCheck::Wrong => failed(StatusCode::UNAUTHORIZED, "wrongCode", "Wrong code"),
        CodeCheck::TooManyAttempts => {
            BufferedResponse::message(StatusCode::TOO_MANY_REQUESTS, "Too many tries")
        }
        CodeCheck::Expired => code_expired(),
    }
}

/// `POST /api/customer/resend_otp`
pub(crate) fn resend(
    people: &People,
    codes: &mut OneTimeCodes,
    request: &BufferedRequest,
) -> BufferedResponse {
    match read_fields(request, ["otp_id"]) {
        Ok([otp_id]) => match codes.find(people, &otp_id) {
            Some(index) => {
                codes.revoke(&otp_id);
                send_code(codes, index)
            }
            None => code_expired(),
        },
        Err(violation) => violation_response(&violation),
    }
}

/// `POST /api/customer/logout`, which the middleware does not have: answered as by an application in front of
/// it (`patient.cookies` in the portal's configuration), which ends the session that its cookie names. The
/// sandbox sets no cookie and has no such session, so there is none to end.
pub(crate) fn logout(request: &BufferedRequest) -> BufferedResponse {
    let checked = check_method(request)
        .and_then(|()| check_accept(request))
        .and_then(|()| {
            let violation = || ContractViolation::new("body", "this call takes no body");
            request.body.is_empty().then_some(()).ok_or_else(violation)
        });
    match checked {
        Ok(()) => BufferedResponse::empty(StatusCode::NO_CONTENT),
        Err(violation) => violation_response(&violation),
    }
}

fn send_code(codes: &mut OneTimeCodes, index: usize) -> BufferedResponse {
    match codes.issue(index) {
        Ok(otp_id) => {
            BufferedResponse::json(StatusCode::OK, json!({ "otp_id": otp_id }).to_string())
        }
        Err(error) => {
            BufferedResponse::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string())
        }
    }
}

fn code_expired() -> BufferedResponse {
    failed(StatusCode::NOT_FOUND, "codeExpired", "The code has expired")
}

fn failed(status: StatusCode, reason: &'static str, message: &str) -> BufferedResponse {
    BufferedResponse::contract_violation(
        status,
        "customer",
        &ContractViolation::new(reason, message),
    )
}

fn violation_response(violation: &ContractViolation) -> BufferedResponse {
    let status = if violation.reason == "method" {
        StatusCode::METHOD_NOT_ALLOWED
    } else {
        StatusCode::BAD_REQUEST
    };
    let response = BufferedResponse::contract_violation(status, "customer", violation);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.with(ALLOW, HeaderValue::from_static("POST, OPTIONS"))
    } else {
        response
    }
}

/// The values of exactly these keys, all of which must be text.
fn read_fields<const N: usize>(
    request: &BufferedRequest,
    names: [&'static str; N],
) -> Result<[String; N], ContractViolation> {
    check_method(request)?;
    check_content_type(request)?;
    check_accept(request)?;
    let JsonObject(members) = serde_json::from_slice(&request.body).map_err(|error| {
        ContractViolation::new("json", format!("the body is no JSON object: {error}"))
    })?;
    let mut values: [Option<String>; N] = [const { None }; N];
    for (key, value) in members {
        let slot = names
            .iter()
            .zip(values.iter_mut())
            .find_map(|(name, slot)| (*name == key).then_some(slot));
        let Some(slot) = slot else {
            return Err(ContractViolation::new(
                "unexpectedKey",
                format!("the document has no key {key:?}"),
            ));
        };
        let Value::String(text) = value else {
            return Err(ContractViolation::new(
                "notText",
                format!("`{key}` must be text"),
            ));
        };
        if slot.replace(text).is_some() {
            return Err(ContractViolation::new(
                "duplicateKey",
                format!("`{key}` comes twice"),
            ));
        }
    }
    let mut complete = [const { String::new() }; N];
    for ((name, value), place) in names.iter().zip(values).zip(complete.iter_mut()) {
        *place = value.ok_or_else(|| {
            ContractViolation::new("missingKey", format!("`{name}` is not there"))
        })?;
    }
    Ok(complete)
}

fn check_method(request: &BufferedRequest) -> Result<(), ContractViolation> {
    if request.method != Method::POST {
        return Err(ContractViolation::new(
            "method",
            format!("POST, not {}", request.method),
        ));
    }
    if request.uri.query().is_some() {
        return Err(ContractViolation::new("query", "this call takes no query"));
    }
    Ok(())
}

fn check_content_type(request: &BufferedRequest) -> Result<(), ContractViolation> {
    if request.media_type() != "application/json" {
        return Err(ContractViolation::new(
            "contentType",
            format!(
                "Content-Type: application/json, not {:?}",
                request.header("content-type")
            ),
        ));
    }
    Ok(())
}

fn check_accept(request: &BufferedRequest) -> Result<(), ContractViolation> {
    let accepts_json = request.header("accept").split(',').any(|range| {
        let media = range.split(';').next().unwrap_or_default().trim();
        media.eq_ignore_ascii_case("application/json")
    });
    if !accepts_json {
        return Err(ContractViolation::new(
            "accept",
            format!(
                "Accept: application/json, not {:?}",
                request.header("accept")
            ),
        ));
    }
    Ok(())
}

/// Checks a national number: digits without a country code or the leading zero. The documents'
/// sample `5368798202` has ten digits, so any length from 8 to 15 passes.
fn check_phone(key: &str, phone: &str) -> Result<(), ContractViolation> {
    let violation =
        |reason, what: &str| Err(ContractViolation::new(reason, format!("`{key}`: {what}")));
    if phone.is_empty() || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
        return violation("phoneDigits", "digits only");
    }
    if phone.starts_with('0') {
        return violation("phoneLeadingZero", "without the leading zero");
    }
    let mobile_follows = phone
        .strip_prefix("966")
        .map(|rest| rest.strip_prefix('0').unwrap_or(rest))
        .is_some_and(|rest| rest.len() == 9 && rest.starts_with('5'));
    if mobile_follows {
        return violation("phoneCountryCode", "without the country code");
    }
    if !(8..=15).contains(&phone.len()) {
        return violation("phoneLength", "8 to 15 digits");
    }
    Ok(())
}

fn check_national_id(value: &str) -> Result<(), ContractViolation> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ContractViolation::new(
            "nationalIdDigits",
            "`value`: a national ID is digits only",
        ));
    }
    if !(8..=15).contains(&value.len()) {
        return Err(ContractViolation::new(
            "nationalIdLength",
            "`value`: a national ID has 8 to 15 digits",
        ));
    }
    Ok(())
}

/// Checks a Patient ID: opaque text, but without spaces or the invisible characters that copied text
/// contains.
fn check_patient_id(value: &str) -> Result<(), ContractViolation> {
    let fits = |c: char| c.is_ascii_digit() || c.is_alphabetic() || c == '-' || c == '/';
    if value.is_empty() || !value.chars().all(fits) {
        return Err(ContractViolation::new(
            "patientIdCharacters",
            "`value`: a Patient ID is letters, digits, hyphens and slashes",
        ));
    }
    if value.chars().count() > 32 {
        return Err(ContractViolation::new(
            "patientIdLength",
            "`value`: a Patient ID has at most 32 characters",
        ));
    }
    Ok(())
}

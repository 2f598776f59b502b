//! The patient middleware: two calls, and two more where a one-time code comes before the record,
//! answered from the sample patients. It reads a request as
//! strictly as its document is written, so that a portal which sends something else is told so
//! here and not by a real hospital.

use crate::answer::{Answer, BrokenRule};
use crate::call::Arrived;
use crate::json_object::JsonObject;
use crate::patient_codes::{PatientCodes, Tried};
use crate::people::People;
use axum::http::header::{ALLOW, HeaderValue};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

/// `POST /api/customer/is_patient_exists`
pub(crate) fn exists(people: &People, request: &Arrived) -> Answer {
    let found = read_fields(request, ["phoneNo"]).and_then(|[phone]| {
        check_phone("phoneNo", &phone)?;
        Ok(people.patients.iter().any(|one| one.keys.phone == phone))
    });
    match found {
        Ok(found) => Answer::json(StatusCode::OK, found.to_string()),
        Err(rule) => refusal(&rule),
    }
}

/// `POST /api/customer/login`
pub(crate) fn login(people: &People, codes: &mut PatientCodes, request: &Arrived) -> Answer {
    let found =
        read_fields(request, ["type", "value", "phone"]).and_then(|[kind, value, phone]| {
            check_phone("phone", &phone)?;
            let by_national_id = match kind.as_str() {
                "nationalId" => true,
                "patientId" => false,
                other => {
                    return Err(BrokenRule::new(
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
            Ok(people.patients.iter().position(|one| {
                let identifier = if by_national_id {
                    Some(&one.keys.national_id)
                } else {
                    one.keys.patient_id.as_ref()
                };
                one.keys.phone == phone && identifier == Some(&value)
            }))
        });
    match found {
        Ok(Some(index)) => match people.patients.get(index) {
            Some(patient) if patient.keys.one_time_code.is_some() => code_sent(codes, index),
            Some(patient) => Answer::json(StatusCode::OK, patient.answer.clone()),
            None => Answer::message(StatusCode::NOT_FOUND, "No user found"),
        },
        // The document names no status for this. One way is the default here; a fault plan can
        // give any other.
        Ok(None) => Answer::message(StatusCode::NOT_FOUND, "No user found"),
        Err(rule) => refusal(&rule),
    }
}

/// `POST /api/customer/verify_otp`. No document says how a wrong code is answered; these are the
/// forms that others of this middleware's errors have.
pub(crate) fn verify(people: &People, codes: &mut PatientCodes, request: &Arrived) -> Answer {
    let [name, code] = match read_fields(request, ["otp_id", "otp_code"]) {
        Ok(fields) => fields,
        Err(rule) => return refusal(&rule),
    };
    if code.is_empty() || code.len() > 10 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return refusal(&BrokenRule::new(
            "codeDigits",
            "`otp_code`: up to ten digits",
        ));
    }
    match codes.try_code(people, &name, &code) {
        Tried::Right(patient) => Answer::json(StatusCode::OK, patient.answer.clone()),
        Tried::Wrong => failed(StatusCode::UNAUTHORIZED, "wrongCode", "Wrong code"),
        Tried::TooOften => Answer::message(StatusCode::TOO_MANY_REQUESTS, "Too many tries"),
        Tried::Over => over(),
    }
}

/// `POST /api/customer/resend_otp`
pub(crate) fn resend(people: &People, codes: &mut PatientCodes, request: &Arrived) -> Answer {
    match read_fields(request, ["otp_id"]) {
        Ok([name]) => match codes.find(people, &name) {
            Some(index) => {
                codes.forget(&name);
                code_sent(codes, index)
            }
            None => over(),
        },
        Err(rule) => refusal(&rule),
    }
}

fn code_sent(codes: &mut PatientCodes, index: usize) -> Answer {
    match codes.send(index) {
        Ok(name) => Answer::json(StatusCode::OK, json!({ "otp_id": name }).to_string()),
        Err(error) => Answer::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

fn over() -> Answer {
    failed(StatusCode::NOT_FOUND, "codeExpired", "The code has expired")
}

fn failed(status: StatusCode, reason: &'static str, message: &str) -> Answer {
    Answer::broken_rule(status, "customer", &BrokenRule::new(reason, message))
}

fn refusal(rule: &BrokenRule) -> Answer {
    let status = if rule.reason == "method" {
        StatusCode::METHOD_NOT_ALLOWED
    } else {
        StatusCode::BAD_REQUEST
    };
    let answer = Answer::broken_rule(status, "customer", rule);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        answer.with(ALLOW, HeaderValue::from_static("POST, OPTIONS"))
    } else {
        answer
    }
}

/// The values of exactly these keys, all of them text.
fn read_fields<const N: usize>(
    request: &Arrived,
    names: [&'static str; N],
) -> Result<[String; N], BrokenRule> {
    check_envelope(request)?;
    let JsonObject(members) = serde_json::from_slice(&request.body)
        .map_err(|error| BrokenRule::new("json", format!("the body is no JSON object: {error}")))?;
    let mut values: [Option<String>; N] = [const { None }; N];
    for (key, value) in members {
        let slot = names
            .iter()
            .zip(values.iter_mut())
            .find_map(|(name, slot)| (*name == key).then_some(slot));
        let Some(slot) = slot else {
            return Err(BrokenRule::new(
                "unexpectedKey",
                format!("the document has no key {key:?}"),
            ));
        };
        let Value::String(text) = value else {
            return Err(BrokenRule::new("notText", format!("`{key}` must be text")));
        };
        if slot.replace(text).is_some() {
            return Err(BrokenRule::new(
                "duplicateKey",
                format!("`{key}` comes twice"),
            ));
        }
    }
    let mut complete = [const { String::new() }; N];
    for ((name, value), place) in names.iter().zip(values).zip(complete.iter_mut()) {
        *place =
            value.ok_or_else(|| BrokenRule::new("missingKey", format!("`{name}` is not there")))?;
    }
    Ok(complete)
}

fn check_envelope(request: &Arrived) -> Result<(), BrokenRule> {
    if request.method != Method::POST {
        return Err(BrokenRule::new(
            "method",
            format!("POST, not {}", request.method),
        ));
    }
    if request.uri.query().is_some() {
        return Err(BrokenRule::new(
            "query",
            "nothing belongs into the address of this call",
        ));
    }
    if request.media_type() != "application/json" {
        return Err(BrokenRule::new(
            "contentType",
            format!(
                "Content-Type: application/json, not {:?}",
                request.header("content-type")
            ),
        ));
    }
    let accepts_json = request.header("accept").split(',').any(|range| {
        let media = range.split(';').next().unwrap_or_default().trim();
        media.eq_ignore_ascii_case("application/json")
    });
    if !accepts_json {
        return Err(BrokenRule::new(
            "accept",
            format!(
                "Accept: application/json, not {:?}",
                request.header("accept")
            ),
        ));
    }
    Ok(())
}

/// A national number: no country code, nor the zero that stands for one. The documents' sample
/// `5368798202` has ten digits, so the length is only held within reason.
fn check_phone(key: &str, phone: &str) -> Result<(), BrokenRule> {
    let rule = |reason, what: &str| Err(BrokenRule::new(reason, format!("`{key}`: {what}")));
    if phone.is_empty() || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
        return rule("phoneDigits", "digits only");
    }
    if phone.starts_with('0') {
        return rule(
            "phoneLeadingZero",
            "without the zero that stands for the country code",
        );
    }
    let mobile_follows = phone
        .strip_prefix("966")
        .map(|rest| rest.strip_prefix('0').unwrap_or(rest))
        .is_some_and(|rest| rest.len() == 9 && rest.starts_with('5'));
    if mobile_follows {
        return rule("phoneCountryCode", "without the country code");
    }
    if !(8..=15).contains(&phone.len()) {
        return rule("phoneLength", "8 to 15 digits");
    }
    Ok(())
}

fn check_national_id(value: &str) -> Result<(), BrokenRule> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BrokenRule::new(
            "nationalIdDigits",
            "`value`: a national ID is digits only",
        ));
    }
    if !(8..=15).contains(&value.len()) {
        return Err(BrokenRule::new(
            "nationalIdLength",
            "`value`: a national ID has 8 to 15 digits",
        ));
    }
    Ok(())
}

/// Opaque text, but never with what a keyboard or a copied page adds around it.
fn check_patient_id(value: &str) -> Result<(), BrokenRule> {
    let fits = |c: char| c.is_ascii_digit() || c.is_alphabetic() || c == '-' || c == '/';
    if value.is_empty() || !value.chars().all(fits) {
        return Err(BrokenRule::new(
            "patientIdCharacters",
            "`value`: a Patient ID is letters, digits, hyphens and slashes",
        ));
    }
    if value.chars().count() > 32 {
        return Err(BrokenRule::new(
            "patientIdLength",
            "`value`: a Patient ID has at most 32 characters",
        ));
    }
    Ok(())
}

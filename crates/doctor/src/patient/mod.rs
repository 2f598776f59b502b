//! Checks of the patient middleware, for an unknown patient and for the test patient, if any.

mod record;

use contract::patient::{
    Login as SignIn, Verification, exists_request, login_request, read_exists, read_login_or_code,
    read_verification, verify_request,
};
use contract::request::Body;
use contract::response::{Headers, Response};

use self::record::{LoginResult, check_record, read_login, send_login};
use crate::cors::{self, PreflightedCall};
use crate::credentials::{Identifier, PatientCredentials};
use crate::finding::{Finding, body};
use crate::http::{Client, HttpResponse, TransportError};
use crate::plan::Plan;
use crate::report::Section;
use crate::{date_header, media_type, rate_limit, reachability};

/// A number with the format of a Saudi mobile number that no patient should have. If one has it, the checks
/// reveal nothing about them.
pub(crate) const UNKNOWN_PHONE: &str = "500000000";
/// A number with the format of a national ID and a wrong check digit.
pub(crate) const UNKNOWN_NATIONAL_ID: &str = "1000000000";

/// The `otp_id` in [`unissued_code`].
pub(crate) const UNKNOWN_CODE_ID: &str = "made-up-by-the-doctor";

const NATIONAL_ID: &str = "nationalId";

/// Runs all checks of the patient middleware. Without `patient.checkExists` the portal asks for no phone
/// alone, and neither do the checks.
pub(crate) fn examine(plan: &Plan, client: &Client, section: &mut Section<'_>) {
    let sign_in = || login_request(NATIONAL_ID, UNKNOWN_NATIONAL_ID, UNKNOWN_PHONE);
    let harmless = || {
        client.send(&if plan.check_exists {
            exists_request(UNKNOWN_PHONE)
        } else {
            sign_in()
        })
    };
    let Some(first) = reachability::check(client, harmless(), section) else {
        return;
    };
    date_header::check(&first, section);
    if cors::check_applies(client, section) {
        let preflight = PreflightedCall::of("cors.preflight", &sign_in());
        cors::check_preflight(client, &preflight, section);
        let name = if plan.check_exists {
            "cors.exists"
        } else {
            "cors.unknown"
        };
        cors::check_readable(client, &first, name, false, section);
        cors::check_retry_after(client, &first, section);
    }
    if plan.check_exists {
        unknown_phone(&first, section);
        malformed(client, section);
    }
    let unknown_status = unknown_patient(client, section);
    if let Some(known) = &plan.credentials.patient {
        known_patient(plan, client, known, unknown_status, section);
    } else {
        section.warn(
            "login.record",
            "not checked: there is no test patient",
            "set a test patient's phone and identifier in the environment; see --help",
        );
    }
    if plan.one_time_code == Some(true) {
        unissued_code(client, section);
    }
    rate_limit::check(rate_limit::announces_limit(&first), harmless, section);
}

/// Signs the test patient in, with the calls of the portal.
pub(crate) fn probe(
    plan: &Plan,
    client: &Client,
    known: &PatientCredentials,
    section: &mut Section<'_>,
) {
    if plan.check_exists {
        known_phone(client, known.phone.as_str(), section);
    }
    let _ = known_login(plan, client, known, section);
}

fn unknown_phone(response: &HttpResponse, section: &mut Section<'_>) {
    const NAME: &str = "exists.unknown";
    const WANTED: &str = "200 and false for an unknown phone";
    let read = body(response).and_then(|body| {
        read_exists(&response.to_contract(body))
            .map_err(|error| Finding::unexpected(response.status, error, WANTED))
    });
    match read {
        Ok(false) => {
            section.pass(
                NAME,
                "is_patient_exists returned false for an unknown phone",
            );
            media_type::check_json(response, "exists.type", section);
        }
        Ok(true) => section.warn(
            NAME,
            "is_patient_exists returned true for a phone that no patient should have",
            "check that the service does not return true for every phone",
        ),
        Err(finding) => section.fail_call(NAME, "is_patient_exists for an unknown phone", finding),
    }
}

/// Checks that a request without a phone is rejected.
fn malformed(client: &Client, section: &mut Section<'_>) {
    const NAME: &str = "exists.malformed";
    let mut request = exists_request("");
    if let Body::Json(text) = &mut request.body {
        *text = "{}".into();
    }
    match client.send(&request) {
        Ok(response) => match (response.status, body(&response)) {
            (400..=499, _) => section.pass(
                NAME,
                format!(
                    "is_patient_exists without a phone got status {}",
                    response.status
                ),
            ),
            (200, Ok(body)) if read_exists(&response.to_contract(body)) == Ok(true) => section
                .fail(
                    NAME,
                    "is_patient_exists without a phone returned true, so the phone is not checked",
                    "reject a request without a phone with 400",
                ),
            (status, _) => section.warn(
                NAME,
                format!(
                    "is_patient_exists without a phone got status {status}, so the request is not \
                     validated"
                ),
                "reject a request without a phone with 400",
            ),
        },
        Err(error) => section.fail_call(NAME, "is_patient_exists without a phone", error.into()),
    }
}

/// Checks a login with an unknown phone and identifier. Returns the status, which a wrong identifier of
/// a known phone must get, too.
fn unknown_patient(client: &Client, section: &mut Section<'_>) -> Option<u16> {
    const NAME: &str = "login.unknown";
    let request = login_request(NATIONAL_ID, UNKNOWN_NATIONAL_ID, UNKNOWN_PHONE);
    let status = match send_login(client.send(&request)) {
        LoginResult::NotFound(status) => status,
        LoginResult::Record(_) => {
            section.fail(
                NAME,
                "login with an unknown phone and identifier returned a patient's record",
                "take the service off the network until it is known whose record that is",
            );
            return None;
        }
        LoginResult::CodeId => {
            section.fail(
                NAME,
                "login with an unknown phone and identifier sent a one-time code",
                "send a code only when phone and identifier match a patient",
            );
            return None;
        }
        LoginResult::Failed(finding) => {
            section.fail_call(NAME, "login with an unknown phone and identifier", finding);
            return None;
        }
    };
    if matches!(status, 401 | 403) {
        section.warn(
            NAME,
            format!(
                "login with an unknown phone and identifier got status {status}, which the portal \
                 shows as patient not found"
            ),
            "check that no gateway rejects every call with this status; 404 would be unambiguous",
        );
    } else {
        section.pass(
            NAME,
            format!(
                "login with an unknown phone and identifier got status {status}: no patient was found"
            ),
        );
    }
    Some(status)
}

fn known_patient(
    plan: &Plan,
    client: &Client,
    known: &PatientCredentials,
    unknown_status: Option<u16>,
    section: &mut Section<'_>,
) {
    let phone = known.phone.as_str();
    if plan.check_exists {
        known_phone(client, phone, section);
    }
    wrong_identifier(client, phone, unknown_status, section);
    let code_sent = known_login(plan, client, known, section);
    if code_sent && plan.one_time_code.is_none() {
        unissued_code(client, section);
    }
}

/// Checks the sign-in of the test patient. Returns `true` if a one-time code was sent.
fn known_login(
    plan: &Plan,
    client: &Client,
    known: &PatientCredentials,
    section: &mut Section<'_>,
) -> bool {
    let (kind, identifier) = match &known.identifier {
        Identifier::NationalId(id) => (NATIONAL_ID, id),
        Identifier::PatientId(id) => (plan.patient_id_type.as_str(), id),
    };
    known_record(
        plan,
        client,
        client.send(&login_request(
            kind,
            identifier.as_str(),
            known.phone.as_str(),
        )),
        section,
    )
}

fn known_phone(client: &Client, phone: &str, section: &mut Section<'_>) {
    const NAME: &str = "exists.known";
    let exists = client
        .send(&exists_request(phone))
        .map_err(Finding::from)
        .and_then(|response| {
            read_exists(&response.to_contract(body(&response)?))
                .map_err(|error| Finding::unexpected(response.status, error, "200 and true"))
        });
    match exists {
        Ok(true) => section.pass(
            NAME,
            "is_patient_exists returned true for the test patient's phone",
        ),
        Ok(false) => section.fail(
            NAME,
            "is_patient_exists returned false for the test patient's phone",
            "check that the phone in the environment has no country code and no leading zero, or set \
             patient.checkExists to false",
        ),
        Err(finding) => section.fail_call(
            NAME,
            "is_patient_exists for the test patient's phone",
            finding,
        ),
    }
}

fn wrong_identifier(
    client: &Client,
    phone: &str,
    unknown_status: Option<u16>,
    section: &mut Section<'_>,
) {
    const NAME: &str = "login.wrong-identifier";
    let request = login_request(NATIONAL_ID, UNKNOWN_NATIONAL_ID, phone);
    match send_login(client.send(&request)) {
        LoginResult::NotFound(status)
            if unknown_status.is_some_and(|unknown| unknown != status) =>
        {
            section.warn(
                NAME,
                format!(
                    "login with a wrong identifier got status {status}, unlike an unknown phone, \
                     which reveals the phones of patients"
                ),
                "respond to both with the same status",
            );
        }
        LoginResult::NotFound(status) => section.pass(
            NAME,
            format!("login with a wrong identifier got status {status}: no patient was found"),
        ),
        LoginResult::Record(_) => section.fail(
            NAME,
            "login with a wrong identifier returned the test patient's record",
            "compare the identifier with the record before sending it",
        ),
        LoginResult::CodeId => section.fail(
            NAME,
            "login with a wrong identifier sent a one-time code to the test patient",
            "send a code only when phone and identifier match a patient",
        ),
        LoginResult::Failed(finding) => {
            section.fail_call(NAME, "login with a wrong identifier", finding);
        }
    }
}

fn known_record(
    plan: &Plan,
    client: &Client,
    response: Result<HttpResponse, TransportError>,
    section: &mut Section<'_>,
) -> bool {
    const NAME: &str = "login.record";
    let response = match response {
        Ok(response) => response,
        Err(error) => {
            section.fail_call(NAME, "login as the test patient", error.into());
            return false;
        }
    };
    cors::check_readable(client, &response, "cors.login", false, section);
    let result = read_login(&response);
    let is_code = matches!(result, LoginResult::CodeId);
    match result {
        LoginResult::Record(patient) => {
            check_record(&patient, section);
            media_type::check_json(&response, "login.type", section);
        }
        LoginResult::CodeId => {
            code_sent(plan, section);
            media_type::check_json(&response, "login.type", section);
        }
        LoginResult::NotFound(status) => section.fail(
            NAME,
            format!("login as the test patient got status {status}: no patient was found"),
            "check phone and identifier in the environment, and --patient-id-type",
        ),
        LoginResult::Failed(finding) => {
            section.fail_call(NAME, "login as the test patient", finding);
        }
    }
    is_code
}

/// Reports that the service asks for a one-time code, which is right with `patient.oneTimeCode` only.
fn code_sent(plan: &Plan, section: &mut Section<'_>) {
    const NAME: &str = "login.record";
    match plan.one_time_code {
        Some(true) => section.pass(
            NAME,
            "login as the test patient sent a one-time code, so the record was not checked",
        ),
        Some(false) => section.fail(
            NAME,
            "login as the test patient sent a one-time code, and patient.oneTimeCode is false: the portal \
             shows an error",
            "set patient.oneTimeCode to true",
        ),
        None => {
            section.warn(
                NAME,
                "login as the test patient sent a one-time code, so the record was not checked",
                "set patient.oneTimeCode to true: without it the portal shows an error",
            );
        }
    }
}

/// Checks that a code for an unknown `otp_id` is rejected. The test patient's own code is never sent: a
/// failed attempt would count, and the correct code is on their phone.
fn unissued_code(client: &Client, section: &mut Section<'_>) {
    const NAME: &str = "verify.made-up";
    const WANTED: &str = "one of the documented responses for a wrong or expired code";
    let text = format!(r#"{{"otp_id":"{UNKNOWN_CODE_ID}"}}"#);
    let made_up = Response {
        status: 200,
        headers: Headers::default(),
        body: text.as_bytes(),
    };
    let Ok(SignIn::CodeSent(sent)) = read_login_or_code(&made_up) else {
        return;
    };
    let verification = client
        .send(&verify_request(&sent, "000000"))
        .map_err(Finding::from)
        .and_then(|response| {
            read_verification(&response.to_contract(body(&response)?))
                .map_err(|error| Finding::unexpected(response.status, error, WANTED))
        });
    match verification {
        Ok(Verification::WrongCode | Verification::CodeExpired) => {
            section.pass(NAME, "verify_otp rejected a code for an unknown otp_id");
        }
        Ok(Verification::Verified(_)) => section.fail(
            NAME,
            "verify_otp with an unknown otp_id returned a patient's record",
            "take the service off the network until it is known whose record that is",
        ),
        Err(finding) => section.fail_call(NAME, "verify_otp with an unknown otp_id", finding),
    }
}

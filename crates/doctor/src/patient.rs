//! The patient middleware. Two people are asked for: one whom nobody knows, and the one in the
//! environment, if any.

use contract::date::BirthDate;
use contract::patient::{
    Login as SignIn, Patient, Verification, exists_request, login_request, read_exists,
    read_login_or_code, read_verification, verify_request,
};
use contract::request::{Body, Method};
use contract::response::{Headers, Response};
use contract::service_error::ServiceError;

use crate::cors::{self, Asked};
use crate::credentials::PatientCredentials;
use crate::http::{Client, Reply, Trouble};
use crate::plan::Plan;
use crate::reading::{Finding, body};
use crate::report::Section;
use crate::{clock, media, rate_limit, reach};

/// A number in the form of a Saudi mobile number. Should somebody have it, nothing is learnt of them.
const NOBODYS_PHONE: &str = "500000000";
/// In the form of a national ID, with a check digit that is wrong.
const NOBODYS_ID: &str = "1000000000";

const NATIONAL_ID: &str = "nationalId";

const PREFLIGHT: Asked = Asked {
    name: "cors.preflight",
    path: "/api/customer/login",
    method: Method::Post,
    headers: &["content-type"],
    cookies: false,
};

pub(crate) fn examine(plan: &Plan, client: &Client, section: &mut Section<'_>) {
    let first = client.send(&exists_request(NOBODYS_PHONE));
    let Some(first) = reach::check(client, first, section) else {
        return;
    };
    clock::check(&first, section);
    if cors::matters(client, section) {
        cors::preflight(client, &PREFLIGHT, section);
        cors::readable(client, &first, "cors.exists", false, section);
        cors::retry_after(client, &first, section);
    }
    unknown_phone(&first, section);
    malformed(client, section);
    let nobody = unknown_patient(client, section);
    if let Some(known) = &plan.credentials.patient {
        known_patient(plan, client, known, nobody, section);
    } else {
        section.warn(
            "login.record",
            "not looked at: nobody to sign in as",
            "set a test patient's phone and identifier in the environment; see --help",
        );
    }
    rate_limit::look(
        rate_limit::announced(&first),
        || client.send(&exists_request(NOBODYS_PHONE)),
        section,
    );
}

fn unknown_phone(reply: &Reply, section: &mut Section<'_>) {
    const NAME: &str = "exists.unknown";
    const WANTED: &str = "200 and false for a phone that nobody has";
    let read = body(reply).and_then(|body| {
        read_exists(&reply.answer(body))
            .map_err(|refusal| Finding::unexpected(reply.status, refusal, WANTED))
    });
    match read {
        Ok(false) => {
            section.pass(NAME, "a phone that nobody should have is answered with no");
            media::json(reply, "exists.type", section);
        }
        Ok(true) => section.warn(
            NAME,
            "a phone that nobody should have is answered with yes",
            "make sure that the service does not say yes to every phone",
        ),
        Err(finding) => section.fail(NAME, finding.found, finding.advice),
    }
}

/// A request without a phone must neither be taken for a known one nor break the service.
fn malformed(client: &Client, section: &mut Section<'_>) {
    const NAME: &str = "exists.malformed";
    let mut request = exists_request("");
    if let Body::Json(text) = &mut request.body {
        *text = "{}".into();
    }
    match client.send(&request) {
        Ok(reply) => match (reply.status, body(&reply)) {
            (400..=499, _) => section.pass(
                NAME,
                format!("a request without a phone is answered {}", reply.status),
            ),
            (200, Ok(body)) if read_exists(&reply.answer(body)) == Ok(true) => section.fail(
                NAME,
                "a request without a phone is answered with yes",
                "refuse it with 400",
            ),
            (status, _) => section.warn(
                NAME,
                format!("a request without a phone is answered {status}"),
                "refuse it with 400: what is not checked ends in the database",
            ),
        },
        Err(trouble) => section.fail(NAME, trouble.to_string(), trouble.advice()),
    }
}

/// Returns the status, which must not tell an unknown phone from a wrong identifier.
fn unknown_patient(client: &Client, section: &mut Section<'_>) -> Option<u16> {
    const NAME: &str = "login.unknown";
    let request = login_request(NATIONAL_ID, NOBODYS_ID, NOBODYS_PHONE);
    let status = match read_login(client.send(&request)) {
        Login::Nobody(status) => status,
        Login::Record(_) => {
            section.fail(
                NAME,
                "somebody's record came for a phone and an identifier that nobody should have",
                "take the service off the network until it is known whose record that is",
            );
            return None;
        }
        Login::Code => {
            section.fail(
                NAME,
                "a one-time code was sent for a phone and an identifier that nobody should have",
                "send one only when the identifier matches",
            );
            return None;
        }
        Login::Trouble(finding) => {
            section.fail(NAME, finding.found, finding.advice);
            return None;
        }
    };
    if matches!(status, 401 | 403) {
        section.warn(
            NAME,
            format!(
                "an unknown patient is answered {status}: the portal takes it for nobody found"
            ),
            "make sure that this is not a gateway that refuses every call; 404 would be plain",
        );
    } else {
        section.pass(
            NAME,
            format!("an unknown patient is answered {status}: nobody found"),
        );
    }
    Some(status)
}

fn known_patient(
    plan: &Plan,
    client: &Client,
    known: &PatientCredentials,
    nobody: Option<u16>,
    section: &mut Section<'_>,
) {
    const EXISTS: &str = "exists.known";
    const WRONG: &str = "login.wrong-identifier";
    const RECORD: &str = "login.record";
    let phone = known.phone.as_str();
    let exists = client
        .send(&exists_request(phone))
        .map_err(Finding::from)
        .and_then(|reply| {
            read_exists(&reply.answer(body(&reply)?))
                .map_err(|refusal| Finding::unexpected(reply.status, refusal, "200 and true"))
        });
    match exists {
        Ok(true) => section.pass(EXISTS, "the test patient's phone is answered with yes"),
        Ok(false) => section.fail(
            EXISTS,
            "the test patient's phone is answered with no",
            "check the number in the environment: without country code and leading zero; or set \
             patient.checkExists to false",
        ),
        Err(finding) => section.fail(EXISTS, finding.found, finding.advice),
    }
    let (identifier, is_national) = &known.identifier;
    let kind = if *is_national {
        NATIONAL_ID
    } else {
        plan.patient_id_type.as_str()
    };
    match read_login(client.send(&login_request(NATIONAL_ID, NOBODYS_ID, phone))) {
        Login::Nobody(status) if nobody.is_some_and(|nobody| nobody != status) => section.warn(
            WRONG,
            format!("a wrong identifier is answered {status}, unlike an unknown phone"),
            "answer both alike, or the service tells which phones belong to patients",
        ),
        Login::Nobody(status) => section.pass(
            WRONG,
            format!("a wrong identifier is answered {status}: nobody found"),
        ),
        Login::Record(_) => section.fail(
            WRONG,
            "the test patient's record came for a wrong identifier",
            "let the service compare the identifier with the record",
        ),
        Login::Code => section.fail(
            WRONG,
            "a one-time code was sent for a wrong identifier",
            "send one only when the identifier matches",
        ),
        Login::Trouble(finding) => section.fail(WRONG, finding.found, finding.advice),
    }
    match client.send(&login_request(kind, identifier.as_str(), phone)) {
        Err(trouble) => section.fail(RECORD, trouble.to_string(), trouble.advice()),
        Ok(reply) => {
            cors::readable(client, &reply, "cors.login", false, section);
            match read(&reply) {
                Login::Record(patient) => {
                    record(&patient, section);
                    media::json(&reply, "login.type", section);
                }
                Login::Code => {
                    section.warn(
                        RECORD,
                        "a one-time code was sent to the test patient; the record was not looked at",
                        "set patient.oneTimeCode to true: without it the portal refuses this answer",
                    );
                    media::json(&reply, "login.type", section);
                    made_up_code(client, section);
                }
                Login::Nobody(status) => section.fail(
                    RECORD,
                    format!("status {status}: the test patient was not found"),
                    "check phone and identifier in the environment, and --patient-id-type",
                ),
                Login::Trouble(finding) => section.fail(RECORD, finding.found, finding.advice),
            }
        }
    }
}

/// What came of a sign-in.
enum Login {
    Record(Box<Patient>),
    Code,
    Nobody(u16),
    Trouble(Finding),
}

fn read_login(reply: Result<Reply, Trouble>) -> Login {
    match reply {
        Ok(reply) => read(&reply),
        Err(trouble) => Login::Trouble(trouble.into()),
    }
}

fn read(reply: &Reply) -> Login {
    const WANTED: &str = "the record, or one of the documented ways to say that there is none";
    let body = match body(reply) {
        Ok(body) => body,
        Err(finding) => return Login::Trouble(finding),
    };
    match read_login_or_code(&reply.answer(body)) {
        Ok(SignIn::Record(patient)) => Login::Record(patient),
        Ok(SignIn::CodeSent(_)) => Login::Code,
        Err(ServiceError::NotFound) => Login::Nobody(reply.status),
        Err(refusal) => Login::Trouble(Finding::unexpected(reply.status, refusal, WANTED)),
    }
}

/// A code that nobody was sent must not open anything. The real one is never tried: a wrong try counts
/// against a person, and the right code is on their phone.
fn made_up_code(client: &Client, section: &mut Section<'_>) {
    const NAME: &str = "verify.made-up";
    const WANTED: &str = "one of the ways to say that a code is wrong or over";
    let made_up = Response {
        status: 200,
        headers: Headers::default(),
        body: br#"{"otp_id":"made-up-by-the-doctor"}"#,
    };
    let Ok(SignIn::CodeSent(sent)) = read_login_or_code(&made_up) else {
        return;
    };
    let verdict = client
        .send(&verify_request(&sent, "000000"))
        .map_err(Finding::from)
        .and_then(|reply| {
            read_verification(&reply.answer(body(&reply)?))
                .map_err(|refusal| Finding::unexpected(reply.status, refusal, WANTED))
        });
    match verdict {
        Ok(Verification::WrongCode | Verification::CodeExpired) => {
            section.pass(NAME, "a code that nobody was sent opens nothing");
        }
        Ok(Verification::Verified(_)) => section.fail(
            NAME,
            "somebody's record came for a code that nobody was sent",
            "take the service off the network until it is known whose record that is",
        ),
        Err(finding) => section.fail(NAME, finding.found, finding.advice),
    }
}

/// Says which fields are there, and never what is in them.
fn record(patient: &Patient, section: &mut Section<'_>) {
    const NAME: &str = "login.record";
    let fields = [
        ("fileNo", patient.patient_id.is_some()),
        (
            "name",
            !patient.name.is_empty() || !patient.name_ar.is_empty(),
        ),
        ("phoneNo", patient.phone.is_some()),
        ("nationalID", patient.national_id.is_some()),
        ("dateOfBirth", patient.date_of_birth.is_some()),
        (
            "billingAddress or shippingAddress",
            patient.billing.is_some() || patient.shipping.is_some(),
        ),
    ];
    let missing: Vec<&str> = fields
        .iter()
        .filter(|(_, there)| !there)
        .map(|(name, _)| *name)
        .collect();
    if matches!(patient.date_of_birth, Some(BirthDate::Text(_))) {
        section.warn(
            NAME,
            "the test patient's record came, but its dateOfBirth is no date",
            "send an ISO instant or yyyy-mm-dd; as it is, it is shown as it came",
        );
    } else if missing.is_empty() {
        section.pass(NAME, "the test patient's record came and can be read");
    } else {
        section.warn(
            NAME,
            format!(
                "the test patient's record came, without {}",
                missing.join(", ")
            ),
            "if the record should have these, compare the names of its fields with the document",
        );
    }
}

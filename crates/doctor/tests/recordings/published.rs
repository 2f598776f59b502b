//! The portal's readers over each recorded answer of the published servers.

use contract::personal::Personal;
use contract::reference::FaultKind;
use contract::response::{Headers, Response};
use contract::service_error::ServiceError;
use contract::staff::{StaffClient, is_sign_in_race, read_probe, read_session, read_sign_in};
use contract::{patient, staff};
use recording::{Exchange, read};

const FILES: [(&str, &str); 4] = [
    (
        "spice-1",
        include_str!("../../../sandbox/tests/recordings/spice-1.jsonl"),
    ),
    (
        "spice-2",
        include_str!("../../../sandbox/tests/recordings/spice-2.jsonl"),
    ),
    (
        "spice-faults",
        include_str!("../../../sandbox/tests/recordings/spice-faults.jsonl"),
    ),
    (
        "spice-more",
        include_str!("../../../sandbox/tests/recordings/spice-more.jsonl"),
    ),
];

fn response(status: u16, exchange: &Exchange) -> Response<'_> {
    let header = |wanted: &str| {
        let mut headers = exchange.headers.iter();
        headers
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.as_str())
    };
    Response {
        status,
        headers: Headers {
            authorization: header("authorization").map(Personal::from),
            retry_after: header("retry-after").map(str::to_owned),
            date: header("date").map(str::to_owned),
            content_type: header("content-type").map(str::to_owned),
        },
        body: exchange.body.as_bytes(),
    }
}

/// The outcomes that a sign-in's status and body allow.
fn check_sign_in(status: u16, exchange: &Exchange) {
    let client = exchange.request.header("client").unwrap_or_default();
    let client =
        StaffClient::spice_v2(client).unwrap_or_else(|| StaffClient::SpiceV1(client.to_owned()));
    let response = response(status, exchange);
    let is_web = client == StaffClient::SpiceV2Web;
    let read = read_sign_in(&client, &response);
    let body = exchange.body.trim();
    let says = |message: &str| body.contains(message);
    let expected = match status {
        200 if body.is_empty() => Err(ServiceError::NotASignIn),
        200 if is_web || response.headers.authorization.is_some() => Ok(()),
        200 => Err(ServiceError::NotASignIn),
        401 if body.is_empty() => Err(ServiceError::ServiceDown),
        401 if says("Invalid credentials") => Err(ServiceError::WrongCredentials),
        401 if says("Disabled Account") => Err(ServiceError::AccountDisabled(None)),
        401 if says("Account locked") => Err(ServiceError::AccountLocked(None)),
        401 if says("permission") => Err(ServiceError::NoPermission),
        401 if says("No Username") => Err(ServiceError::BlankCredentials),
        403 => Err(ServiceError::NotSetUp),
        500 if body.is_empty() || body == "0" => Err(ServiceError::NotASignIn),
        500..=599 => Err(ServiceError::ServiceDown),
        other => panic!("{}: {other} {body}", exchange.name),
    };
    let read = read.map(|_| ());
    assert_eq!(read, expected, "{}: {status} {body}", exchange.name);
    // A fault of the service has a reference; what the person or an administrator can correct has none.
    let kind = expected.err().and_then(ServiceError::fault_kind);
    let reference = match expected {
        Err(ServiceError::ServiceDown) => Some(FaultKind::Down),
        Err(ServiceError::NotASignIn) => Some(FaultKind::Token),
        Err(ServiceError::NotSetUp) => Some(FaultKind::Origin),
        _ => None,
    };
    assert_eq!(kind, reference, "{}", exchange.name);
    let race = status == 500 && says("\"path\":\"/session\"");
    assert_eq!(is_sign_in_race(&response), race, "{}", exchange.name);
}

fn check_call(status: u16, exchange: &Exchange) {
    let response = response(status, exchange);
    let session = read_session(&response);
    match status {
        200 => assert_eq!(session, Ok(()), "{}", exchange.name),
        401 => assert_eq!(session, Err(ServiceError::SessionOver), "{}", exchange.name),
        403 => assert_eq!(session, Err(ServiceError::NotAllowed), "{}", exchange.name),
        500..=599 => assert_eq!(session, Err(ServiceError::ServiceDown), "{}", exchange.name),
        _ => assert!(session.is_err(), "{}", exchange.name),
    }
    let probe = read_probe(&response);
    assert_eq!(
        probe.as_ref().map(|_| ()),
        session.as_ref().copied(),
        "{}",
        exchange.name
    );
    let is_profile = status == 200 && exchange.request.path.ends_with("/user/profile");
    if is_profile {
        assert!(
            probe.is_ok_and(|owner| owner.is_some()),
            "{}",
            exchange.name
        );
    }
}

#[test]
fn readers_read_each_recorded_answer_by_its_status() {
    let (mut sign_ins, mut calls) = (0, 0);
    for (file, text) in FILES {
        for exchange in read(text).unwrap() {
            let Some(status) = exchange.status else {
                assert!(exchange.fault.is_some(), "{file}: {}", exchange.name);
                continue;
            };
            let request = &exchange.request;
            if request.method == "POST" && request.path == "/auth-service/session" {
                check_sign_in(status, &exchange);
                sign_ins += 1;
            } else if request.method != "OPTIONS" {
                check_call(status, &exchange);
                calls += 1;
            }
            // No reader of the other service panics, or takes a staff member for a patient.
            let response = response(status, &exchange);
            let _ = patient::read_exists(&response);
            let _ = patient::read_resend(&response);
            let _ = patient::read_verification(&response);
            let _ = patient::read_login(&response);
            let _ = patient::read_login_or_code(&response);
            let _ = staff::read_bearer_token(&response);
        }
    }
    assert_eq!((sign_ins, calls), (234, 191));
}

#[test]
fn roles_and_messages_that_the_portal_knows_stay_in_a_recording() {
    for (name, _) in staff::KnownRole::ALL {
        assert!(recording::is_constant(name), "{name}");
    }
    for (file, text) in FILES {
        for exchange in read(text).unwrap() {
            let body: serde_json::Value = serde_json::from_str(&exchange.body).unwrap_or_default();
            let is_sign_in = exchange.request.path == "/auth-service/session";
            if let Some(message) = body["message"].as_str().filter(|_| is_sign_in) {
                assert!(recording::is_constant(message), "{file}: {message}");
            }
            for key in body.as_object().into_iter().flat_map(|body| body.keys()) {
                let is_known = recording::is_known_key(key) || ["p", "s"].contains(&key.as_str());
                assert!(is_known, "{file}: {key}");
            }
        }
    }
}

//! Builders of responses, and fixtures.

use contract::personal::Personal;
use contract::response::{Headers, Response};
use contract::staff::StaffClient;

pub const PATIENT: &str = include_str!("../fixtures/patient-login.json");
pub const STAFF: &str = include_str!("../fixtures/staff-session.json");
/// SPICE 2.0: a made-up sample with the fields it adds and without those it lacks.
pub const STAFF_2: &str = include_str!("../fixtures/staff-session-2.json");
pub const TOKEN: &str = "Bearer eyJhbGciOiJIUzI1NiJ9.c3BpY2U.c2ln";

/// Bodies that servers, proxies and error handlers are known to send.
pub const ANY_BODY: [&str; 12] = [
    "",
    "null",
    "{}",
    "true",
    r#"{"message":"Not Found"}"#,
    r#"{"status":"fail","errors":[{"domain":"a","reason":"b","message":"c"}]}"#,
    r#"{"status":"error","message":"m","code":7}"#,
    r#"{"ErrorEndUserMessage":"x","ErrorMessage":"y","ValidationErrors":null}"#,
    r#"{"type":"about:blank","title":"Unprocessable","status":422,"detail":"d"}"#,
    "<!doctype html><title>502 Bad Gateway</title>",
    "Internal Server Error",
    "{\"half\":",
];

/// The client of SPICE 1.x for clinical staff.
pub fn v1() -> StaffClient {
    StaffClient::SpiceV1("spice mobile".to_owned())
}

pub fn response(status: u16, body: &str) -> Response<'_> {
    bytes(status, body.as_bytes())
}

pub fn bytes(status: u16, body: &[u8]) -> Response<'_> {
    Response {
        status,
        headers: Headers::default(),
        body,
    }
}

pub fn with_token(status: u16, body: &str) -> Response<'_> {
    let mut response = response(status, body);
    response.headers.authorization = Some(Personal::from(TOKEN));
    response
}

pub fn retry_after(status: u16, value: &str) -> Response<'static> {
    let mut response = response(status, "");
    response.headers.retry_after = Some(value.to_owned());
    response
}

/// The text as `Option<&str>`, for a readable `assert_eq!`.
pub fn shown(text: &Option<Personal>) -> Option<&str> {
    text.as_ref().map(Personal::as_str)
}

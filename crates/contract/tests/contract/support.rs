//! Answers and expectations in few words.

use contract::answer::{Answer, Headers};
use contract::personal::Personal;

pub const PATIENT: &str = include_str!("../fixtures/patient-login.json");
pub const STAFF: &str = include_str!("../fixtures/staff-session.json");
/// SPICE 2.0: made up after what it leaves out and adds.
pub const STAFF_2: &str = include_str!("../fixtures/staff-session-2.json");
pub const TOKEN: &str = "Bearer eyJhbGciOiJIUzI1NiJ9.c3BpY2U.c2ln";

/// Every kind of body that a server, a proxy or an error handler has been seen to send.
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

pub fn answer(status: u16, body: &str) -> Answer<'_> {
    bytes(status, body.as_bytes())
}

pub fn bytes(status: u16, body: &[u8]) -> Answer<'_> {
    Answer {
        status,
        headers: Headers::default(),
        body,
    }
}

pub fn with_token(status: u16, body: &str) -> Answer<'_> {
    let mut answer = answer(status, body);
    answer.headers.authorization = Some(Personal::from(TOKEN));
    answer
}

pub fn retry_after(status: u16, value: &str) -> Answer<'static> {
    let mut answer = answer(status, "");
    answer.headers.retry_after = Some(value.to_owned());
    answer
}

/// The text that is there, for `assert_eq!` with something readable on both sides.
pub fn shown(text: &Option<Personal>) -> Option<&str> {
    text.as_ref().map(Personal::as_str)
}

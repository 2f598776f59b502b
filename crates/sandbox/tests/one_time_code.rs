//! The patient middleware with a one-time code before the record.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{Response, call, patient, start, wire};
use sandbox::Running;

const LOGIN: &str = r#"{"type":"patientId","value":"88123","phone":"533334444"}"#;
const CODE: &str = "024681";

fn otp_id(response: &Response) -> String {
    assert_eq!(response.status, 200, "{response:?}");
    response.json()["otp_id"].as_str().unwrap().to_owned()
}

fn verify(server: &Running, otp_id: &str, code: &str) -> Response {
    let body = format!(r#"{{"otp_id":"{otp_id}","otp_code":"{code}"}}"#);
    patient(server, "verify_otp", &body)
}

fn resend(server: &Running, otp_id: &str) -> Response {
    patient(server, "resend_otp", &format!(r#"{{"otp_id":"{otp_id}"}}"#))
}

#[test]
fn record_is_sent_for_the_correct_code_once() {
    let server = start();
    let login = patient(&server, "login", LOGIN);
    assert_eq!(login.json().as_object().unwrap().len(), 1);
    let otp_id = otp_id(&login);
    let record = verify(&server, &otp_id, CODE);
    assert_eq!(
        (record.status, &record.json()["fileNo"]),
        (200, &"88123".into())
    );
    assert_eq!(verify(&server, &otp_id, CODE).status, 404);
    let calls: Vec<_> = wire(&server).iter().map(|e| e["call"].clone()).collect();
    assert_eq!(calls, ["login", "verify", "verify"]);
}

#[test]
fn fifth_wrong_code_invalidates_the_code() {
    let server = start();
    let otp_id = otp_id(&patient(&server, "login", LOGIN));
    for _ in 0..4 {
        let wrong = verify(&server, &otp_id, "111111");
        assert_eq!((wrong.status, wrong.reason().as_str()), (401, "wrongCode"));
    }
    assert_eq!(verify(&server, &otp_id, "111111").status, 429);
    let over = verify(&server, &otp_id, CODE);
    assert_eq!((over.status, over.reason().as_str()), (404, "codeExpired"));
}

#[test]
fn resent_code_replaces_the_first() {
    let server = start();
    let first = otp_id(&patient(&server, "login", LOGIN));
    let second = otp_id(&resend(&server, &first));
    assert_ne!(first, second);
    assert_eq!(verify(&server, &first, CODE).status, 404);
    assert_eq!(resend(&server, &first).status, 404);
    assert_eq!(verify(&server, &second, CODE).status, 200);
}

#[test]
fn documented_otp_id_stays_valid_after_use_and_failed_attempts() {
    let server = start();
    let sample = "6f1c2a9e-documented-sample";
    for _ in 0..6 {
        assert_eq!(verify(&server, sample, "111111").status, 401);
        assert_eq!(verify(&server, sample, CODE).status, 200);
        otp_id(&resend(&server, sample));
    }
}

#[test]
fn reset_invalidates_the_codes() {
    let server = start();
    let otp_id = otp_id(&patient(&server, "login", LOGIN));
    call(&server, "POST", "/__sandbox/reset", &[], "");
    assert_eq!(verify(&server, &otp_id, CODE).status, 404);
}

#[test]
fn undocumented_body_gets_400_with_the_violated_rule() {
    let server = start();
    for (call, body, reason) in [
        ("verify_otp", r#"{"otp_id":"x"}"#, "missingKey"),
        ("verify_otp", r#"{"otp_id":"x","otp_code":1}"#, "notText"),
        (
            "verify_otp",
            r#"{"otp_id":"x","otp_code":"٠٢٤٦"}"#,
            "codeDigits",
        ),
        (
            "verify_otp",
            r#"{"otp_id":"x","otp_code":""}"#,
            "codeDigits",
        ),
        (
            "resend_otp",
            r#"{"otp_id":"x","phone":"5"}"#,
            "unexpectedKey",
        ),
        ("resend_otp", "[]", "json"),
    ] {
        let response = patient(&server, call, body);
        assert_eq!(
            (response.status, response.reason().as_str()),
            (400, reason),
            "{body}"
        );
    }
}

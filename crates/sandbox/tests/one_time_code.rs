//! The patient middleware where a one-time code comes before the record.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{Reply, call, patient, start, wire};
use sandbox::Running;

const LOGIN: &str = r#"{"type":"patientId","value":"88123","phone":"533334444"}"#;
const CODE: &str = "024681";

fn name(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["otp_id"].as_str().unwrap().to_owned()
}

fn verify(server: &Running, name: &str, code: &str) -> Reply {
    let body = format!(r#"{{"otp_id":"{name}","otp_code":"{code}"}}"#);
    patient(server, "verify_otp", &body)
}

fn resend(server: &Running, name: &str) -> Reply {
    patient(server, "resend_otp", &format!(r#"{{"otp_id":"{name}"}}"#))
}

#[test]
fn the_record_comes_after_the_code_and_once() {
    let server = start();
    let login = patient(&server, "login", LOGIN);
    assert_eq!(login.json().as_object().unwrap().len(), 1);
    let name = name(&login);
    let record = verify(&server, &name, CODE);
    assert_eq!(
        (record.status, &record.json()["fileNo"]),
        (200, &"88123".into())
    );
    assert_eq!(verify(&server, &name, CODE).status, 404);
    let calls: Vec<_> = wire(&server).iter().map(|e| e["call"].clone()).collect();
    assert_eq!(calls, ["login", "verify", "verify"]);
}

#[test]
fn five_wrong_codes_are_one_too_many() {
    let server = start();
    let name = name(&patient(&server, "login", LOGIN));
    for _ in 0..4 {
        let wrong = verify(&server, &name, "111111");
        assert_eq!((wrong.status, wrong.reason().as_str()), (401, "wrongCode"));
    }
    assert_eq!(verify(&server, &name, "111111").status, 429);
    let over = verify(&server, &name, CODE);
    assert_eq!((over.status, over.reason().as_str()), (404, "codeExpired"));
}

#[test]
fn another_code_takes_the_place_of_the_first() {
    let server = start();
    let first = name(&patient(&server, "login", LOGIN));
    let second = name(&resend(&server, &first));
    assert_ne!(first, second);
    assert_eq!(verify(&server, &first, CODE).status, 404);
    assert_eq!(resend(&server, &first).status, 404);
    assert_eq!(verify(&server, &second, CODE).status, 200);
}

#[test]
fn the_documented_sample_can_be_tried_again_and_again() {
    let server = start();
    let sample = "6f1c2a9e-documented-sample";
    for _ in 0..6 {
        assert_eq!(verify(&server, sample, "111111").status, 401);
        assert_eq!(verify(&server, sample, CODE).status, 200);
        name(&resend(&server, sample));
    }
}

#[test]
fn a_reset_forgets_the_codes() {
    let server = start();
    let name = name(&patient(&server, "login", LOGIN));
    call(&server, "POST", "/__sandbox/reset", &[], "");
    assert_eq!(verify(&server, &name, CODE).status, 404);
}

#[test]
fn a_body_that_is_not_documented_is_named() {
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
        let reply = patient(&server, call, body);
        assert_eq!(
            (reply.status, reply.reason().as_str()),
            (400, reason),
            "{body}"
        );
    }
}

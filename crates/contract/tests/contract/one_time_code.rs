//! "Which code came by text message?" – between a sign-in and the record, where a service wants that.

use contract::patient::{
    CodeSent, Login, Resent, Verdict, login_answer, login_or_code_answer, resend_answer,
    resend_request, verify_answer, verify_request,
};
use contract::refusal::{Flaw, Refusal, RetryAfter};
use contract::request::{Body, Method, Request};

use crate::support::{PATIENT, answer, retry_after, shown};

fn sent(body: &str) -> CodeSent {
    match login_or_code_answer(&answer(200, body)).unwrap() {
        Login::CodeSent(sent) => sent,
        Login::Record(_) => panic!("a record, not a code: {body}"),
    }
}

fn json(request: &Request) -> &str {
    match &request.body {
        Body::Json(text) => text.as_str(),
        _ => panic!("the body is not JSON"),
    }
}

fn verdict(status: u16, body: &str) -> Result<&'static str, Refusal> {
    verify_answer(&answer(status, body)).map(|verdict| match verdict {
        Verdict::Right(_) => "right",
        Verdict::Wrong => "wrong",
        Verdict::Over => "over",
    })
}

fn resent(status: u16, body: &str) -> Result<&'static str, Refusal> {
    resend_answer(&answer(status, body)).map(|resent| match resent {
        Resent::Sent(None) => "sent",
        Resent::Sent(Some(_)) => "sent under a new name",
        Resent::Over => "over",
    })
}

#[test]
fn a_code_is_sent_back_by_its_name_in_the_kind_it_came_in() {
    for (body, name) in [
        (r#"{"otp_id":"a\"b"}"#, r#""a\"b""#),
        (r#"{"otp_id":" 7 "}"#, r#"" 7 ""#),
        (r#"{"otp_id":00}"#, ""),
        (r#"{"otp_id":12345678901234567890}"#, "12345678901234567890"),
        (r#"{"status":"success","data":{"otp_id":"x"}}"#, r#""x""#),
        (r#"{"status":"success","otp_id":"x"}"#, r#""x""#),
    ] {
        if name.is_empty() {
            assert!(login_or_code_answer(&answer(200, body)).is_err());
            continue;
        }
        let sent = sent(body);
        let verify = verify_request(&sent, "0246");
        assert_eq!(verify.method, Method::Post);
        assert_eq!(verify.path, "/api/customer/verify_otp");
        assert_eq!(
            json(&verify),
            format!(r#"{{"otp_id":{name},"otp_code":"0246"}}"#)
        );
        let resend = resend_request(&sent);
        assert_eq!(resend.path, "/api/customer/resend_otp");
        assert_eq!(json(&resend), format!(r#"{{"otp_id":{name}}}"#));
        assert!(!verify.cookies && !resend.cookies);
    }
}

#[test]
fn nothing_of_a_patient_counts_before_the_code() {
    let both = format!(
        r#"{{"otp_id":"x",{}"#,
        PATIENT.trim_start().strip_prefix('{').unwrap()
    );
    sent(&both);
    // Where no code is asked for, an answer with a code only is none, as ever.
    let only = answer(200, r#"{"otp_id":"x"}"#);
    let shape = Refusal::BadAnswer(Flaw::WrongShape);
    assert_eq!(login_answer(&only).err(), Some(shape));
}

#[test]
fn a_service_that_wants_no_code_answers_as_ever() {
    let Ok(Login::Record(patient)) = login_or_code_answer(&answer(200, PATIENT)) else {
        panic!("the record");
    };
    assert_eq!(shown(&patient.file_number), Some("string"));
    for name in ["null", "\"\"", "\" \"", "true", "{}", "[1]"] {
        let body = format!(r#"{{"otp_id":{name}}}"#);
        let shape = Refusal::BadAnswer(Flaw::WrongShape);
        assert_eq!(login_or_code_answer(&answer(200, &body)).err(), Some(shape));
    }
    for (status, body) in [(404, ""), (200, "null"), (200, r#"{"status":"fail"}"#)] {
        let answer = answer(status, body);
        assert_eq!(login_or_code_answer(&answer).err(), Some(Refusal::NotFound));
    }
}

#[test]
fn a_verdict_is_the_record_or_what_is_wrong_with_the_code() {
    assert_eq!(verdict(200, PATIENT), Ok("right"));
    for status in [400, 401, 403, 404, 422] {
        assert_eq!(verdict(status, ""), Ok("wrong"));
        assert_eq!(verdict(status, "<title>Expired</title>"), Ok("wrong"));
        for expired in [
            r#"{"message":"OTP Expired"}"#,
            r#"{"status":"error","code":"OTP_EXPIRED","message":"x"}"#,
            r#"{"status":"fail","errors":[{"reason":"expired"}]}"#,
        ] {
            assert_eq!(verdict(status, expired), Ok("over"), "{expired}");
        }
    }
    for body in ["false", "null", "", r#"{"status":"fail","errors":[]}"#] {
        assert_eq!(verdict(200, body), Ok("wrong"), "{body}");
    }
    let fail = r#"{"status":"fail","errors":[{"message":"the code has expired"}]}"#;
    assert_eq!(verdict(200, fail), Ok("over"));
    assert_eq!(verdict(410, "<html>"), Ok("over"));
    assert_eq!(verdict(503, PATIENT), Err(Refusal::ServiceDown));
    assert_eq!(
        verify_answer(&retry_after(429, "60")).err(),
        Some(Refusal::TooManyTries(Some(RetryAfter::Seconds(60))))
    );
    for body in ["{}", "true", r#"{"otp_id":"x"}"#, "7"] {
        let shape = Refusal::BadAnswer(Flaw::WrongShape);
        assert_eq!(verdict(200, body), Err(shape), "{body}");
    }
}

#[test]
fn another_code_is_on_its_way_only_where_the_service_says_so() {
    for body in [
        "",
        "true",
        r#"{"status":true}"#,
        r#"{"status":"success"}"#,
        r#"{"status":"success","message":"Sent"}"#,
        r#"{"status":"success","data":true}"#,
    ] {
        assert_eq!(resent(200, body), Ok("sent"), "{body}");
    }
    for body in [
        r#"{"otp_id":"y"}"#,
        r#"{"status":"success","data":{"otp_id":8}}"#,
    ] {
        assert_eq!(resent(200, body), Ok("sent under a new name"), "{body}");
    }
    for (status, body) in [
        (200, "false"),
        (200, "null"),
        (200, r#"{"status":"fail","errors":[]}"#),
        (404, ""),
        (410, ""),
        (401, PATIENT),
    ] {
        assert_eq!(resent(status, body), Ok("over"), "{status} {body}");
    }
    for body in ["{}", "7", r#""sent""#, PATIENT, r#"{"message":"x"}"#] {
        let shape = Refusal::BadAnswer(Flaw::WrongShape);
        assert_eq!(resent(200, body), Err(shape), "{body}");
    }
    assert_eq!(resent(500, ""), Err(Refusal::ServiceDown));
    assert_eq!(resent(429, ""), Err(Refusal::TooManyTries(None)));
}

#[test]
fn a_code_s_name_has_no_way_into_a_log() {
    assert_eq!(
        format!("{:?}", sent(r#"{"otp_id":"secret"}"#)),
        "CodeSent(…)"
    );
    let login = login_or_code_answer(&answer(200, r#"{"otp_id":"secret"}"#)).unwrap();
    assert_eq!(format!("{login:?}"), "Login(…)");
}

//! One-time codes between sign-in and record.

use contract::MAX_BODY;
use contract::patient::{
    CodeId, Login, Resend, Verification, read_login, read_login_or_code, read_resend,
    read_verification, resend_request, verify_request,
};
use contract::request::{Body, Credentials, Method, Request};
use contract::service_error::{ResponseError, RetryAfter, ServiceError};

use crate::support::{PATIENT, response, retry_after, shown};

fn sent(body: &str) -> CodeId {
    match read_login_or_code(&response(200, body)).unwrap() {
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

fn verification(status: u16, body: &str) -> Result<&'static str, ServiceError> {
    read_verification(&response(status, body)).map(|result| match result {
        Verification::Verified(_) => "verified",
        Verification::WrongCode => "wrong",
        Verification::CodeExpired => "expired",
    })
}

fn resent(status: u16, body: &str) -> Result<&'static str, ServiceError> {
    read_resend(&response(status, body)).map(|resent| match resent {
        Resend::Sent(None) => "sent",
        Resend::Sent(Some(_)) => "sent with a new ID",
        Resend::CodeExpired => "expired",
    })
}

#[test]
fn code_id_is_sent_back_in_the_type_it_came_in() {
    for (body, name) in [
        (r#"{"otp_id":"a\"b"}"#, r#""a\"b""#),
        (r#"{"otp_id":" 7 "}"#, r#"" 7 ""#),
        (r#"{"otp_id":00}"#, ""),
        (r#"{"otp_id":12345678901234567890}"#, "12345678901234567890"),
        (r#"{"status":"success","data":{"otp_id":"x"}}"#, r#""x""#),
        (r#"{"status":"success","otp_id":"x"}"#, r#""x""#),
    ] {
        if name.is_empty() {
            assert!(read_login_or_code(&response(200, body)).is_err());
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
        assert_eq!(verify.credentials, Credentials::Omit);
        assert_eq!(resend.credentials, Credentials::Omit);
    }
}

#[test]
fn response_with_a_code_id_is_no_record() {
    let both = format!(
        r#"{{"otp_id":"x",{}"#,
        PATIENT.trim_start().strip_prefix('{').unwrap()
    );
    sent(&both);
    // `read_login` does not accept a response with a code ID only.
    let only = response(200, r#"{"otp_id":"x"}"#);
    let shape = ServiceError::InvalidResponse(ResponseError::WrongShape);
    assert_eq!(read_login(&only).err(), Some(shape));
}

#[test]
fn login_without_a_code_id_is_read_as_the_record() {
    let Ok(Login::Record(patient)) = read_login_or_code(&response(200, PATIENT)) else {
        panic!("the record");
    };
    assert_eq!(shown(&patient.patient_id), Some("string"));
    for name in ["null", "\"\"", "\" \"", "true", "{}", "[1]"] {
        let body = format!(r#"{{"otp_id":{name}}}"#);
        let shape = ServiceError::InvalidResponse(ResponseError::WrongShape);
        assert_eq!(read_login_or_code(&response(200, &body)).err(), Some(shape));
    }
    for (status, body) in [(404, ""), (200, "null"), (200, r#"{"status":"fail"}"#)] {
        let response = response(status, body);
        assert_eq!(
            read_login_or_code(&response).err(),
            Some(ServiceError::NotFound)
        );
    }
}

#[test]
fn verification_is_the_record_or_the_reason_against_the_code() {
    assert_eq!(verification(200, PATIENT), Ok("verified"));
    for status in [400, 401, 403, 404, 422] {
        assert_eq!(verification(status, ""), Ok("wrong"));
        assert_eq!(verification(status, "<title>Expired</title>"), Ok("wrong"));
        for expired in [
            r#"{"message":"OTP Expired"}"#,
            r#"{"status":"error","code":"OTP_EXPIRED","message":"x"}"#,
            r#"{"status":"fail","errors":[{"reason":"expired"}]}"#,
        ] {
            assert_eq!(verification(status, expired), Ok("expired"), "{expired}");
        }
    }
    for body in ["false", "null", "", r#"{"status":"fail","errors":[]}"#] {
        assert_eq!(verification(200, body), Ok("wrong"), "{body}");
    }
    let fail = r#"{"status":"fail","errors":[{"message":"the code has expired"}]}"#;
    assert_eq!(verification(200, fail), Ok("expired"));
    assert_eq!(verification(410, "<html>"), Ok("expired"));
    assert_eq!(verification(503, PATIENT), Err(ServiceError::ServiceDown));
    assert_eq!(
        read_verification(&retry_after(429, "60")).err(),
        Some(ServiceError::TooManyTries(Some(RetryAfter::Seconds(60))))
    );
    for body in ["{}", "true", r#"{"otp_id":"x"}"#, "7"] {
        let shape = ServiceError::InvalidResponse(ResponseError::WrongShape);
        assert_eq!(verification(200, body), Err(shape), "{body}");
    }
}

#[test]
fn resend_succeeds_only_where_the_service_confirms_it() {
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
        assert_eq!(resent(200, body), Ok("sent with a new ID"), "{body}");
    }
    for (status, body) in [
        (200, "false"),
        (200, "null"),
        (200, r#"{"status":"fail","errors":[]}"#),
        (404, ""),
        (410, ""),
        (401, PATIENT),
    ] {
        assert_eq!(resent(status, body), Ok("expired"), "{status} {body}");
    }
    for body in ["{}", "7", r#""sent""#, PATIENT, r#"{"message":"x"}"#] {
        let shape = ServiceError::InvalidResponse(ResponseError::WrongShape);
        assert_eq!(resent(200, body), Err(shape), "{body}");
    }
    assert_eq!(resent(500, ""), Err(ServiceError::ServiceDown));
    assert_eq!(resent(429, ""), Err(ServiceError::TooManyTries(None)));
}

#[test]
fn resend_is_confirmed_by_white_space_up_to_the_maximum_size() {
    let too_large = Err(ServiceError::InvalidResponse(ResponseError::TooLarge));
    assert_eq!(resent(200, &" ".repeat(MAX_BODY)), Ok("sent"));
    assert_eq!(resent(200, &" ".repeat(MAX_BODY + 1)), too_large);
}

#[test]
fn code_id_is_redacted_in_debug_output() {
    assert_eq!(format!("{:?}", sent(r#"{"otp_id":"secret"}"#)), "CodeId(…)");
    let login = read_login_or_code(&response(200, r#"{"otp_id":"secret"}"#)).unwrap();
    assert_eq!(format!("{login:?}"), "Login(…)");
}

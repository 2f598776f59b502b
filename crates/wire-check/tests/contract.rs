//! The portal's own requests and readers, held against the OpenAPI documents: what `contract` builds is
//! what they document, and what they give as examples is what `contract` reads.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::Path;
use std::sync::LazyLock;

use contract::answer::{Answer, Headers};
use contract::password::PasswordHash;
use contract::patient::{
    CodeSent, Login, exists_answer, exists_request, login_or_code_answer, login_request,
    resend_answer, resend_request, verify_answer, verify_request,
};
use contract::personal::Personal;
use contract::refusal::Refusal;
use contract::request::{Body, Method, Request};
use contract::staff::{
    Client, Pass, bearer, cookie_answer, session_answer, sign_in_answer, sign_in_request,
    sign_out_request, validate_request,
};
use proptest::prelude::*;
use wire_check::{Documents, Sent};

static DOCUMENTS: LazyLock<Documents> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi");
    Documents::read(&root).unwrap()
});

/// The request as the sandbox would record it.
fn sent(request: &Request) -> Sent {
    let mut sent = Sent {
        method: request.method.as_str().to_owned(),
        path: request.path.to_owned(),
        ..Sent::default()
    };
    for (name, value) in &request.headers {
        let value = value.as_str().to_owned();
        sent.headers.insert(name.to_ascii_lowercase(), value);
    }
    match &request.body {
        Body::None => {}
        Body::Json(text) => text.as_str().clone_into(&mut sent.body),
        Body::Form(fields) => {
            let kind = "multipart/form-data; boundary=x".to_owned();
            sent.headers.insert("content-type".to_owned(), kind);
            let fields = fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.as_str().to_owned()));
            sent.form = Some(fields.collect());
        }
    }
    sent
}

/// As a browser sends it that has the cookie.
fn with_cookie(mut request: Request) -> Request {
    assert!(request.cookies);
    request.headers.push(("Cookie", "AuthCookie=abc".into()));
    request
}

fn complaints(request: &Request) -> Vec<String> {
    DOCUMENTS.complaints(&sent(request)).unwrap()
}

fn token() -> Pass {
    bearer(&Answer {
        status: 200,
        headers: Headers {
            authorization: Some(Personal::from("Bearer abc.def")),
            retry_after: None,
        },
        body: b"",
    })
    .unwrap()
}

fn mobile() -> Client {
    Client::One("spice mobile".to_owned())
}

fn code() -> CodeSent {
    let answer = Answer {
        status: 200,
        headers: Headers::default(),
        body: br#"{"otp_id":"x"}"#,
    };
    match login_or_code_answer(&answer) {
        Ok(Login::CodeSent(sent)) => sent,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_request_is_as_documented() {
    let hash = PasswordHash::of("Spice@123", "spice_opensource");
    let token = token();
    for request in [
        exists_request("5368798202"),
        login_request("nationalId", "16898166021", "5368798202"),
        login_request("patientId", "A-10/77", "541112223"),
        sign_in_request(&mobile(), " kavya_pro@spice.mdt ", &hash),
        validate_request(&token, Some("4")),
        validate_request(&token, None),
        sign_out_request(Method::Get, &token, Some("4")),
        sign_out_request(Method::Post, &token, None),
        verify_request(&code(), "024681"),
        resend_request(&code()),
        sign_in_request(&Client::Web, "isatu.web@spice.mdt", &hash),
        sign_in_request(&Client::Mob, "076123456", &hash),
        with_cookie(validate_request(&Pass::Cookie, Some("9"))),
        with_cookie(sign_out_request(Method::Get, &Pass::Cookie, None)),
        with_cookie(sign_out_request(Method::Post, &Pass::Cookie, Some("9"))),
    ] {
        assert_eq!(
            complaints(&request),
            Vec::<String>::new(),
            "{}",
            request.path
        );
    }
}

/// Were nothing ever complained of, the test above would prove nothing.
#[test]
fn what_is_not_as_documented_is_complained_of_without_repeating_it() {
    let exists = || sent(&exists_request("501234567"));
    let session = || {
        sent(&sign_in_request(
            &Client::One("spice web".to_owned()),
            "me",
            &PasswordHash::of("x", ""),
        ))
    };
    let validate = || sent(&validate_request(&token(), None));
    let changed = |mut sent: Sent, change: fn(&mut Sent)| {
        change(&mut sent);
        sent
    };
    for (wrong, words) in [
        (changed(exists(), |s| s.path += "/"), "no document has"),
        (
            changed(exists(), |s| s.method = "PUT".into()),
            "no document has",
        ),
        (
            changed(exists(), |s| s.query = Some(String::new())),
            "query",
        ),
        (
            changed(exists(), |s| s.body = r#"{"phoneNo":"0501234567"}"#.into()),
            "/phoneNo breaks",
        ),
        (
            changed(exists(), |s| {
                s.body = r#"{"phoneNo":"966501234567"}"#.into();
            }),
            "/phoneNo breaks",
        ),
        (
            changed(exists(), |s| s.body = r#"{"phoneNo":501234567}"#.into()),
            "/phoneNo breaks",
        ),
        (
            changed(exists(), |s| {
                s.body = r#"{"phoneNo":"501234567","language":"ar"}"#.into();
            }),
            "additionalProperties",
        ),
        (changed(exists(), |s| s.body = "{}".into()), "required"),
        (changed(exists(), |s| s.body = "501234567".into()), "type"),
        (changed(exists(), |s| s.body = "{".into()), "no JSON"),
        (
            changed(exists(), |s| {
                s.headers.insert("accept".into(), "*/*".into());
            }),
            "header accept",
        ),
        (
            changed(exists(), |s| {
                s.headers.remove("accept");
            }),
            "header accept is missing",
        ),
        (
            changed(exists(), |s| {
                s.headers.insert("x-tracking".into(), "501234567".into());
            }),
            "x-tracking is not documented",
        ),
        (
            changed(exists(), |s| {
                s.headers
                    .insert("authorization".into(), "Bearer 501234567".into());
            }),
            "there is a token",
        ),
        (
            changed(exists(), |s| {
                s.headers.insert("content-type".into(), "text/plain".into());
            }),
            "media type",
        ),
        (
            sent(&login_request("fileNo", "501234567", "501234567")),
            "/type breaks",
        ),
        (
            sent(&login_request("nationalId", "A-10/77", "501234567")),
            "oneOf",
        ),
        (
            changed(session(), |s| {
                let form = s.form.as_mut().unwrap();
                form.insert("password".into(), "501234567".into());
            }),
            "/password breaks",
        ),
        (
            changed(session(), |s| {
                s.form.as_mut().unwrap().remove("username");
            }),
            "required",
        ),
        (
            changed(session(), |s| {
                s.headers
                    .insert("content-type".into(), "application/json".into());
            }),
            "media type",
        ),
        (
            changed(validate(), |s| {
                s.headers.remove("authorization");
            }),
            "there is no token",
        ),
        (
            changed(validate(), |s| {
                s.headers.insert("authorization".into(), "501234567".into());
            }),
            "no scheme",
        ),
        (
            changed(validate(), |s| {
                s.headers.remove("authorization");
                s.headers.insert("cookie".into(), "theme=501234567".into());
            }),
            "there is no token",
        ),
        (
            changed(exists(), |s| {
                s.headers
                    .insert("cookie".into(), "AuthCookie=501234567".into());
            }),
            "there is a cookie",
        ),
        (
            changed(
                sent(&sign_in_request(
                    &Client::Mob,
                    "me",
                    &PasswordHash::of("x", ""),
                )),
                |s| {
                    s.headers.remove("client");
                    s.body = "501234567".into();
                    s.form = None;
                },
            ),
            "type",
        ),
        (
            sent(&verify_request(&code(), "501234567x")),
            "/otp_code breaks",
        ),
        (
            changed(validate(), |s| s.body = "501234567".into()),
            "there is a body",
        ),
    ] {
        let said = DOCUMENTS.complaints(&wrong).unwrap().join("\n");
        assert!(said.contains(words), "{words}: {said:?} {wrong:?}");
        assert!(!said.contains("501234567"), "{said}");
    }
}

/// The examples of answers are read as what they are examples of.
#[test]
fn every_example_of_an_answer_is_understood() {
    let examples = DOCUMENTS.answer_examples();
    assert!(examples.len() > 60, "{}", examples.len());
    for example in examples {
        let body = match (&example.value, example.media.as_str()) {
            (serde_json::Value::String(text), "text/plain" | "text/html") => text.clone(),
            (value, _) => value.to_string(),
        };
        let statuses: &[u16] = match example.status.as_str() {
            "5XX" => &[500, 502, 503],
            status => &[status.parse().unwrap()],
        };
        for &status in statuses {
            let answer = Answer {
                status,
                headers: Headers {
                    authorization: (status == 200).then(|| Personal::from("Bearer abc.def")),
                    retry_after: Some("7".to_owned()),
                },
                body: body.as_bytes(),
            };
            let refusal = match example.path.as_str() {
                "/api/customer/is_patient_exists" => exists_answer(&answer).err(),
                "/api/customer/login" => login_or_code_answer(&answer).err(),
                "/api/customer/verify_otp" => verify_answer(&answer).err(),
                "/api/customer/resend_otp" => resend_answer(&answer).err(),
                "/auth-service/session" if example.name.starts_with("web") => {
                    cookie_answer(&answer).err()
                }
                "/auth-service/session" => sign_in_answer(&answer).err(),
                _ => session_answer(&answer).err(),
            };
            let fits = match (status, refusal) {
                (200, None) => !example.name.starts_with("no"),
                (200, Some(Refusal::NotFound)) => example.name.starts_with("nobody"),
                (200, Some(Refusal::NotASignIn)) => example.name == "noSignIn",
                (401, Some(Refusal::BadAnswer(_) | Refusal::ServiceDown)) => false,
                // That a code is wrong or over is an answer, and no refusal.
                (400..=422, None) => example.path.ends_with("_otp"),
                (400 | 403 | 404 | 422, Some(Refusal::NotFound)) => {
                    example.path == "/api/customer/login"
                }
                // 400, 405 and 413 are the sandbox's own: what matters is that nobody gets in.
                (429, Some(Refusal::TooManyTries(Some(_))))
                | (500.., Some(Refusal::ServiceDown))
                | (401, Some(_))
                | (400 | 405 | 413, Some(Refusal::BadAnswer(_))) => true,
                _ => false,
            };
            assert!(fits, "{example:?} with {status}: {refusal:?}");
        }
    }
}

fn digits_and_more() -> impl Strategy<Value = String> {
    "[+0]{0,2}(966)?[ 0-9٠-٩()-]{6,14}"
}

proptest! {
    /// Whatever the form lets through is what the documents let in.
    #[test]
    fn what_the_form_lets_through_is_documented(
        phone in digits_and_more(), id in "[ 0-9٠-٩-]{8,17}", file in "[ A-Za-z0-9/-]{1,34}",
        user in "\\PC{0,12}[!-~]{1,20}\\PC{0,3}", password in "\\PC{1,20}",
    ) {
        let none = Vec::<String>::new();
        if let Ok(phone) = input::phone(&phone, &["966"]) {
            let phone = phone.value.as_str();
            prop_assert_eq!(&complaints(&exists_request(phone)), &none);
            if let Ok(id) = input::national_id(&id) {
                let request = login_request("nationalId", id.value.as_str(), phone);
                prop_assert_eq!(&complaints(&request), &none);
            }
            if let Ok(file) = input::file_number(&file) {
                let request = login_request("patientId", file.value.as_str(), phone);
                prop_assert_eq!(&complaints(&request), &none);
            }
        }
        if let Ok(user) = input::staff_username(&user) && user.as_str().is_ascii() {
            let hash = PasswordHash::of(&password, "k");
            let request = sign_in_request(&mobile(), user.as_str(), &hash);
            prop_assert_eq!(&complaints(&request), &none);
        }
    }
}

//! The requests and readers of `contract` against the OpenAPI documents: its requests match them, and it
//! reads their example responses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::Path;
use std::sync::LazyLock;

use contract::password::PasswordHash;
use contract::patient::{
    self, CodeId, Login, exists_request, login_request, read_exists, read_login_or_code,
    read_resend, read_verification, resend_request, verify_request,
};
use contract::personal::Personal;
use contract::request::{Body, Credentials, Method, Request};
use contract::response::{Headers, Response};
use contract::service_error::ServiceError;
use contract::staff::{
    SessionAuth, StaffClient, profile_request, read_bearer_token, read_session, read_sign_in,
    sign_in_request, sign_out_request, validate_request,
};
use proptest::prelude::*;
use wire_check::{Documents, RecordedRequest};

static DOCUMENTS: LazyLock<Documents> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi");
    Documents::read(&root).unwrap()
});

/// The request as the sandbox records it.
fn sent(request: &Request) -> RecordedRequest {
    let mut sent = RecordedRequest {
        method: request.method.as_str().to_owned(),
        path: request.path.to_owned(),
        ..RecordedRequest::default()
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

/// The request of a browser that has the cookie.
fn with_cookie(mut request: Request) -> Request {
    assert_eq!(request.credentials, Credentials::Include);
    request.headers.push(("Cookie", "AuthCookie=abc".into()));
    request
}

fn findings(request: &Request) -> Vec<String> {
    DOCUMENTS.findings(&sent(request)).unwrap()
}

fn token() -> SessionAuth {
    read_bearer_token(&Response {
        status: 200,
        headers: Headers {
            authorization: Some(Personal::from("Bearer abc.def")),
            ..Headers::default()
        },
        body: b"",
    })
    .unwrap()
}

fn mobile() -> StaffClient {
    StaffClient::SpiceV1("spice mobile".to_owned())
}

fn code() -> CodeId {
    let response = Response {
        status: 200,
        headers: Headers::default(),
        body: br#"{"otp_id":"x"}"#,
    };
    match read_login_or_code(&response) {
        Ok(Login::CodeSent(sent)) => sent,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_request_matches_the_documents() {
    let hash = PasswordHash::of("Spice@123", "spice_opensource");
    let (token, web) = (token(), StaffClient::SpiceV2Web);
    for request in [
        exists_request("5368798202"),
        login_request("nationalId", "16898166021", "5368798202"),
        login_request("patientId", "A-10/77", "541112223"),
        sign_in_request(&mobile(), " kavya_pro@spice.mdt ", &hash),
        validate_request(&mobile(), &token, Some("4")),
        validate_request(&mobile(), &token, None),
        profile_request(&mobile(), &token, Some("4")),
        sign_out_request(&mobile(), &token, Method::Get, Some("4")),
        sign_out_request(&mobile(), &token, Method::Post, None),
        verify_request(&code(), "024681"),
        resend_request(&code()),
        patient::sign_out_request(),
        sign_in_request(&web, "isatu.web@spice.mdt", &hash),
        sign_in_request(&StaffClient::SpiceV2Mobile, "076123456", &hash),
        profile_request(&StaffClient::SpiceV2Mobile, &token, None),
        with_cookie(profile_request(&web, &SessionAuth::Cookie, Some("9"))),
        with_cookie(sign_out_request(
            &web,
            &SessionAuth::Cookie,
            Method::Post,
            None,
        )),
        with_cookie(sign_out_request(
            &web,
            &SessionAuth::Cookie,
            Method::Post,
            Some("9"),
        )),
    ] {
        assert_eq!(findings(&request), Vec::<String>::new(), "{}", request.path);
    }
}

/// Control for the test above: deviations are found.
#[test]
fn undocumented_request_is_a_finding_without_its_values() {
    let exists = || sent(&exists_request("501234567"));
    let session = || {
        sent(&sign_in_request(
            &StaffClient::SpiceV1("spice web".to_owned()),
            "me",
            &PasswordHash::of("x", ""),
        ))
    };
    let validate = || sent(&validate_request(&mobile(), &token(), None));
    let changed = |mut sent: RecordedRequest, change: fn(&mut RecordedRequest)| {
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
            changed(
                sent(&profile_request(
                    &StaffClient::SpiceV2Web,
                    &SessionAuth::Cookie,
                    None,
                )),
                |s| {
                    s.headers.insert("cookie".into(), "theme=501234567".into());
                },
            ),
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
                    &StaffClient::SpiceV2Mobile,
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
        let findings = DOCUMENTS.findings(&wrong).unwrap().join("\n");
        assert!(findings.contains(words), "{words}: {findings:?} {wrong:?}");
        assert!(!findings.contains("501234567"), "{findings}");
    }
}

/// A browser adds headers by itself; all others are the portal's.
#[test]
fn only_headers_of_a_browser_need_no_documentation() {
    let findings = |name: &str, value: &str| {
        let mut sent = sent(&validate_request(&mobile(), &token(), None));
        sent.headers.insert(name.to_owned(), value.to_owned());
        DOCUMENTS.findings(&sent).unwrap()
    };
    for (name, value) in [
        ("accept", "*/*"),
        ("accept-language", "ar"),
        ("sec-fetch-mode", "cors"),
    ] {
        assert_eq!(findings(name, value), Vec::<String>::new());
    }
    for (name, value) in [("accept", "text/html"), ("x-tracking", "*/*")] {
        let finding = format!("header {name} is not documented");
        assert_eq!(findings(name, value), [finding]);
    }
}

/// Each example response is read as its name says.
#[test]
fn every_example_response_is_read_as_documented() {
    let examples = DOCUMENTS.response_examples();
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
            let response = Response {
                status,
                headers: Headers {
                    authorization: (status == 200).then(|| Personal::from("Bearer abc.def")),
                    retry_after: Some("7".to_owned()),
                    ..Headers::default()
                },
                body: body.as_bytes(),
            };
            let error = match example.path.as_str() {
                "/api/customer/is_patient_exists" => read_exists(&response).err(),
                "/api/customer/login" => read_login_or_code(&response).err(),
                "/api/customer/verify_otp" => read_verification(&response).err(),
                "/api/customer/resend_otp" => read_resend(&response).err(),
                // Not read.
                "/api/customer/logout" => continue,
                "/auth-service/session" if example.name.starts_with("web") => {
                    read_sign_in(&StaffClient::SpiceV2Web, &response).err()
                }
                "/auth-service/session" => {
                    read_sign_in(&StaffClient::SpiceV1(String::new()), &response).err()
                }
                _ => read_session(&response).err(),
            };
            let fits = match (status, error) {
                (200, None) => !example.name.starts_with("no"),
                (200, Some(ServiceError::NotFound)) => example.name.starts_with("noPatient"),
                (200, Some(ServiceError::NotASignIn)) => example.name == "noSignIn",
                (401, Some(ServiceError::InvalidResponse(_) | ServiceError::ServiceDown)) => false,
                // A wrong or expired code is a result, not an error.
                (400..=422, None) => example.path.ends_with("_otp"),
                (400 | 403 | 404 | 422, Some(ServiceError::NotFound)) => {
                    example.path == "/api/customer/login"
                }
                // 400, 405 and 413 are the sandbox's own, and must not be a sign-in.
                (429, Some(ServiceError::TooManyTries(Some(_))))
                | (500.., Some(ServiceError::ServiceDown | ServiceError::Unavailable(_)))
                | (401, Some(_))
                | (400 | 405 | 413, Some(ServiceError::InvalidResponse(_))) => true,
                _ => false,
            };
            assert!(fits, "{example:?} with {status}: {error:?}");
        }
    }
}

fn digits_and_more() -> impl Strategy<Value = String> {
    "[+0]{0,2}(966)?[ 0-9٠-٩()-]{6,14}"
}

proptest! {
    /// Every request from accepted input matches the documents.
    #[test]
    fn any_request_from_accepted_input_matches_the_documents(
        phone in digits_and_more(), id in "[ 0-9٠-٩-]{8,17}", file in "[ A-Za-z0-9/-]{1,34}",
        user in "\\PC{0,12}[!-~]{1,20}\\PC{0,3}", password in "\\PC{1,20}",
    ) {
        let none = Vec::<String>::new();
        if let Ok(phone) = input::phone(&phone, &["966"]) {
            let phone = phone.value.as_str();
            prop_assert_eq!(&findings(&exists_request(phone)), &none);
            if let Ok(id) = input::national_id(&id) {
                let request = login_request("nationalId", id.value.as_str(), phone);
                prop_assert_eq!(&findings(&request), &none);
            }
            if let Ok(file) = input::patient_id(&file) {
                let request = login_request("patientId", file.value.as_str(), phone);
                prop_assert_eq!(&findings(&request), &none);
            }
        }
        if let Ok(user) = input::staff_username(&user) && user.as_str().is_ascii() {
            let hash = PasswordHash::of(&password, "k");
            let request = sign_in_request(&mobile(), user.as_str(), &hash);
            prop_assert_eq!(&findings(&request), &none);
        }
    }
}

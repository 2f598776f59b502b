//! Requests, byte by byte.

use contract::password::PasswordHash;
use contract::request::{Body, Credentials, Method, Request, join};
use contract::staff::StaffClient;
use contract::{patient, staff};
use proptest::prelude::*;

use crate::support::{STAFF, TOKEN, v1, with_token};

fn json(request: &Request) -> &str {
    match &request.body {
        Body::Json(text) => text.as_str(),
        _ => panic!("the body is not JSON"),
    }
}

fn headers(request: &Request) -> Vec<(&str, &str)> {
    request
        .headers
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

/// The sample of the document, without its spaces and its trailing comma.
fn compact(sample: &str) -> String {
    let dense: String = sample.split_whitespace().collect();
    dense.replace(",}", "}")
}

#[test]
fn exists_request_matches_the_document() {
    let request = patient::exists_request("5368798202");
    assert_eq!(request.method, Method::Post);
    assert_eq!(request.path, "/api/customer/is_patient_exists");
    assert_eq!(json(&request), r#"{"phoneNo":"5368798202"}"#);
    assert_eq!(
        json(&request),
        compact(include_str!("../fixtures/patient-exists-request.json"))
    );
}

#[test]
fn login_request_matches_the_document() {
    let request = patient::login_request("nationalId", "16898166021", "5368798202");
    assert_eq!(request.method, Method::Post);
    assert_eq!(request.path, "/api/customer/login");
    assert_eq!(
        json(&request),
        r#"{"type":"nationalId","value":"16898166021","phone":"5368798202"}"#
    );
    assert_eq!(
        json(&request),
        compact(include_str!("../fixtures/patient-login-request.txt"))
    );
}

#[test]
fn patient_requests_send_and_accept_json_without_a_language() {
    let expected = vec![
        ("Content-Type", "application/json"),
        ("Accept", "application/json"),
    ];
    assert_eq!(headers(&patient::exists_request("5")), expected);
    assert_eq!(headers(&patient::login_request("a", "b", "c")), expected);
}

#[test]
fn login_request_has_the_caller_s_identifier_type() {
    let request = patient::login_request("fileNo", "0042", "5");
    assert_eq!(
        json(&request),
        r#"{"type":"fileNo","value":"0042","phone":"5"}"#
    );
}

#[test]
fn sign_in_request_is_a_form_with_the_client_in_a_header() {
    let hash = PasswordHash::of("Spice@123", "spice_opensource");
    let request = staff::sign_in_request(
        &StaffClient::SpiceV1("spice mobile".into()),
        "kavya_pro@spice.mdt",
        &hash,
    );
    assert_eq!(request.method, Method::Post);
    assert_eq!(request.path, "/auth-service/session");
    assert_eq!(headers(&request), vec![("client", "spice mobile")]);
    let Body::Form(fields) = &request.body else {
        panic!("the body is not a form")
    };
    let fields: Vec<_> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(
        fields,
        vec![
            ("username", "kavya_pro@spice.mdt"),
            ("password", hash.as_str())
        ]
    );
}

#[test]
fn patient_sign_out_is_a_post_without_a_body_that_needs_no_preflight() {
    let request = patient::sign_out_request();
    assert_eq!(
        (request.method, request.path),
        (Method::Post, "/api/customer/logout")
    );
    assert!(matches!(request.body, Body::None));
    assert_eq!(headers(&request), [("Accept", "application/json")]);
}

#[test]
fn user_name_is_trimmed_and_otherwise_unchanged() {
    let hash = PasswordHash::of("x", "");
    let request = staff::sign_in_request(
        &StaffClient::SpiceV1("cfr web".into()),
        " \tKavya+x@O'Brien.hospital\n",
        &hash,
    );
    let Body::Form(fields) = &request.body else {
        panic!("the body is not a form")
    };
    assert_eq!(fields[0].1.as_str(), "Kavya+x@O'Brien.hospital");
}

#[test]
fn session_requests_have_client_token_and_tenant() {
    let auth = staff::read_bearer_token(&with_token(200, STAFF)).unwrap();
    let expected = vec![
        ("client", "spice mobile"),
        ("Authorization", TOKEN),
        ("TenantId", "4"),
    ];
    for (request, path) in [
        (
            staff::validate_request(&v1(), &auth, Some("4")),
            "/user-service/user/validate",
        ),
        (
            staff::profile_request(&v1(), &auth, Some("4")),
            "/user-service/user/profile",
        ),
    ] {
        assert_eq!((request.method, request.path), (Method::Get, path));
        assert!(matches!(request.body, Body::None));
        assert_eq!(headers(&request), expected);
        assert_eq!(request.credentials, Credentials::Omit);
    }
    for method in [Method::Get, Method::Post] {
        let sign_out = staff::sign_out_request(&v1(), &auth, method, Some("4"));
        assert_eq!(sign_out.method, method);
        assert_eq!(sign_out.path, "/auth-service/logout");
        assert!(matches!(sign_out.body, Body::None));
        assert_eq!(headers(&sign_out), expected);
    }
}

#[test]
fn tenant_that_is_missing_or_no_header_value_is_not_sent() {
    let auth = staff::read_bearer_token(&with_token(200, STAFF)).unwrap();
    for tenant in [
        None,
        Some(""),
        Some("  "),
        Some("4\r\nX-Evil: 1"),
        Some("٤"),
    ] {
        let request = staff::validate_request(&v1(), &auth, tenant);
        assert_eq!(
            headers(&request),
            vec![("client", "spice mobile"), ("Authorization", TOKEN)]
        );
    }
}

#[test]
fn methods_have_their_http_names() {
    assert_eq!(Method::Get.as_str(), "GET");
    assert_eq!(Method::Post.as_str(), "POST");
}

#[test]
fn join_keeps_exactly_one_slash() {
    for base in ["https://h.example/x", "https://h.example/x/"] {
        for path in ["api/customer/login", "/api/customer/login"] {
            assert_eq!(join(base, path), "https://h.example/x/api/customer/login");
        }
    }
    assert_eq!(join("", "/api"), "/api");
    assert_eq!(join("/", "/api"), "/api");
    assert_eq!(
        join("https://h.example//", "//api"),
        "https://h.example/api"
    );
}

proptest! {
    /// `serde_json` reads back any text that a person may type.
    #[test]
    fn any_text_round_trips_through_the_json_of_a_request(id_type: String, value: String, phone: String) {
        let request = patient::login_request(&id_type, &value, &phone);
        let read: serde_json::Value = serde_json::from_str(json(&request)).unwrap();
        let expected = serde_json::json!({ "type": id_type, "value": value, "phone": phone });
        prop_assert_eq!(read, expected);
    }
}

#[test]
fn control_characters_and_unicode_round_trip_through_json() {
    let awkward: String = (0..0x80u8)
        .map(char::from)
        .chain("\u{2028}\u{ffff}😀م".chars())
        .collect();
    let request = patient::exists_request(&awkward);
    let read: serde_json::Value = serde_json::from_str(json(&request)).unwrap();
    assert_eq!(read["phoneNo"], awkward);
    assert!(json(&patient::exists_request("\u{1f}")).contains(r"\u001f"));
}

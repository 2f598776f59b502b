#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{JSON, call, get, patient, sha256, start, wire};
use sandbox::people::People;

const SAMPLE_LOGIN: &str = r#"{"type":"nationalId","value":"16898166021","phone":"5368798202"}"#;

#[test]
fn documented_patient_samples_are_served_to_the_byte() {
    let server = start();
    let exists = patient(&server, "is_patient_exists", r#"{"phoneNo":"5368798202"}"#);
    assert_eq!((exists.status, exists.text()), (200, "true"));
    assert_eq!(exists.header("access-control-allow-origin"), Some("*"));

    let login = patient(&server, "login", SAMPLE_LOGIN);
    assert_eq!(login.status, 200);
    // The SHA-256 of the sample as the document prints it.
    assert_eq!(
        sha256(&login.body),
        "30febe344921f8d7d757bd88b87edc6a09af38663a184807fec1407b11f3d2f7"
    );
}

#[test]
fn sign_out_from_an_application_gets_204_without_a_cookie_and_is_recorded() {
    let server = start();
    let accept = [("accept", "application/json")];
    let left = call(&server, "POST", "/api/customer/logout", &accept, b"");
    assert_eq!((left.status, left.text()), (204, ""));
    assert_eq!(left.header("set-cookie"), None);
    for (method, headers, body, status) in [
        ("GET", &accept[..], &b""[..], 405),
        ("POST", &[], b"", 400),
        ("POST", &accept, b"{}", 400),
    ] {
        let wrong = call(&server, method, "/api/customer/logout", headers, body);
        assert_eq!(wrong.status, status, "{method} {body:?}");
    }
    let first = &wire(&server)[0];
    assert_eq!(
        (&first["call"], &first["status"]),
        (&"patientLogout".into(), &204.into())
    );
}

#[test]
fn every_patient_signs_in_with_each_identifier() {
    let server = start();
    for person in &server.people().patients {
        let credentials = &person.credentials;
        let exists = patient(
            &server,
            "is_patient_exists",
            &format!(r#"{{"phoneNo":"{}"}}"#, credentials.phone),
        );
        assert_eq!(exists.text(), "true");
        let national = Some(("nationalId", &credentials.national_id));
        let hospital = credentials.patient_id.as_ref().map(|id| ("patientId", id));
        for (kind, value) in national.into_iter().chain(hospital) {
            let body = format!(
                r#"{{"type":"{kind}","value":"{value}","phone":"{}"}}"#,
                credentials.phone
            );
            let login = patient(&server, "login", &body);
            if credentials.one_time_code.is_some() {
                assert!(login.json()["otp_id"].is_string(), "{body}");
            } else {
                assert_eq!(login.text(), person.response, "{body}");
            }
        }
    }
}

#[test]
fn saudi_sample_patients_have_valid_phones_and_national_ids() {
    let people = People::embedded().unwrap();
    for person in people.patients.iter().skip(1) {
        let credentials = &person.credentials;
        assert!(credentials.phone.starts_with('5') && credentials.phone.len() == 9);
        assert_eq!(credentials.national_id.len(), 10);
        assert!(credentials.national_id.starts_with(['1', '2']));
        let sum: u32 = credentials
            .national_id
            .chars()
            .enumerate()
            .map(|(place, digit)| {
                let digit = digit.to_digit(10).unwrap();
                match (place % 2, digit * 2) {
                    (0, double) => double / 10 + double % 10,
                    _ => digit,
                }
            })
            .sum();
        assert_eq!(sum % 10, 0, "{}", credentials.national_id);
    }
}

#[test]
fn unknown_patients_get_404() {
    let server = start();
    let exists = patient(&server, "is_patient_exists", r#"{"phoneNo":"500000000"}"#);
    assert_eq!((exists.status, exists.text()), (200, "false"));
    for body in [
        // An unknown number, another patient's identifier, a national ID as a Patient ID.
        r#"{"type":"nationalId","value":"16898166021","phone":"500000000"}"#,
        r#"{"type":"nationalId","value":"1012345672","phone":"5368798202"}"#,
        r#"{"type":"patientId","value":"1012345672","phone":"501234567"}"#,
        // Leading zeros are part of a Patient ID.
        r#"{"type":"patientId","value":"12345","phone":"501234567"}"#,
    ] {
        let login = patient(&server, "login", body);
        assert_eq!(login.status, 404, "{body}");
        assert_eq!(login.text(), r#"{"message":"No user found"}"#);
    }
}

#[test]
fn phone_that_is_not_a_national_number_gets_400_with_the_violated_rule() {
    let server = start();
    for (phone, reason) in [
        ("", "phoneDigits"),
        ("+966501234567", "phoneDigits"),
        ("50 123 4567", "phoneDigits"),
        ("٥٠١٢٣٤٥٦٧", "phoneDigits"),
        ("\u{200e}501234567", "phoneDigits"),
        ("0501234567", "phoneLeadingZero"),
        ("00966501234567", "phoneLeadingZero"),
        ("966501234567", "phoneCountryCode"),
        ("9660501234567", "phoneCountryCode"),
        ("5012345", "phoneLength"),
        ("5012345678901234", "phoneLength"),
    ] {
        let exists = patient(
            &server,
            "is_patient_exists",
            &format!(r#"{{"phoneNo":"{phone}"}}"#),
        );
        assert_eq!(
            (exists.status, exists.reason()),
            (400, reason.to_owned()),
            "{phone}"
        );
        let login = patient(
            &server,
            "login",
            &format!(r#"{{"type":"nationalId","value":"1012345672","phone":"{phone}"}}"#),
        );
        assert_eq!(
            (login.status, login.reason()),
            (400, reason.to_owned()),
            "{phone}"
        );
    }
    // Begins with the country code's digits, but no mobile number follows.
    let exists = patient(&server, "is_patient_exists", r#"{"phoneNo":"96612345"}"#);
    assert_eq!(exists.text(), "false");
}

#[test]
fn undocumented_body_gets_400_with_the_violated_rule() {
    let server = start();
    for (body, reason) in [
        ("", "json"),
        ("true", "json"),
        ("[]", "json"),
        (r#"{"type":"nationalId""#, "json"),
        (
            r#"{"type":"nationalId","value":"1012345672"}"#,
            "missingKey",
        ),
        (
            r#"{"type":"nationalId","value":"1012345672","phone":"501234567","lang":"ar"}"#,
            "unexpectedKey",
        ),
        (
            r#"{"type":"nationalId","value":"1012345672","phone":"501234567","phone":"501234567"}"#,
            "duplicateKey",
        ),
        (
            r#"{"type":"nationalId","value":1012345672,"phone":"501234567"}"#,
            "notText",
        ),
        (
            r#"{"type":"nationalId","value":null,"phone":"501234567"}"#,
            "notText",
        ),
        (
            r#"{"type":"fileNo","value":"0012345","phone":"501234567"}"#,
            "unknownType",
        ),
        (
            r#"{"type":"nationalId","value":"1 012345672","phone":"501234567"}"#,
            "nationalIdDigits",
        ),
        (
            r#"{"type":"nationalId","value":"1234","phone":"501234567"}"#,
            "nationalIdLength",
        ),
        (
            r#"{"type":"patientId","value":"00 12345","phone":"501234567"}"#,
            "patientIdCharacters",
        ),
        (
            "{\"type\":\"patientId\",\"value\":\"\u{200f}0012345\",\"phone\":\"501234567\"}",
            "patientIdCharacters",
        ),
        (
            r#"{"type":"patientId","value":"٠٠١٢٣٤٥","phone":"501234567"}"#,
            "patientIdCharacters",
        ),
        (
            r#"{"type":"patientId","value":"000000000000000000000000000000001","phone":"501234567"}"#,
            "patientIdLength",
        ),
    ] {
        let login = patient(&server, "login", body);
        assert_eq!(
            (login.status, login.reason()),
            (400, reason.to_owned()),
            "{body}"
        );
    }
}

#[test]
fn undocumented_method_headers_or_query_get_the_violated_rule() {
    let server = start();
    let body = r#"{"phoneNo":"5368798202"}"#;
    let path = "/api/customer/is_patient_exists";
    let [json, accept] = JSON;
    let with = |headers: &[(&str, &str)]| call(&server, "POST", path, headers, body);
    assert_eq!(with(&[accept]).reason(), "contentType");
    assert_eq!(
        with(&[("Content-Type", "text/plain"), accept]).reason(),
        "contentType"
    );
    assert_eq!(with(&[json]).reason(), "accept");
    assert_eq!(with(&[json, ("Accept", "*/*")]).reason(), "accept");
    let parameters = [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Accept", "application/json, text/plain"),
    ];
    assert_eq!(with(&parameters).text(), "true");

    let method_not_allowed = call(&server, "GET", path, &JSON, "");
    assert_eq!(
        (method_not_allowed.status, method_not_allowed.reason()),
        (405, "method".to_owned())
    );
    assert_eq!(method_not_allowed.header("allow"), Some("POST, OPTIONS"));
    let query = call(&server, "POST", &format!("{path}?phoneNo=5"), &JSON, body);
    assert_eq!(query.reason(), "query");
}

#[test]
fn undocumented_path_gets_404_and_is_recorded() {
    let server = start();
    for path in [
        "/api//customer/login",
        "//api/customer/login",
        "/api/customer/login/",
        "/apiapi/customer/login",
        "/",
    ] {
        let response = call(&server, "POST", path, &JSON, SAMPLE_LOGIN);
        assert_eq!(
            (response.status, response.reason()),
            (404, "unknownCall".to_owned())
        );
    }
    let wire = wire(&server);
    assert_eq!(wire.len(), 5);
    assert!(wire.iter().all(|entry| entry["call"] == "unknown"));
}

#[test]
fn wire_record_has_the_calls_in_order_and_to_the_byte() {
    let server = start();
    let body = "{ \"phoneNo\" :\"5368798202\"}";
    patient(&server, "is_patient_exists", body);
    patient(&server, "login", SAMPLE_LOGIN);
    get(&server, "/profile");
    let entries = wire(&server);
    assert_eq!(entries.len(), 2, "pages are not recorded");
    assert_eq!(entries[0]["call"], "exists");
    assert_eq!(entries[0]["number"], 0);
    assert_eq!(entries[0]["method"], "POST");
    assert_eq!(entries[0]["path"], "/api/customer/is_patient_exists");
    assert_eq!(entries[0]["body"], body);
    assert_eq!(entries[0]["status"], 200);
    assert_eq!(entries[0]["headers"]["content-type"], "application/json");
    assert_eq!(entries[0]["headers"]["accept"], "application/json");
    assert_eq!(entries[0]["headers"].get("accept-language"), None);
    assert_eq!(entries[1]["call"], "login");
    assert_eq!(entries[1]["body"], SAMPLE_LOGIN);

    assert_eq!(
        call(&server, "DELETE", "/__sandbox/wire", &[], "").status,
        204
    );
    assert!(wire(&server).is_empty());
}

#[test]
fn body_over_one_mebibyte_gets_413() {
    let server = start();
    let response = patient(&server, "login", &"1".repeat((1 << 20) + 1));
    assert_eq!(response.status, 413);
}

#[test]
fn control_api_lists_the_sample_people() {
    let server = start();
    let people = get(&server, "/__sandbox/people").json();
    assert_eq!(people["patients"].as_array().unwrap().len(), 7);
    assert_eq!(people["staff"].as_array().unwrap().len(), 11);
    assert_eq!(people["patients"][1]["patientId"], "0012345");
    assert_eq!(
        people["patients"][1]["answer"]["name"]["lastNameAr"],
        "الحربي"
    );
    assert_eq!(people["staff"][0]["password"], "Spice@123");
}

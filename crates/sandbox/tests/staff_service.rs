#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{call, hash, session_with, sha256, sign_in, start, wire};
use serde_json::Value;

const KAVYA: &str = "kavya_pro@spice.mdt";
const SAMIR: &str = "samir.roles@spice.mdt";
const MOBILE: Option<&str> = Some("spice mobile");

fn message(response: &common::Response) -> String {
    assert_eq!(response.status, 401, "{response:?}");
    assert_eq!(response.header("authorization"), None);
    response.json()["message"].as_str().unwrap().to_owned()
}

fn roles(response: &common::Response) -> Vec<String> {
    assert_eq!(response.status, 200, "{response:?}");
    let body = response.json();
    let roles = body["roles"].as_array().unwrap().iter();
    roles
        .map(|role| role["name"].as_str().unwrap().to_owned())
        .collect()
}

fn token(response: &common::Response) -> String {
    response.header("authorization").unwrap().to_owned()
}

#[test]
fn documented_staff_sample_is_served_to_the_byte() {
    let server = start();
    // Client and user name are compared without case.
    let response = sign_in(
        &server,
        Some("Spice MOBILE"),
        "Kavya_Pro@spice.mdt",
        "Spice@123",
    );
    assert_eq!(response.status, 200);
    // The SHA-256 of the sample as the document prints it.
    assert_eq!(
        sha256(&response.body),
        "a225c8666022cae63d74ffd227d6476c51ec1c062196e97e28c4e66911937595"
    );
    assert_eq!(
        response.header("content-type"),
        Some("text/x-json;charset=UTF-8")
    );
    assert_eq!(response.header("tenantid"), Some("4"));
    assert_eq!(
        response.header("access-control-expose-headers"),
        Some("Authorization")
    );
    assert_eq!(response.json()["authorization"], Value::Null);
    let first = token(&response);
    assert!(first.starts_with("Bearer ") && first.len() > 40);
    let again = sign_in(&server, MOBILE, KAVYA, "Spice@123");
    assert_ne!(first, token(&again));
}

#[test]
fn urlencoded_and_multipart_forms_are_accepted() {
    let server = start();
    let hash = hash("Nurse-2026!");
    let body = format!("username=amal.o%27brien%2Bward7%40care.hospital&password={hash}");
    let response = call(
        &server,
        "POST",
        "/auth-service/session",
        &[
            (
                "Content-Type",
                "application/x-www-form-urlencoded;charset=UTF-8",
            ),
            ("client", "spice mobile"),
        ],
        &body,
    );
    assert_eq!(roles(&response), ["NURSE"]);
    let response = sign_in(
        &server,
        MOBILE,
        "amal.o'brien+ward7@care.hospital",
        "Nurse-2026!",
    );
    assert_eq!(roles(&response), ["NURSE"]);

    let wire = wire(&server);
    assert_eq!(wire[0]["body"], body);
    assert_eq!(wire[0]["headers"]["client"], "spice mobile");
    for entry in wire {
        assert_eq!(
            entry["form"]["username"],
            "amal.o'brien+ward7@care.hospital"
        );
        assert_eq!(entry["form"]["password"], hash);
    }
}

#[test]
fn exactly_the_active_accounts_sign_in_with_their_client() {
    let server = start();
    for staff in &server.people().staff {
        let credentials = &staff.credentials;
        let response = sign_in(
            &server,
            Some(&credentials.client),
            &credentials.username,
            &credentials.password,
        );
        let may = credentials.state == sandbox::people::AccountState::Active;
        assert_eq!(
            response.status == 200,
            may,
            "{}: {response:?}",
            credentials.username
        );
    }
}

#[test]
fn client_header_selects_the_roles() {
    let server = start();
    let enter = |client| sign_in(&server, client, SAMIR, "pässwörd");
    assert_eq!(roles(&enter(MOBILE)), ["LAB_TECHNICIAN"]);
    assert_eq!(roles(&enter(Some("spice web"))), ["REPORT_ADMIN"]);
    let all = [
        "LAB_TECHNICIAN",
        "NURSE",
        "REPORT_ADMIN",
        "RED_RISK_USER",
        "BED_MANAGER",
    ];
    assert_eq!(roles(&enter(None)), all);
    assert_eq!(roles(&enter(Some("something else"))), all);
    let refused = "You don't have a permission. Please contact administrator";
    assert_eq!(message(&enter(Some("cfr web"))), refused);
    let layla = sign_in(&server, MOBILE, "layla.admin@spice.mdt", "Passw0rd92");
    assert_eq!(message(&layla), refused);
    let rima = sign_in(&server, MOBILE, "rima.emr@spice.mdt", "كلمة السر ١٢٣");
    assert_eq!(message(&rima), refused);
}

#[test]
fn expired_flags_are_sent_and_do_not_prevent_a_sign_in() {
    let server = start();
    let ziad = "ziad.expired@spice.mdt";
    let response = sign_in(&server, MOBILE, ziad, "  two spaces around  ");
    assert_eq!(response.json()["credentialsExpired"], true);
    let trimmed = sign_in(&server, MOBILE, ziad, "two spaces around");
    assert_eq!(message(&trimmed), "Invalid credentials");
}

#[test]
fn wrong_password_unknown_user_and_inactive_account_get_the_same_message() {
    let server = start();
    for (username, password) in [
        (KAVYA, "spice@123"),
        ("unknown@spice.mdt", "Spice@123"),
        ("dawud.disabled@spice.mdt", "Disabled-2026!"),
    ] {
        let response = sign_in(&server, MOBILE, username, password);
        assert_eq!(message(&response), "Invalid credentials");
    }
}

#[test]
fn fifth_failed_attempt_locks_the_account_until_a_reset() {
    let server = start();
    let wrong = || message(&sign_in(&server, MOBILE, KAVYA, "wrong"));
    for _ in 0..4 {
        assert_eq!(wrong(), "Invalid credentials");
    }
    assert_eq!(
        wrong(),
        "Account locked due to multiple invalid login attempts."
    );
    assert_eq!(wrong(), "Disabled Account");
    let right = sign_in(&server, MOBILE, KAVYA, "Spice@123");
    assert_eq!(message(&right), "Disabled Account");
    assert_eq!(
        call(&server, "POST", "/__sandbox/reset", &[], "").status,
        204
    );
    assert_eq!(sign_in(&server, MOBILE, KAVYA, "Spice@123").status, 200);
}

#[test]
fn successful_sign_in_resets_the_count_of_failed_attempts() {
    let server = start();
    for _ in 0..3 {
        for _ in 0..4 {
            let response = sign_in(&server, MOBILE, KAVYA, "wrong");
            assert_eq!(message(&response), "Invalid credentials");
        }
        assert_eq!(sign_in(&server, MOBILE, KAVYA, "Spice@123").status, 200);
    }
}

#[test]
fn locked_account_stays_locked_with_any_password() {
    let server = start();
    for password in ["Locked-2026!", "wrong"] {
        let response = sign_in(&server, MOBILE, "huda.locked@spice.mdt", password);
        assert_eq!(message(&response), "Disabled Account");
    }
}

#[test]
fn missing_or_blank_fields_get_the_documented_message() {
    let server = start();
    let blank = "No Username and / or Password Provided";
    let good = hash("Spice@123");
    for fields in [
        &[][..],
        &[("username", KAVYA)],
        &[("password", good.as_str())],
        &[("username", KAVYA), ("password", "")],
        &[("username", "  "), ("password", good.as_str())],
    ] {
        assert_eq!(message(&session_with(&server, MOBILE, fields)), blank);
    }
    let json = call(
        &server,
        "POST",
        "/auth-service/session",
        &[
            ("Content-Type", "application/json"),
            ("client", "spice mobile"),
        ],
        format!(r#"{{"username":"{KAVYA}","password":"{good}"}}"#),
    );
    assert_eq!(message(&json), blank);
}

#[test]
fn undocumented_form_gets_400_with_the_violated_rule_and_does_not_count_as_an_attempt() {
    let server = start();
    let good = hash("Spice@123");
    let reason = |fields: &[(&str, &str)]| {
        let response = session_with(&server, MOBILE, fields);
        assert_eq!(response.status, 400);
        response.reason()
    };
    let kavya = ("username", KAVYA);
    assert_eq!(reason(&[kavya, ("password", "Spice@123")]), "passwordHash");
    assert_eq!(
        reason(&[kavya, ("password", &good.to_uppercase())]),
        "passwordHash"
    );
    assert_eq!(reason(&[kavya, ("password", &good[1..])]), "passwordHash");
    assert_eq!(
        reason(&[("username", " kavya "), ("password", &good)]),
        "usernameSpaces"
    );
    assert_eq!(
        reason(&[kavya, ("password", &good), ("client", "spice mobile")]),
        "unexpectedField"
    );
    assert_eq!(
        reason(&[kavya, kavya, ("password", &good)]),
        "duplicateField"
    );

    let headers = [("Content-Type", "multipart/form-data; boundary=edge")];
    let path = "/auth-service/session";
    let file = "--edge\r\nContent-Disposition: form-data; name=\"username\"; \
                filename=\"blob\"\r\n\r\nx\r\n--edge--\r\n";
    assert_eq!(
        call(&server, "POST", path, &headers, file).reason(),
        "fileField"
    );
    assert_eq!(
        call(&server, "POST", path, &headers, "--edge\r\n").reason(),
        "form"
    );
    let query = format!("{path}?username=x");
    assert_eq!(
        call(&server, "POST", &query, &headers, "").reason(),
        "query"
    );
    assert_eq!(call(&server, "GET", path, &[], "").status, 405);

    // None of these counts as a failed attempt.
    for _ in 0..5 {
        reason(&[kavya, ("password", "x")]);
    }
    assert_eq!(sign_in(&server, MOBILE, KAVYA, "Spice@123").status, 200);
}

#[test]
fn token_is_valid_until_sign_out_or_reset() {
    let server = start();
    let validate = |token: &str| {
        let headers = [("Authorization", token), ("TenantId", "4")];
        call(&server, "GET", "/user-service/user/validate", &headers, "")
    };
    for method in ["GET", "POST"] {
        let token = token(&sign_in(&server, MOBILE, KAVYA, "Spice@123"));
        let alive = validate(&token);
        assert_eq!((alive.status, alive.text()), (200, "Session alive"));
        assert_eq!(validate("Bearer nonsense").status, 401);
        let logout = || {
            let headers = [("Authorization", token.as_str())];
            call(&server, method, "/auth-service/logout", &headers, "")
        };
        let first = logout();
        assert_eq!((first.status, first.body.len()), (200, 0));
        assert_eq!(validate(&token).status, 401);
        assert_eq!(logout().status, 200);
    }
    let token = token(&sign_in(&server, MOBILE, KAVYA, "Spice@123"));
    call(&server, "POST", "/__sandbox/reset", &[], "");
    assert_eq!(validate(&token).status, 401);
    assert_eq!(
        call(&server, "GET", "/user-service/user/validate", &[], "").status,
        401
    );
}

#[test]
fn preflight_where_both_versions_are_served_names_an_origin_of_this_machine() {
    let server = start();
    let own = "http://127.0.0.1:40123";
    for (path, origin, allowed) in [
        ("/auth-service/session", own, own),
        ("/auth-service/logout", own, own),
        ("/user-service/user/profile", own, own),
        // SPICE 1.x, which allows any origin.
        ("/auth-service/session", "https://portal.example", "*"),
        ("/api/customer/login", "https://portal.example", "*"),
    ] {
        let headers = [
            ("Origin", origin),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "client"),
        ];
        let response = call(&server, "OPTIONS", path, &headers, "");
        assert_eq!((response.status, response.body.len()), (200, 0));
        assert_eq!(
            response.header("access-control-allow-origin"),
            Some(allowed)
        );
        let with_credentials = response.header("access-control-allow-credentials");
        assert_eq!(with_credentials == Some("true"), allowed == own, "{path}");
        let names = response.header("access-control-allow-headers").unwrap();
        assert!(names.split(", ").any(|name| name == "client"), "{names}");
    }
    assert!(
        wire(&server)
            .iter()
            .all(|entry| entry["call"] == "preflight")
    );
}

#[test]
fn password_key_option_sets_the_key_of_the_hash() {
    let server = sandbox::Sandbox::start(sandbox::Options {
        password_key: String::new(),
        ..sandbox::Options::default()
    })
    .unwrap();
    let unkeyed = "f9110ea91e376d76c232d8bad32c206872a3fc890cd7719ad698293c6d4b0aa3\
                   352a6602f9daa04ce7544c56edccca8433ffc5d015245f3fcb2e47479150e869";
    let fields = [("username", KAVYA), ("password", unkeyed)];
    assert_eq!(session_with(&server, MOBILE, &fields).status, 200);
    assert_eq!(sign_in(&server, MOBILE, KAVYA, "Spice@123").status, 401);
}

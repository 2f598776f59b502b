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

fn message(reply: &common::Reply) -> String {
    assert_eq!(reply.status, 401, "{reply:?}");
    assert_eq!(reply.header("authorization"), None);
    reply.json()["message"].as_str().unwrap().to_owned()
}

fn roles(reply: &common::Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{reply:?}");
    let body = reply.json();
    let roles = body["roles"].as_array().unwrap().iter();
    roles
        .map(|role| role["name"].as_str().unwrap().to_owned())
        .collect()
}

fn token(reply: &common::Reply) -> String {
    reply.header("authorization").unwrap().to_owned()
}

#[test]
fn the_documented_sample_is_answered_to_the_byte() {
    let server = start();
    // Any case of either name will do.
    let reply = sign_in(
        &server,
        Some("Spice MOBILE"),
        "Kavya_Pro@spice.mdt",
        "Spice@123",
    );
    assert_eq!(reply.status, 200);
    // The SHA-256 of the sample as the document prints it.
    assert_eq!(
        sha256(&reply.body),
        "a225c8666022cae63d74ffd227d6476c51ec1c062196e97e28c4e66911937595"
    );
    assert_eq!(
        reply.header("content-type"),
        Some("text/x-json;charset=UTF-8")
    );
    assert_eq!(reply.header("tenantid"), Some("4"));
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        reply.header("access-control-expose-headers"),
        Some("Authorization")
    );
    assert_eq!(reply.json()["authorization"], Value::Null);
    let first = token(&reply);
    assert!(first.starts_with("Bearer ") && first.len() > 40);
    let again = sign_in(&server, MOBILE, KAVYA, "Spice@123");
    assert_ne!(first, token(&again));
}

#[test]
fn both_kinds_of_form_are_read() {
    let server = start();
    let hash = hash("Nurse-2026!");
    let body = format!("username=amal.o%27brien%2Bward7%40care.hospital&password={hash}");
    let reply = call(
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
    assert_eq!(roles(&reply), ["NURSE"]);
    let reply = sign_in(
        &server,
        MOBILE,
        "amal.o'brien+ward7@care.hospital",
        "Nurse-2026!",
    );
    assert_eq!(roles(&reply), ["NURSE"]);

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
fn every_active_account_enters_where_it_belongs() {
    let server = start();
    for staff in &server.people().staff {
        let credentials = &staff.credentials;
        let reply = sign_in(
            &server,
            Some(&credentials.client),
            &credentials.username,
            &credentials.password,
        );
        let may = credentials.state == sandbox::people::AccountState::Active;
        assert_eq!(
            reply.status == 200,
            may,
            "{}: {reply:?}",
            credentials.username
        );
    }
}

#[test]
fn the_client_picks_the_roles() {
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
fn the_expired_flags_are_told_and_do_not_refuse() {
    let server = start();
    let ziad = "ziad.expired@spice.mdt";
    let reply = sign_in(&server, MOBILE, ziad, "  two spaces around  ");
    assert_eq!(reply.json()["credentialsExpired"], true);
    let trimmed = sign_in(&server, MOBILE, ziad, "two spaces around");
    assert_eq!(message(&trimmed), "Invalid credentials");
}

#[test]
fn wrong_credentials_read_the_same() {
    let server = start();
    for (username, password) in [
        (KAVYA, "spice@123"),
        ("nobody@spice.mdt", "Spice@123"),
        ("dawud.disabled@spice.mdt", "Disabled-2026!"),
    ] {
        let reply = sign_in(&server, MOBILE, username, password);
        assert_eq!(message(&reply), "Invalid credentials");
    }
}

#[test]
fn the_fifth_wrong_try_locks() {
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
fn a_right_try_starts_the_count_again() {
    let server = start();
    for _ in 0..3 {
        for _ in 0..4 {
            let reply = sign_in(&server, MOBILE, KAVYA, "wrong");
            assert_eq!(message(&reply), "Invalid credentials");
        }
        assert_eq!(sign_in(&server, MOBILE, KAVYA, "Spice@123").status, 200);
    }
}

#[test]
fn a_locked_account_stays_so() {
    let server = start();
    for password in ["Locked-2026!", "wrong"] {
        let reply = sign_in(&server, MOBILE, "huda.locked@spice.mdt", password);
        assert_eq!(message(&reply), "Disabled Account");
    }
}

#[test]
fn without_both_fields_there_is_one_answer() {
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
fn a_form_that_no_client_would_send_is_named() {
    let server = start();
    let good = hash("Spice@123");
    let reason = |fields: &[(&str, &str)]| {
        let reply = session_with(&server, MOBILE, fields);
        assert_eq!(reply.status, 400);
        reply.reason()
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

    // Nothing of it counts as a wrong try.
    for _ in 0..5 {
        reason(&[kavya, ("password", "x")]);
    }
    assert_eq!(sign_in(&server, MOBILE, KAVYA, "Spice@123").status, 200);
}

#[test]
fn a_token_lives_until_it_is_revoked() {
    let server = start();
    let validate = |token: &str| {
        let headers = [("Authorization", token), ("TenantId", "4")];
        call(&server, "GET", "/user-service/user/validate", &headers, "").status
    };
    for method in ["GET", "POST"] {
        let token = token(&sign_in(&server, MOBILE, KAVYA, "Spice@123"));
        assert_eq!(validate(&token), 200);
        assert_eq!(validate("Bearer nonsense"), 401);
        let logout = || {
            let headers = [("Authorization", token.as_str())];
            call(&server, method, "/auth-service/logout", &headers, "")
        };
        let first = logout();
        assert_eq!((first.status, first.body.len()), (200, 0));
        assert_eq!(validate(&token), 401);
        assert_eq!(logout().status, 401);
    }
    let token = token(&sign_in(&server, MOBILE, KAVYA, "Spice@123"));
    call(&server, "POST", "/__sandbox/reset", &[], "");
    assert_eq!(validate(&token), 401);
    assert_eq!(
        call(&server, "GET", "/user-service/user/validate", &[], "").status,
        401
    );
}

#[test]
fn a_browser_may_ask_first() {
    let server = start();
    let origin = "https://portal.example";
    for (path, asked, allowed) in [
        ("/auth-service/logout", "authorization,tenantid", "*"),
        ("/user-service/user/validate", "Authorization", "*"),
        ("/api/customer/login", "content-type", "*"),
        // These may be for a session in a cookie, and then no asterisk will do.
        ("/auth-service/session", "client", origin),
        ("/auth-service/logout", "tenantid", origin),
    ] {
        let headers = [
            ("Origin", origin),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", asked),
        ];
        let reply = call(&server, "OPTIONS", path, &headers, "");
        assert_eq!((reply.status, reply.body.len()), (200, 0));
        assert_eq!(reply.header("access-control-allow-origin"), Some(allowed));
        let with_credentials = reply.header("access-control-allow-credentials");
        assert_eq!(with_credentials == Some("true"), allowed == origin);
        assert_eq!(
            reply.header("access-control-allow-headers"),
            Some("client, authorization, tenantid, content-type")
        );
    }
    assert!(
        wire(&server)
            .iter()
            .all(|entry| entry["call"] == "preflight")
    );
}

#[test]
fn another_password_key_can_be_set() {
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

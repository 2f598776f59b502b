//! The staff service as SPICE 2.0, with its two `client`s and its own accounts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{Response, call, hash, multipart, sign_in, start};
use sandbox::Running;

const ISATU: (&str, &str) = ("isatu.web@spice.mdt", "Freetown-26!");
const MARIAMA: (&str, &str) = ("076123456", "Makeni-26!");
const FODAY: (&str, &str) = ("foday.mob@spice.mdt", "Kenema-26!");
const ORIGIN: &str = "https://portal.example";

fn enter(server: &Running, client: &str, (user, password): (&str, &str)) -> Response {
    sign_in(server, Some(client), user, password)
}

fn message(response: &Response) -> String {
    assert_eq!(response.status, 401);
    response.json()["message"].as_str().unwrap().to_owned()
}

/// The `name=value` pair of the cookie that a response sets.
fn cookie(response: &Response) -> String {
    let set = response.header("set-cookie").unwrap();
    set.split(';').next().unwrap().to_owned()
}

fn in_session(server: &Running, path: &str, cookie: &str) -> Response {
    let headers = [("Cookie", cookie), ("Origin", ORIGIN)];
    call(server, "GET", path, &headers, "")
}

#[test]
fn web_client_gets_an_http_only_cookie_and_no_token() {
    let server = start();
    let response = enter(&server, "web", ISATU);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("authorization"), None);
    let set = response.header("set-cookie").unwrap();
    assert!(set.starts_with("AuthCookie="), "{set}");
    for rule in ["HttpOnly", "Secure", "SameSite=None", "Path=/"] {
        assert!(set.contains(rule), "{rule}: {set}");
    }
    let body = response.json();
    for absent in [
        "gender",
        "middleName",
        "organizations",
        "active",
        "isBlocked",
    ] {
        assert!(body.get(absent).is_none(), "{absent}");
    }
    for there in [
        "organizationIds",
        "suiteAccess",
        "isTermsAndConditionsAccepted",
        "culture",
    ] {
        assert!(body.get(there).is_some(), "{there}");
    }
}

#[test]
fn mobile_client_gets_a_token_and_may_sign_in_by_phone_number() {
    let server = start();
    let response = enter(&server, "mob", MARIAMA);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("set-cookie"), None);
    let token = response.header("authorization").unwrap().to_owned();
    let headers = [("Authorization", token.as_str())];
    let path = "/user-service/user/validate";
    assert_eq!(call(&server, "GET", path, &headers, "").status, 200);
}

#[test]
fn cookie_is_valid_until_sign_out_which_expires_it() {
    let server = start();
    for _ in 0..2 {
        let cookie = cookie(&enter(&server, "web", ISATU));
        let validate =
            |cookie: &str| in_session(&server, "/user-service/user/validate", cookie).status;
        assert_eq!(validate(&cookie), 200);
        assert_eq!(validate(&format!("theme=dark; {cookie}")), 200);
        assert_eq!(validate("AuthCookie=made-up"), 401);
        let out = in_session(&server, "/auth-service/logout", &cookie);
        assert_eq!(out.status, 200);
        let gone = out.header("set-cookie").unwrap();
        assert!(gone.starts_with("AuthCookie=; Max-Age=0; Path=/"), "{gone}");
        assert_eq!(validate(&cookie), 401);
    }
}

#[test]
fn web_client_s_origin_is_allowed_by_name_with_credentials() {
    let server = start();
    let asked = |client: &str, (user, password): (&str, &str)| {
        let headers = [
            ("Content-Type", "multipart/form-data; boundary=edge"),
            ("client", client),
            ("Origin", ORIGIN),
        ];
        let fields = [("username", user), ("password", &hash(password))];
        let path = "/auth-service/session";
        let response = call(&server, "POST", path, &headers, multipart(&fields));
        let header = |name: &str| response.header(name).map(str::to_owned);
        [
            header("access-control-allow-origin"),
            header("access-control-allow-credentials"),
        ]
    };
    let by_name = [Some(ORIGIN.to_owned()), Some("true".to_owned())];
    let to_anyone = [Some("*".to_owned()), None];
    assert_eq!(asked("web", ISATU), by_name);
    // Errors, too: the page must be able to read them.
    assert_eq!(asked("web", ("unknown", "x")), by_name);
    assert_eq!(asked("mob", MARIAMA), to_anyone);
    assert_eq!(asked("spice web", ISATU), to_anyone);
    let response = in_session(&server, "/auth-service/logout", "x=y");
    assert_eq!(response.header("access-control-allow-origin"), Some(ORIGIN));
    assert_eq!(response.header("vary"), Some("Origin"));
}

#[test]
fn accounts_of_one_spice_version_are_unknown_to_the_other() {
    let server = start();
    for client in ["spice mobile", "Web", "CLIENT_MOBILE", "x"] {
        assert_eq!(
            message(&enter(&server, client, ISATU)),
            "Invalid credentials"
        );
    }
    let kavya = ("kavya_pro@spice.mdt", "Spice@123");
    assert_eq!(
        message(&enter(&server, "web", kavya)),
        "Invalid credentials"
    );
}

#[test]
fn correct_password_with_a_client_without_permission_gets_the_message_of_spice_2() {
    let server = start();
    assert_eq!(
        message(&enter(&server, "web", FODAY)),
        "You don't have permission to perform this operation"
    );
    assert_eq!(enter(&server, "mob", FODAY).status, 200);
}

#[test]
fn fifth_failed_attempt_locks_a_spice_2_account() {
    let server = start();
    for _ in 0..4 {
        let wrong = enter(&server, "web", (ISATU.0, "x"));
        assert_eq!(message(&wrong), "Invalid credentials");
    }
    assert_eq!(
        message(&enter(&server, "web", (ISATU.0, "x"))),
        "Account locked due to multiple invalid login attempts."
    );
    assert_eq!(message(&enter(&server, "web", ISATU)), "Disabled Account");
}

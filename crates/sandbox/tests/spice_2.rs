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
const ORIGIN: &str = "http://127.0.0.1:40123";

fn enter(server: &Running, client: &str, (user, password): (&str, &str)) -> Response {
    sign_in(server, Some(client), user, password)
}

fn message(response: &Response) -> String {
    assert_eq!(response.status, 401);
    response.json()["message"].as_str().unwrap().to_owned()
}

/// The session cookie that a response sets, with its attributes.
fn auth_cookie(response: &Response) -> String {
    let all = set_cookies(response);
    let mut wanted = all.iter().filter(|set| set.starts_with("AuthCookie="));
    (*wanted.next().unwrap_or_else(|| panic!("{response:?}"))).to_owned()
}

/// The `name=value` pair of the session cookie that a response sets.
fn cookie(response: &Response) -> String {
    auth_cookie(response).split(';').next().unwrap().to_owned()
}

fn in_session(server: &Running, method: &str, path: &str, cookie: &str) -> Response {
    let headers = [("Cookie", cookie), ("Origin", ORIGIN), ("client", "web")];
    call(server, method, path, &headers, "")
}

fn profile(server: &Running, cookie: &str) -> Response {
    in_session(server, "POST", "/user-service/user/profile", cookie)
}

/// The `Set-Cookie` headers of a response.
fn set_cookies(response: &Response) -> Vec<&str> {
    let lines = response.head.lines();
    let headers = lines.filter_map(|line| line.split_once(": "));
    headers
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .map(|(_, value)| value)
        .collect()
}

#[test]
fn web_client_gets_an_http_only_cookie_and_no_token() {
    let server = start();
    let response = enter(&server, "web", ISATU);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("authorization"), None);
    let set = auth_cookie(&response);
    for rule in [
        "HttpOnly",
        "Secure",
        "SameSite=Strict",
        "Path=/",
        "Max-Age=7200",
    ] {
        assert!(set.contains(rule), "{rule}: {set}");
    }
    // It is kept at any address of the sandbox.
    assert!(!set.contains("Domain"), "{set}");
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
    assert!(!response.head.contains("AuthCookie"));
    let token = response.header("authorization").unwrap().to_owned();
    // Its version follows from the token; `client` is not needed.
    let headers = [("Authorization", token.as_str())];
    let path = "/user-service/user/profile";
    let answer = call(&server, "POST", path, &headers, "");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["entity"]["username"], MARIAMA.0);
}

#[test]
fn cookie_is_valid_until_sign_out_which_expires_it() {
    let server = start();
    for method in ["GET", "POST"] {
        let cookie = cookie(&enter(&server, "web", ISATU));
        let status = |cookie: &str| profile(&server, cookie).status;
        assert_eq!(status(&cookie), 200);
        assert_eq!(status(&format!("theme=dark; {cookie}")), 200);
        assert_eq!(status("AuthCookie=made-up"), 401);
        let out = in_session(&server, method, "/auth-service/logout", &cookie);
        assert_eq!(out.status, 200);
        let gone = auth_cookie(&out);
        assert!(gone.starts_with("AuthCookie=; Path=/; Max-Age=0"), "{gone}");
        assert_eq!(status(&cookie), 401);
    }
}

#[test]
fn origin_of_a_spice_2_call_is_allowed_by_name_with_credentials() {
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
    let credentials = Some("true".to_owned());
    let by_name = [Some(ORIGIN.to_owned()), credentials.clone()];
    assert_eq!(asked("web", ISATU), by_name);
    // Errors, too: the page must be able to read them.
    assert_eq!(asked("web", ("unknown", "x")), by_name);
    assert_eq!(asked("mob", MARIAMA), by_name);
    // A browser refuses these two together.
    let to_anyone = [Some("*".to_owned()), credentials];
    assert_eq!(asked("spice web", ISATU), to_anyone);
    let response = in_session(&server, "GET", "/auth-service/logout", "x=y");
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

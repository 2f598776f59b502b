//! The staff service as SPICE 2.0: by the two `client`s that it has, with accounts of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{Reply, call, hash, multipart, sign_in, start};
use sandbox::Running;

const ISATU: (&str, &str) = ("isatu.web@spice.mdt", "Freetown-26!");
const MARIAMA: (&str, &str) = ("076123456", "Makeni-26!");
const FODAY: (&str, &str) = ("foday.mob@spice.mdt", "Kenema-26!");
const ORIGIN: &str = "https://portal.example";

fn enter(server: &Running, client: &str, (user, password): (&str, &str)) -> Reply {
    sign_in(server, Some(client), user, password)
}

fn message(reply: &Reply) -> String {
    assert_eq!(reply.status, 401);
    reply.json()["message"].as_str().unwrap().to_owned()
}

/// `name=value` of the cookie that an answer sets.
fn cookie(reply: &Reply) -> String {
    let set = reply.header("set-cookie").unwrap();
    set.split(';').next().unwrap().to_owned()
}

fn in_session(server: &Running, path: &str, cookie: &str) -> Reply {
    let headers = [("Cookie", cookie), ("Origin", ORIGIN)];
    call(server, "GET", path, &headers, "")
}

#[test]
fn a_browser_gets_a_cookie_that_it_cannot_read_and_no_token() {
    let server = start();
    let reply = enter(&server, "web", ISATU);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("authorization"), None);
    let set = reply.header("set-cookie").unwrap();
    assert!(set.starts_with("AuthCookie="), "{set}");
    for rule in ["HttpOnly", "Secure", "SameSite=None", "Path=/"] {
        assert!(set.contains(rule), "{rule}: {set}");
    }
    let body = reply.json();
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
fn a_phone_gets_a_token_and_a_number_is_a_name() {
    let server = start();
    let reply = enter(&server, "mob", MARIAMA);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("set-cookie"), None);
    let token = reply.header("authorization").unwrap().to_owned();
    let headers = [("Authorization", token.as_str())];
    let path = "/user-service/user/validate";
    assert_eq!(call(&server, "GET", path, &headers, "").status, 200);
}

#[test]
fn a_cookie_is_a_session_until_it_is_signed_out_and_taken_back() {
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
fn with_cookies_the_page_s_origin_is_allowed_by_name() {
    let server = start();
    let asked = |client: &str, (user, password): (&str, &str)| {
        let headers = [
            ("Content-Type", "multipart/form-data; boundary=edge"),
            ("client", client),
            ("Origin", ORIGIN),
        ];
        let fields = [("username", user), ("password", &hash(password))];
        let path = "/auth-service/session";
        let reply = call(&server, "POST", path, &headers, multipart(&fields));
        let header = |name: &str| reply.header(name).map(str::to_owned);
        [
            header("access-control-allow-origin"),
            header("access-control-allow-credentials"),
        ]
    };
    let by_name = [Some(ORIGIN.to_owned()), Some("true".to_owned())];
    let to_anyone = [Some("*".to_owned()), None];
    assert_eq!(asked("web", ISATU), by_name);
    // Failures, too: a page must read why.
    assert_eq!(asked("web", ("nobody", "x")), by_name);
    assert_eq!(asked("mob", MARIAMA), to_anyone);
    assert_eq!(asked("spice web", ISATU), to_anyone);
    let reply = in_session(&server, "/auth-service/logout", "x=y");
    assert_eq!(reply.header("access-control-allow-origin"), Some(ORIGIN));
    assert_eq!(reply.header("vary"), Some("Origin"));
}

#[test]
fn the_two_versions_know_nothing_of_each_other_s_people() {
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
fn the_right_password_by_the_wrong_client_is_told_in_its_own_words() {
    let server = start();
    assert_eq!(
        message(&enter(&server, "web", FODAY)),
        "You don't have permission to perform this operation"
    );
    assert_eq!(enter(&server, "mob", FODAY).status, 200);
}

#[test]
fn the_fifth_wrong_try_locks_here_as_well() {
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

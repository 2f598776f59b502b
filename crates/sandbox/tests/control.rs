//! The control API: the origins whose pages may use it, an invalid plan, and the live staff sessions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{Response, call, get, plan, sign_in, start};
use sandbox::Running;
use serde_json::{Value, json};

const CALLS: [(&str, &str, &str); 13] = [
    ("GET", "/__sandbox/people", ""),
    ("GET", "/__sandbox/wire", ""),
    ("DELETE", "/__sandbox/wire", ""),
    ("POST", "/__sandbox/reset", ""),
    ("GET", "/__sandbox/faults", ""),
    ("PUT", "/__sandbox/faults", "[]"),
    ("GET", "/__sandbox/staff", ""),
    ("PUT", "/__sandbox/staff", "{}"),
    ("GET", "/__sandbox/sessions", ""),
    ("GET", "/__sandbox/outage", ""),
    ("PUT", "/__sandbox/outage", "null"),
    ("GET", "/__sandbox/clock", ""),
    ("POST", "/__sandbox/clock", r#"{"forwardMs":1}"#),
];

#[test]
fn control_api_allows_origins_on_the_loopback_address() {
    let server = start();
    for origin in ["http://127.0.0.1:40123", "http://localhost:40123"] {
        for (method, path, body) in CALLS {
            let asked = call(
                &server,
                "OPTIONS",
                path,
                &[
                    ("Origin", origin),
                    ("Access-Control-Request-Method", method),
                ],
                "",
            );
            assert_eq!(asked.status, 204, "{method} {path}");
            assert_eq!(asked.header("access-control-allow-origin"), Some(origin));
            let methods = asked.header("access-control-allow-methods").unwrap();
            assert!(methods.contains(method), "{methods}");

            let response = call(&server, method, path, &[("Origin", origin)], body);
            assert!(
                response.status < 300,
                "{method} {path}: {}",
                response.status
            );
            assert_eq!(response.header("access-control-allow-origin"), Some(origin));
            assert_eq!(response.header("vary"), Some("Origin"));
        }
    }
}

#[test]
fn control_api_allows_no_other_origin() {
    let server = start();
    for origin in [
        "https://portal.example",
        "http://127.0.0.1.portal.example",
        "http://localhost.portal.example:80",
        "http://portal.example:127.0.0.1",
        "https://127.0.0.1:40123",
        "null",
    ] {
        for (method, path, body) in CALLS {
            for method in [method, "OPTIONS"] {
                let response = call(&server, method, path, &[("Origin", origin)], body);
                assert_eq!(
                    response.header("access-control-allow-origin"),
                    None,
                    "{origin}"
                );
            }
        }
    }
}

#[test]
fn invalid_fault_plan_is_rejected_and_the_old_one_stays() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"config","times":null,"fault":{"kind":"status","status":503}}]"#,
    );
    let wrong = r#"[{"call":"config","times":1,"fault":{"kind":"sulk"}}]"#;
    let response = call(&server, "PUT", "/__sandbox/faults", &[], wrong);
    assert_eq!(response.status, 400);
    assert!(response.text().contains("sulk"));
    assert_eq!(get(&server, "/config.json").status, 503);
    let shown = get(&server, "/__sandbox/faults").json();
    assert_eq!(shown[0]["fault"]["status"], 503);
    plan(&server, "[]");
    assert_eq!(get(&server, "/config.json").status, 404);
}

const KAVYA: (&str, &str) = ("kavya_pro@spice.mdt", "Spice@123");
const CHW: (&str, &str) = ("chw@example.org", "Horizon-7 é");
const ADMIN: (&str, &str) = ("superadmin@example.org", "Horizon-7 é");

fn enter(server: &Running, client: &str, (username, password): (&str, &str)) -> Response {
    let response = sign_in(server, Some(client), username, password);
    assert_eq!(response.status, 200, "{username}");
    response
}

fn live_sessions(server: &Running) -> Value {
    get(server, "/__sandbox/sessions").json()
}

fn entry(version: u8, client: &str, (username, _): (&str, &str)) -> Value {
    json!({ "version": version, "username": username, "client": client })
}

fn sign_out(server: &Running, client: &str, proof: (&str, &str)) {
    let headers = [("client", client), proof];
    let response = call(server, "POST", "/auth-service/logout", &headers, "");
    assert_eq!(response.status, 200, "{client}");
}

#[test]
fn live_sessions_are_listed_from_sign_in_to_sign_out_without_their_tokens() {
    let server = start();
    assert_eq!(live_sessions(&server), json!([]));
    let kavya = enter(&server, "spice mobile", KAVYA);
    let first = enter(&server, "mob", CHW);
    let second = enter(&server, "mob", CHW);
    let admin = enter(&server, "web", ADMIN);
    let wrong = sign_in(&server, Some("mob"), CHW.0, "wrong");
    assert_eq!(wrong.status, 401);

    // By user name; two sessions of one person are two entries.
    let chw = entry(2, "mob", CHW);
    let others = [entry(1, "spice mobile", KAVYA), entry(2, "web", ADMIN)];
    let [kavya_entry, admin_entry] = &others;
    assert_eq!(
        live_sessions(&server),
        json!([chw, chw, kavya_entry, admin_entry])
    );

    let token = |response: &Response| response.header("authorization").unwrap().to_owned();
    sign_out(&server, "mob", ("Authorization", &token(&first)));
    assert_eq!(
        live_sessions(&server),
        json!([chw, kavya_entry, admin_entry])
    );
    sign_out(&server, "mob", ("Authorization", &token(&second)));
    assert_eq!(live_sessions(&server), json!(others));
    sign_out(&server, "spice mobile", ("Authorization", &token(&kavya)));
    assert_eq!(live_sessions(&server), json!([admin_entry]));
    let cookie = admin
        .head
        .lines()
        .find_map(|line| {
            line.split(&[' ', ';'])
                .find(|part| part.starts_with("AuthCookie="))
        })
        .unwrap();
    // Without its `client` a cookie is no proof.
    let headers = [("Cookie", cookie)];
    let refused = call(&server, "POST", "/auth-service/logout", &headers, "");
    assert_eq!(refused.status, 401);
    assert_eq!(live_sessions(&server), json!([admin_entry]));
    sign_out(&server, "web", ("Cookie", cookie));
    assert_eq!(live_sessions(&server), json!([]));
}

#[test]
fn live_sessions_end_after_two_hours_and_by_a_reset() {
    let server = start();
    let forward = |minutes: u64| {
        let body = json!({ "forwardMs": minutes * 60_000 }).to_string();
        let response = call(&server, "POST", "/__sandbox/clock", &[], body);
        assert_eq!(response.status, 204);
    };
    enter(&server, "mob", CHW);
    forward(119);
    assert_eq!(live_sessions(&server), json!([entry(2, "mob", CHW)]));
    forward(1);
    assert_eq!(live_sessions(&server), json!([]));
    enter(&server, "mob", CHW);
    assert_eq!(
        call(&server, "POST", "/__sandbox/reset", &[], "").status,
        204
    );
    assert_eq!(live_sessions(&server), json!([]));
}

//! The control API: the origins whose pages may use it, and an invalid plan.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{call, get, plan, start};

const CALLS: [(&str, &str, &str); 12] = [
    ("GET", "/__sandbox/people", ""),
    ("GET", "/__sandbox/wire", ""),
    ("DELETE", "/__sandbox/wire", ""),
    ("POST", "/__sandbox/reset", ""),
    ("GET", "/__sandbox/faults", ""),
    ("PUT", "/__sandbox/faults", "[]"),
    ("GET", "/__sandbox/staff", ""),
    ("PUT", "/__sandbox/staff", "{}"),
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

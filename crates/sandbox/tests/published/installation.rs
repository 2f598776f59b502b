//! What belongs to an installation: origins, limits of a response's size, and parts that are down.

use super::common::{Response, call, hash, multipart, sign_in, start};
use super::replay::{PASSWORD, Replay, auth_cookie};
use super::rules::{NO_PERMISSION, WRONG, enter, person, spice_1, spice_2, token, told};
use sandbox::Running;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const PROFILE: &str = "/user-service/user/profile";
const VALIDATE: &str = "/user-service/user/validate";
const LOGOUT: &str = "/auth-service/logout";
const SESSION: &str = "/auth-service/session";
const OWN: &str = "http://127.0.0.1:8080";
const FOREIGN: &str = "https://elsewhere.example";

fn set(server: &Running, options: &Value) {
    let body = options.to_string();
    let response = call(server, "PUT", "/__sandbox/staff", &[], body);
    assert_eq!(response.status, 204, "{response:?}");
}

fn from_origin(server: &Running, client: &str, username: &str, origin: &str) -> Response {
    let headers = [
        ("Content-Type", "multipart/form-data; boundary=edge"),
        ("client", client),
        ("Origin", origin),
    ];
    let hash = hash(PASSWORD);
    let fields = [("username", username), ("password", &hash)];
    call(server, "POST", SESSION, &headers, multipart(&fields))
}

fn cors(response: &Response) -> (Option<&str>, Option<&str>) {
    (
        response.header("access-control-allow-origin"),
        response.header("access-control-allow-credentials"),
    )
}

#[test]
fn spice_2_refuses_each_origin_that_it_was_not_told() {
    let spice = spice_2();
    let server = &spice.server;
    let name = person("CHW");
    let allowed = from_origin(server, "mob", &name, OWN);
    assert_eq!(
        (allowed.status, cors(&allowed)),
        (200, (Some(OWN), Some("true")))
    );
    for origin in [
        FOREIGN,
        "null",
        "http://127.0.0.1:8081",
        "http://localhost:8080",
    ] {
        let refused = from_origin(server, "mob", &name, origin);
        assert_eq!(
            (refused.status, refused.text()),
            (403, "Invalid CORS request")
        );
        assert_eq!(cors(&refused), (None, None));
        for (method, path) in [("POST", PROFILE), ("GET", LOGOUT), ("OPTIONS", SESSION)] {
            let headers = [
                ("Origin", origin),
                ("Access-Control-Request-Method", "POST"),
            ];
            assert_eq!(call(server, method, path, &headers, "").status, 403);
        }
    }
    // Without an `Origin` there is nothing to check or to allow.
    let none = enter(server, "mob", &name);
    assert_eq!((none.status, cors(&none)), (200, (None, None)));
    // A refused origin is no attempt.
    for _ in 0..5 {
        assert_eq!(from_origin(server, "mob", &name, FOREIGN).status, 403);
    }
    assert_eq!(enter(server, "mob", &name).status, 200);
    // Without any configured origin, each is refused in another way.
    set(server, &json!({ "allowedOrigins": [] }));
    let refused = from_origin(server, "mob", &name, OWN);
    assert_eq!((refused.status, refused.body.len()), (401, 0));
    assert_eq!(enter(server, "mob", &name).status, 200);
}

#[test]
fn spice_1_allows_any_origin() {
    let spice = spice_1();
    let server = &spice.server;
    let name = person("NURSE");
    for origin in [OWN, FOREIGN, "null"] {
        let response = from_origin(server, "spice mobile", &name, origin);
        assert_eq!(response.status, 200);
        assert_eq!(cors(&response), (Some("*"), Some("true")));
        let token = token(&response);
        let headers = [("Origin", origin), ("Authorization", token.as_str())];
        let alive = call(server, "GET", VALIDATE, &headers, "");
        assert_eq!((alive.status, cors(&alive)), (200, (Some("*"), None)));
    }
    assert_eq!(cors(&enter(server, "spice mobile", &name)), (None, None));
    let headers = [
        ("Origin", FOREIGN),
        ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Headers", "authorization,client"),
    ];
    let preflight = call(server, "OPTIONS", PROFILE, &headers, "");
    assert_eq!(
        (preflight.status, cors(&preflight)),
        (200, (Some("*"), None))
    );
    assert_eq!(
        preflight.header("access-control-allow-methods"),
        Some("GET")
    );
    let names = preflight.header("access-control-allow-headers");
    assert_eq!(names, Some("authorization, client"));
}

#[test]
fn origins_of_this_machine_are_allowed_by_default_and_others_not() {
    let server = start();
    let name = person("CHW");
    for (origin, status) in [
        ("http://127.0.0.1:40123", 200),
        ("http://localhost:40123", 200),
        ("https://portal.example", 403),
    ] {
        assert_eq!(from_origin(&server, "mob", &name, origin).status, status);
    }
}

#[test]
fn token_is_as_long_as_the_answer_that_it_contains() {
    // Of the recordings: the lengths of `Authorization` and of `AuthCookie=…`.
    let one = spice_1();
    for (username, client, length) in [
        ("nurse@example.org", "spice mobile", 1928),
        ("region@example.org", "spice web", 1836),
        ("big-60@example.org", "spice mobile", 7118),
    ] {
        let response = enter(&one.server, client, username);
        assert_eq!(token(&response).len(), length, "{username}");
    }
    let two = spice_2();
    set(&two.server, &json!({ "proxyBuffer": null }));
    for (username, length) in [
        ("chw@example.org", 1936),
        ("big-60@example.org", 2760),
        ("big-100@example.org", 3297),
    ] {
        let response = enter(&two.server, "mob", username);
        assert_eq!(token(&response).len(), length, "{username}");
    }
    let cookie = |username| auth_cookie(&enter(&two.server, "web", username)).unwrap();
    assert_eq!(
        "AuthCookie=".len() + cookie("superadmin@example.org").len(),
        2631
    );
    // Behind a wide enough buffer, a cookie that browsers drop.
    assert!(cookie("big-roles@example.org").len() > 4096);
    assert!(cookie("big-100@example.org").len() > 4096);
}

#[test]
fn response_that_is_too_large_fails_at_each_of_its_limits() {
    let one = spice_1();
    for (username, status, body) in [
        ("big-60@example.org", 200, None),
        ("big-90@example.org", 500, Some("")),
        ("big-150@example.org", 500, Some("0\r\n\r\n")),
        ("big-1000@example.org", 200, None),
    ] {
        let response = enter(&one.server, "spice mobile", username);
        assert_eq!(response.status, status, "{username}");
        if let Some(body) = body {
            assert_eq!(response.text(), body, "{username}");
            assert_eq!(response.header("connection"), Some("close"));
        }
        let is_signed_in = response.header("authorization").is_some();
        assert_eq!(is_signed_in, username == "big-60@example.org");
    }
    let two = spice_2();
    let statuses = |client: &str| {
        ["60", "100", "200", "350", "500", "3000"].map(|number| {
            let username = format!("big-{number}@example.org");
            enter(&two.server, client, &username).status
        })
    };
    // nginx with its default buffer of 4,096 bytes, then the servlet container's 8,192.
    assert_eq!(statuses("mob"), [200, 200, 502, 502, 500, 200]);
    assert_eq!(statuses("web"), [502, 502, 502, 500, 500, 200]);
    set(&two.server, &json!({ "proxyBuffer": null }));
    assert_eq!(statuses("mob"), [200, 200, 200, 200, 500, 200]);
    assert_eq!(statuses("web"), [200, 200, 200, 500, 500, 200]);
    let without = enter(&two.server, "web", "big-3000@example.org");
    assert_eq!(auth_cookie(&without), None);
    assert_eq!(without.header("tenantid"), None);
}

#[test]
fn header_line_that_a_gateway_s_buffers_do_not_hold_is_a_400() {
    let server = start();
    let status = |length: usize| {
        let token = "x".repeat(length);
        call(&server, "GET", VALIDATE, &[("Authorization", &token)], "").status
    };
    assert_eq!(status(15_000), 401);
    set(&server, &json!({ "headerBuffer": 8192 }));
    let longest = 8_192 - "authorization: \r\n".len();
    assert_eq!((status(longest), status(longest + 1)), (401, 400));
}

/// What a version says, as statuses: right password, wrong password, a probe, a sign-out.
fn statuses(spice: &Replay, outage: &Value) -> [u16; 4] {
    let server = &spice.server;
    let first = told(&enter(server, "spice mobile", "nurse@example.org")) == "in";
    let (client, username, method, probe) = if first {
        ("spice mobile", "nurse@example.org", "GET", VALIDATE)
    } else {
        ("mob", "chw@example.org", "POST", PROFILE)
    };
    let proof = token(&enter(server, client, username));
    spice.outage(outage);
    let headers = [("Authorization", proof.as_str()), ("client", client)];
    let all = [
        enter(server, client, username).status,
        sign_in(server, Some(client), username, "wrong").status,
        call(server, method, probe, &headers, "").status,
        call(server, "POST", LOGOUT, &headers, "").status,
    ];
    spice.outage(&Value::Null);
    assert_eq!(enter(server, client, username).status, 200);
    all
}

#[test]
fn each_part_that_is_down_fails_in_its_way() {
    for (part, one, two) in [
        ("redis", [500, 401, 401, 401], [401, 401, 401, 200]),
        ("database", [401, 401, 200, 401], [401, 401, 401, 401]),
        ("signIn", [500, 500, 200, 500], [502, 502, 401, 502]),
        ("signInStopped", [503, 503, 200, 503], [502, 502, 401, 502]),
        ("user", [200, 401, 500, 200], [200, 401, 502, 200]),
        ("restart", [503, 503, 401, 503], [502, 502, 401, 502]),
    ] {
        let outage = json!({ "part": part, "waitMs": 0 });
        assert_eq!(statuses(&spice_1(), &outage), one, "1.x: {part}");
        assert_eq!(statuses(&spice_2(), &outage), two, "2.0: {part}");
    }
}

#[test]
fn preflight_is_answered_while_a_service_fails_unless_nginx_does() {
    let status = |spice: &Replay, part: &str| {
        spice.outage(&json!({ "part": part, "waitMs": 0 }));
        let headers = [("Origin", OWN), ("Access-Control-Request-Method", "POST")];
        [SESSION, PROFILE].map(|path| call(&spice.server, "OPTIONS", path, &headers, "").status)
    };
    for part in ["redis", "database", "signIn", "user"] {
        assert_eq!(status(&spice_1(), part), [200, 200], "1.x: {part}");
    }
    let spice = spice_2();
    assert_eq!(status(&spice, "redis"), [200, 200]);
    assert_eq!(status(&spice, "database"), [200, 200]);
    assert_eq!(status(&spice, "signIn"), [502, 200]);
    assert_eq!(status(&spice, "user"), [200, 502]);
}

#[test]
fn right_password_without_redis_sounds_like_a_refused_role_in_spice_2() {
    let spice = spice_2();
    spice.outage(&json!({ "part": "redis" }));
    assert_eq!(
        told(&enter(&spice.server, "mob", &person("CHW"))),
        NO_PERMISSION
    );
    let wrong = sign_in(&spice.server, Some("mob"), &person("CHW"), "wrong");
    assert_eq!(told(&wrong), WRONG);
    let one = spice_1();
    one.outage(&json!({ "part": "redis" }));
    let failed = enter(&one.server, "spice mobile", &person("NURSE"));
    let body = failed.json();
    assert_eq!(
        (failed.status, body["path"].as_str()),
        (500, Some("/session"))
    );
}

#[test]
fn session_outlives_a_restart_that_ends_by_itself() {
    for (mut spice, client, role, method, probe) in [
        (spice_1(), "spice mobile", "NURSE", "GET", VALIDATE),
        (spice_2(), "mob", "CHW", "POST", PROFILE),
    ] {
        let token = token(&enter(&spice.server, client, &person(role)));
        spice.outage(&json!({ "part": "restart", "seconds": 30 }));
        let headers = [("Authorization", token.as_str())];
        let refused = call(&spice.server, method, probe, &headers, "");
        assert_eq!((refused.status, refused.body.len()), (401, 0));
        spice.forward(30_000);
        let again = call(&spice.server, method, probe, &headers, "");
        assert_eq!(again.status, 200);
    }
}

#[test]
fn response_without_a_database_takes_its_time() {
    let spice = spice_2();
    spice.outage(&json!({ "part": "database", "waitMs": 400 }));
    let before = Instant::now();
    let response = enter(&spice.server, "mob", &person("CHW"));
    assert_eq!((response.status, response.body.len()), (401, 0));
    assert!(before.elapsed() >= Duration::from_millis(400));
    let shown = call(&spice.server, "GET", "/__sandbox/outage", &[], "");
    assert_eq!(shown.json()["waitMs"], 400);
    spice.outage(&json!({ "part": "database" }));
    let shown = call(&spice.server, "GET", "/__sandbox/outage", &[], "");
    assert_eq!(shown.json()["waitMs"], 31_000, "longer than 30 seconds");
}

#[test]
fn simultaneous_sign_in_to_spice_1_fails_once_and_counts_for_nothing() {
    let spice = spice_1();
    let server = &spice.server;
    let name = person("NURSE");
    spice.outage(&json!({ "part": "race", "times": 1 }));
    // A wrong password does not get that far, nor does a role that the client does not admit.
    let wrong = sign_in(server, Some("spice mobile"), &name, "wrong");
    assert_eq!(told(&wrong), WRONG);
    assert_eq!(told(&enter(server, "spice web", &name)), NO_PERMISSION);
    assert_eq!(enter(server, "spice mobile", &name).status, 500);
    assert_eq!(enter(server, "spice mobile", &name).status, 200);
    let two = spice_2();
    two.outage(&json!({ "part": "race", "times": 1 }));
    assert_eq!(enter(&two.server, "mob", &person("CHW")).status, 200);
}

#[test]
fn reset_restores_options_clock_and_outage() {
    let server = start();
    let get = |name: &str| call(&server, "GET", &format!("/__sandbox/{name}"), &[], "").json();
    let (staff, now) = (get("staff"), get("clock")["now"].as_u64().unwrap());
    set(
        &server,
        &json!({ "version": 2, "strict": false, "cookieDomain": "a.example" }),
    );
    let body = json!({ "forwardMs": 86_400_000 }).to_string();
    call(&server, "POST", "/__sandbox/clock", &[], body);
    call(
        &server,
        "PUT",
        "/__sandbox/outage",
        &[],
        r#"{"part":"redis"}"#,
    );
    assert_ne!(get("staff"), staff);
    assert!(get("clock")["now"].as_u64().unwrap() >= now + 86_400_000);
    call(&server, "POST", "/__sandbox/reset", &[], "");
    assert_eq!(get("staff"), staff);
    assert!(get("clock")["now"].as_u64().unwrap() < now + 60_000);
    assert_eq!(get("outage"), Value::Null);
    for (name, wrong) in [
        ("staff", r#"{"version":3}"#),
        ("outage", r#"{"part":"moon"}"#),
    ] {
        let path = format!("/__sandbox/{name}");
        assert_eq!(call(&server, "PUT", &path, &[], wrong).status, 400);
    }
    assert_eq!(
        call(&server, "POST", "/__sandbox/clock", &[], "{}").status,
        400
    );
}

#[test]
fn people_of_the_control_api_include_one_for_each_role() {
    let server = start();
    let people = call(&server, "GET", "/__sandbox/people", &[], "").json();
    assert_eq!(people["staff"].as_array().unwrap().len(), 11);
    let recorded = people["recorded"].as_array().unwrap();
    let has = |version: u8, role: &str| {
        recorded.iter().any(|one| {
            one["version"] == version
                && one["username"] == person(role)
                && one["roles"] == json!([role])
                && one["password"] == PASSWORD
        })
    };
    assert!(has(1, "NURSE") && has(1, "EMR_SITE_ADMIN") && has(2, "CHW") && has(2, "COUNSELOR"));
    assert!(!has(1, "CHW"));
}

//! `--replay`: answers from a recording, and from nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{Directory, JSON, Response, call, patient, session_with, sign_in, wire};
use sandbox::{Options, Running, Sandbox};

fn replay(text: &str) -> (Running, Directory) {
    let directory = Directory::new(&[("recording.jsonl", text)]);
    let options = Options {
        replay: Some(directory.0.join("recording.jsonl")),
        ..Options::default()
    };
    (Sandbox::start(options).unwrap(), directory)
}

const RECORDING: &str = r#"
{"case":"unknown","request":{"method":"POST","path":"/api/customer/is_patient_exists","json":{"phoneNo":"500000000"}},"status":200,"body":"false"}
{"case":"known","request":{"method":"POST","path":"/api/customer/is_patient_exists","json":{"phoneNo":"512345678"}},"status":200,"headers":[["Content-Type","text/plain"],["Content-Length","999"],["Date","<date>"],["Connection","keep-alive"],["X-Odd","a"],["X-Odd","b"]],"body":"true"}
{"case":"limit","request":{"method":"POST","path":"/api/customer/is_patient_exists","json":{"phoneNo":"512345678"}},"status":429,"headers":[["Retry-After","30"]],"body":""}
{"case":"made-up","request":{"method":"POST","path":"/user-service/user/profile","headers":{"client":"web","Cookie":"AuthCookie=<cookie 9>"}},"status":401,"body":""}
{"case":"sign-in","request":{"method":"POST","path":"/auth-service/session","headers":{"client":"web","Origin":"https://portal.example"},"form":[["username","ab@cd.ef"],["password","<hash of the right password>"]]},"status":200,"headers":[["Set-Cookie","AuthCookie=<cookie 1>; Path=/; Domain=hospital.example; Max-Age=7200; Expires=<date>; Secure; HttpOnly; SameSite=Strict"],["Access-Control-Allow-Origin","https://portal.example"],["Set-Cookie","JSESSIONID=<servlet session>; Path=/"]],"body":"{\"id\":1}","was":{"cookie":60}}
{"case":"wrong","request":{"method":"POST","path":"/auth-service/session","headers":{"client":"web"},"form":[["username","ab@cd.ef"],["password","<hash of a wrong password>"]]},"status":401,"body":"{\"message\":\"Invalid credentials\"}"}
{"case":"profile","request":{"method":"POST","path":"/user-service/user/profile","headers":{"client":"web","Cookie":"AuthCookie=<cookie 1>"}},"status":200,"body":"{\"entity\":{\"id\":1}}"}
{"case":"sign-out","request":{"method":"POST","path":"/auth-service/logout","headers":{"client":"web","Cookie":"AuthCookie=<cookie 1>"}},"status":200,"body":""}
{"case":"after","request":{"method":"POST","path":"/user-service/user/profile","headers":{"client":"web","Cookie":"AuthCookie=<cookie 1>"}},"status":401,"body":""}
"#;

fn exists(server: &Running, phone: &str) -> Response {
    patient(
        server,
        "is_patient_exists",
        &format!(r#"{{ "phoneNo": "{phone}" }}"#),
    )
}

fn cookie(response: &Response) -> String {
    let line = response.header("set-cookie").unwrap();
    line.split(';').next().unwrap().to_owned()
}

fn profile(server: &Running, cookie: &str) -> u16 {
    let headers = [("client", "web"), ("Cookie", cookie)];
    call(server, "POST", "/user-service/user/profile", &headers, "").status
}

#[test]
fn request_gets_the_recorded_answers_in_order_and_the_last_one_again() {
    let (server, _directory) = replay(RECORDING);
    for (phone, status, body) in [
        ("512345678", 200, "true"),
        ("500000000", 200, "false"),
        ("512345678", 429, ""),
        ("512345678", 429, ""),
        ("500000000", 200, "false"),
    ] {
        let response = exists(&server, phone);
        assert_eq!(
            (response.status, response.text()),
            (status, body),
            "{phone}"
        );
    }
    call(&server, "POST", "/__sandbox/reset", &[], "");
    let response = exists(&server, "512345678");
    assert_eq!(response.status, 200);
    // Doubled headers stay, those of a connection do not.
    assert_eq!(response.head.matches("x-odd: ").count(), 2, "{response:?}");
    assert_eq!(response.content_length(), 4);
    assert_eq!(response.header("connection"), Some("close"));
    assert_ne!(response.header("date"), Some("<date>"));
}

#[test]
fn session_is_one_from_its_sign_in_to_its_end_and_again() {
    let (server, _directory) = replay(RECORDING);
    for _ in 0..2 {
        let response = sign_in(&server, Some("web"), "ab@cd.ef", "any");
        assert_eq!(response.status, 200);
        let cookie = cookie(&response);
        // As long as it was, and for this machine.
        assert_eq!(cookie.len(), 60, "{cookie}");
        let line = response.header("set-cookie").unwrap();
        assert!(
            line.ends_with("; Path=/; Max-Age=7200; Secure; HttpOnly; SameSite=Strict"),
            "{line}"
        );
        for _ in 0..3 {
            assert_eq!(profile(&server, &cookie), 200);
        }
        assert_eq!(profile(&server, "AuthCookie=cookie-9"), 401);
        let headers = [("client", "web"), ("Cookie", cookie.as_str())];
        let out = call(&server, "POST", "/auth-service/logout", &headers, "");
        assert_eq!(out.status, 200);
        assert_eq!(profile(&server, &cookie), 401);
    }
}

#[test]
fn first_password_of_a_person_is_the_right_one() {
    let (server, _directory) = replay(RECORDING);
    let status = |password| sign_in(&server, Some("web"), "ab@cd.ef", password).status;
    assert_eq!(
        ["wrong", "one", "two", "one"].map(status),
        [401, 200, 401, 200]
    );
}

#[test]
fn request_that_is_not_in_the_recording_is_a_501_that_names_it() {
    let (server, _directory) = replay(RECORDING);
    let message = |response: Response| {
        assert_eq!(response.status, 501, "{response:?}");
        response.json()["message"].as_str().unwrap().to_owned()
    };
    let text = message(exists(&server, "599999999"));
    assert!(
        text.contains("POST /api/customer/is_patient_exists with this body"),
        "{text}"
    );
    assert!(!text.contains("599999999"), "{text}");
    let text = message(sign_in(&server, Some("mob"), "ab@cd.ef", "any"));
    assert!(
        text.contains("POST /auth-service/session by client 'mob'."),
        "{text}"
    );
    assert!(!text.contains("ab@"), "{text}");
    message(session_with(
        &server,
        Some("web"),
        &[("username", "ab@cd.ef")],
    ));
    message(call(&server, "GET", "/user-service/user/validate", &[], ""));
    message(call(&server, "POST", "/api/customer/login", &JSON, "{}"));
    // A sample person of the sandbox is none of the recording.
    message(patient(
        &server,
        "login",
        r#"{"type":"nationalId","value":"1012345672","phone":"501234567"}"#,
    ));
    assert_eq!(wire(&server).len(), 6);
}

#[test]
fn recorded_origin_is_replayed_as_the_one_that_asks() {
    let (server, _directory) = replay(RECORDING);
    let fields = [("username", "ab@cd.ef"), ("password", "0f")];
    let body = common::multipart(&fields);
    let headers = [
        ("Content-Type", "multipart/form-data; boundary=edge"),
        ("client", "web"),
        ("Origin", "http://127.0.0.1:4000"),
    ];
    let response = call(&server, "POST", "/auth-service/session", &headers, body);
    assert_eq!(
        response.header("access-control-allow-origin"),
        Some("http://127.0.0.1:4000")
    );
}

#[test]
fn staff_service_cannot_be_changed_during_a_replay_and_faults_can() {
    let (server, _directory) = replay(RECORDING);
    for (method, path) in [("PUT", "staff"), ("PUT", "outage"), ("POST", "clock")] {
        let response = call(&server, method, &format!("/__sandbox/{path}"), &[], "{}");
        assert_eq!(response.status, 400, "{path}");
        assert!(response.text().contains("recording"), "{response:?}");
    }
    common::plan(
        &server,
        r#"[{"call":"exists","times":1,"fault":{"kind":"status","status":503}}]"#,
    );
    assert_eq!(exists(&server, "500000000").status, 503);
    assert_eq!(exists(&server, "500000000").status, 200);
}

#[test]
fn file_that_is_no_recording_is_an_error_with_its_line() {
    let directory = Directory::new(&[("a.jsonl", "\n{\"case\":1}\n")]);
    let start = |name: &str| {
        let options = Options {
            replay: Some(directory.0.join(name)),
            ..Options::default()
        };
        format!("{:#}", Sandbox::start(options).unwrap_err())
    };
    assert!(start("a.jsonl").contains("line 2"), "{}", start("a.jsonl"));
    assert!(start("b.jsonl").contains("cannot read"));
}

/// The recordings of the published servers are asked of the sandbox by its tests; they are not in it.
#[test]
fn no_recorded_answer_is_in_the_sandbox() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_sandbox")).unwrap();
    let contains = |text: &str| {
        program
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    assert!(
        contains("You don't have a permission."),
        "the search finds what is there"
    );
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
    let mut looked_for = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "jsonl")
        {
            continue;
        }
        let exchanges = recording::read(&std::fs::read_to_string(path).unwrap()).unwrap();
        // Long enough to be of one person; spread over the file, because each search reads the whole program.
        let bodies = exchanges.iter().filter(|one| one.body.len() > 400);
        for exchange in bodies.step_by(12) {
            let start: String = exchange.body.chars().take(200).collect();
            // As it was sent, and as a line of the recording has it.
            let written = serde_json::to_string(&start).unwrap();
            for text in [start.as_str(), written.trim_matches('"')] {
                assert!(!contains(text), "{}", exchange.name);
            }
            looked_for += 1;
        }
    }
    assert!(looked_for > 10, "{looked_for}");
}

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{
    JSON, Response, call, get, hash, multipart, patient, plan, read_response, sign_in, split,
    start, wire, write_request,
};
use flate2::read::GzDecoder;
use sandbox::Running;
use std::io::Read;
use std::time::{Duration, Instant};

const PHONE: &str = r#"{"phoneNo":"5368798202"}"#;
const LOGIN: &str = r#"{"type":"nationalId","value":"16898166021","phone":"5368798202"}"#;
/// The length of the documented response body in bytes.
const FULL: usize = 1290;

fn exists(server: &Running) -> Response {
    patient(server, "is_patient_exists", PHONE)
}

fn login(server: &Running) -> Response {
    patient(server, "login", LOGIN)
}

fn plan_login_fault(server: &Running, fault: &str) {
    plan(
        server,
        &format!(r#"[{{"call":"login","times":1,"fault":{fault}}}]"#),
    );
}

#[test]
fn status_fault_replaces_the_response_as_often_as_planned() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"exists","times":2,"fault":{"kind":"status","status":429,
              "headers":{"Retry-After":"30"}}},
            {"call":"exists","times":1,"fault":{"kind":"status","status":502,
              "contentType":"text/html","body":"<html>Bad gateway"}},
            {"call":"login","times":null,"fault":{"kind":"status","status":200,
              "contentType":"application/json","body":"null"}}]"#,
    );
    for _ in 0..2 {
        let response = exists(&server);
        assert_eq!((response.status, response.body.len()), (429, 0));
        assert_eq!(response.header("retry-after"), Some("30"));
        assert_eq!(response.header("access-control-allow-origin"), Some("*"));
    }
    let response = exists(&server);
    assert_eq!(
        (response.status, response.text()),
        (502, "<html>Bad gateway")
    );
    assert_eq!(response.header("content-type"), Some("text/html"));
    assert_eq!(exists(&server).text(), "true");
    for _ in 0..3 {
        assert_eq!(login(&server).text(), "null");
    }
    let wire = wire(&server);
    assert_eq!(wire[0]["fault"], "status");
    assert_eq!(wire[0]["status"], 429);
    assert_eq!(wire[3]["fault"], serde_json::Value::Null);

    call(&server, "POST", "/__sandbox/reset", &[], "");
    assert_eq!(login(&server).body.len(), FULL);
}

#[test]
fn status_fault_keeps_the_call_from_the_service() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"session","times":5,"fault":{"kind":"status","status":401}}]"#,
    );
    let kavya = |password| {
        sign_in(
            &server,
            Some("spice mobile"),
            "kavya_pro@spice.mdt",
            password,
        )
    };
    for _ in 0..5 {
        let response = kavya("wrong");
        assert_eq!((response.status, response.body.len()), (401, 0));
    }
    assert_eq!(kavya("Spice@123").status, 200, "not locked");
}

#[test]
fn delay_fault_postpones_the_response() {
    let server = start();
    plan_login_fault(&server, r#"{"kind":"delay","ms":300}"#);
    let before = Instant::now();
    assert_eq!(login(&server).body.len(), FULL);
    assert!(before.elapsed() >= Duration::from_millis(300));
}

#[test]
fn call_cancelled_during_a_delay_is_recorded_without_a_status() {
    let server = start();
    plan_login_fault(&server, r#"{"kind":"delay","ms":400}"#);
    let stream = write_request(
        &server,
        "POST",
        "/api/customer/login",
        &JSON,
        LOGIN.as_bytes(),
    );
    std::thread::sleep(Duration::from_millis(100));
    drop(stream);
    std::thread::sleep(Duration::from_millis(500));
    let wire = wire(&server);
    assert_eq!(wire.len(), 1);
    assert_eq!(wire[0]["status"], serde_json::Value::Null);
}

#[test]
fn truncate_fault_sends_a_matching_content_length() {
    let server = start();
    plan_login_fault(&server, r#"{"kind":"truncate","bytes":100}"#);
    let response = login(&server);
    assert_eq!(
        (
            response.status,
            response.body.len(),
            response.content_length()
        ),
        (200, 100, 100)
    );
    assert!(serde_json::from_slice::<serde_json::Value>(&response.body).is_err());
}

#[test]
fn short_body_fault_sends_a_larger_content_length() {
    let server = start();
    plan_login_fault(&server, r#"{"kind":"shortBody"}"#);
    let response = login(&server);
    assert_eq!((response.status, response.body.len()), (200, FULL));
    assert!(response.content_length() > FULL);
}

#[test]
fn drop_before_fault_closes_the_connection_before_any_byte() {
    let server = start();
    plan_login_fault(&server, r#"{"kind":"dropBefore"}"#);
    let response = login(&server);
    assert_eq!((response.status, response.head.len()), (0, 0));
    assert_eq!(login(&server).status, 200);
    let wire = wire(&server);
    assert_eq!(wire[0]["status"], serde_json::Value::Null);
    assert_eq!(wire[0]["fault"], "dropBefore");
}

#[test]
fn reset_fault_resets_the_connection() {
    let server = start();
    plan_login_fault(&server, r#"{"kind":"reset"}"#);
    let mut stream = write_request(
        &server,
        "POST",
        "/api/customer/login",
        &JSON,
        LOGIN.as_bytes(),
    );
    let error = stream.read(&mut [0; 64]).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    assert_eq!(wire(&server)[0]["fault"], "reset");
    assert_eq!(login(&server).status, 200);
}

#[test]
fn duplicate_headers_fault_sends_each_header_twice() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"session","times":1,"fault":{"kind":"duplicateHeaders"}}]"#,
    );
    let response = sign_in(
        &server,
        Some("spice mobile"),
        "kavya_pro@spice.mdt",
        "Spice@123",
    );
    for name in ["authorization", "tenantid", "content-type"] {
        let values: Vec<_> = response
            .head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect();
        assert_eq!(values.len(), 2, "{name}");
        assert_eq!(values[0], values[1], "{name}");
    }
    assert_eq!(response.body.len(), 1085);
}

/// Browsers retry a request when a reused connection closes (RFC 9112, section 9.3.1), which would
/// hide the fault.
#[test]
fn drop_before_fault_never_meets_a_reused_connection() {
    let server = start();
    let mut kept = write_request(&server, "GET", "/__sandbox/faults", &[], b"");
    let mut some = [0; 1024];
    let length = kept.read(&mut some).unwrap();
    assert_eq!(split(&some[..length]).header("connection"), None);
    plan(
        &server,
        r#"[{"call":"login","times":1,"fault":{"kind":"dropBefore"}}]"#,
    );
    assert_eq!(kept.read(&mut some).unwrap(), 0, "closed");

    // While the fault is pending, each connection serves one request.
    let stream = write_request(
        &server,
        "POST",
        "/api/customer/is_patient_exists",
        &JSON,
        PHONE.as_bytes(),
    );
    let response = read_response(stream);
    assert_eq!(
        (response.text(), response.header("connection")),
        ("true", Some("close"))
    );
    assert_eq!(login(&server).status, 0);
    let mut stream = write_request(&server, "GET", "/__sandbox/faults", &[], b"");
    let length = stream.read(&mut some).unwrap();
    assert_eq!(split(&some[..length]).header("connection"), None);
}

#[test]
fn drop_after_headers_fault_closes_the_connection_after_the_head() {
    let server = start();
    plan_login_fault(&server, r#"{"kind":"dropAfterHeaders"}"#);
    let response = login(&server);
    assert_eq!((response.status, response.body.len()), (200, 0));
    assert_eq!(response.content_length(), FULL);
}

#[test]
fn drip_fault_sends_the_body_slowly_in_pieces() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"exists","times":1,"fault":{"kind":"drip","bytesPerSecond":10}}]"#,
    );
    let before = Instant::now();
    let mut stream = write_request(
        &server,
        "POST",
        "/api/customer/is_patient_exists",
        &JSON,
        PHONE.as_bytes(),
    );
    let mut bytes = Vec::new();
    let mut pieces = 0;
    while !bytes.ends_with(b"\r\n\r\ntrue") {
        let mut some = [0; 1024];
        let length = stream.read(&mut some).unwrap();
        bytes.extend_from_slice(&some[..length]);
        pieces += 1;
    }
    assert!(before.elapsed() >= Duration::from_millis(300));
    assert!(pieces >= 4, "{pieces}");
    assert_eq!(split(&bytes).content_length(), 4);
}

#[test]
fn endless_fault_sends_a_body_without_an_end() {
    let server = start();
    plan_login_fault(&server, r#"{"kind":"endless"}"#);
    let mut stream = write_request(
        &server,
        "POST",
        "/api/customer/login",
        &JSON,
        LOGIN.as_bytes(),
    );
    let mut bytes = vec![0; 4 << 20];
    stream.read_exact(&mut bytes).unwrap();
    let response = split(&bytes);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("content-length"), None);
    drop(stream);
    assert_eq!(login(&server).body.len(), FULL);
}

#[test]
fn no_authorization_and_no_cors_faults_remove_their_headers() {
    let server = start();
    let kavya = || {
        let headers = [
            ("Content-Type", "multipart/form-data; boundary=edge"),
            ("client", "spice mobile"),
            ("Origin", "http://127.0.0.1:40123"),
        ];
        let hash = hash("Spice@123");
        let fields = [("username", "kavya_pro@spice.mdt"), ("password", &hash)];
        let path = "/auth-service/session";
        call(&server, "POST", path, &headers, multipart(&fields))
    };
    plan(
        &server,
        r#"[{"call":"session","times":1,"fault":{"kind":"noAuthorization"}},
            {"call":"session","times":1,"fault":{"kind":"noCors"}}]"#,
    );
    let response = kavya();
    assert_eq!((response.status, response.body.len()), (200, 1085));
    assert_eq!(response.header("authorization"), None);
    assert!(response.header("tenantid").is_some());
    let response = kavya();
    assert!(response.header("authorization").is_some());
    assert!(!response.head.contains("access-control-"));
    let response = kavya();
    assert!(response.header("authorization").is_some());
    assert!(response.head.contains("access-control-allow-origin"));
}

#[test]
fn redirect_loop_fault_redirects_to_itself() {
    let server = start();
    plan_login_fault(&server, r#"{"kind":"redirectLoop"}"#);
    let mut response = login(&server);
    for _ in 0..25 {
        assert_eq!(response.status, 307);
        assert_eq!(response.header("access-control-allow-origin"), Some("*"));
        let place = response.header("location").unwrap().to_owned();
        assert_eq!(call(&server, "OPTIONS", &place, &[], "").status, 200);
        response = call(&server, "POST", &place, &JSON, LOGIN);
    }
}

#[test]
fn gzip_bomb_fault_decompresses_to_64_mib() {
    let server = start();
    plan_login_fault(&server, r#"{"kind":"gzipBomb"}"#);
    let response = login(&server);
    assert_eq!(response.header("content-encoding"), Some("gzip"));
    assert!(response.body.len() < 100_000);
    let unfolded = std::io::copy(
        &mut GzDecoder::new(&response.body[..]),
        &mut std::io::sink(),
    );
    assert_eq!(unfolded.unwrap(), 64 << 20);
}

#[test]
fn faults_apply_to_sign_out_validation_and_configuration() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"logout","times":1,"fault":{"kind":"status","status":503}},
            {"call":"validate","times":1,"fault":{"kind":"status","status":403}},
            {"call":"config","times":1,"fault":{"kind":"status","status":200,"body":"<html>"}},
            {"call":"config","times":1,"fault":{"kind":"dropBefore"}}]"#,
    );
    assert_eq!(get(&server, "/auth-service/logout").status, 503);
    assert_eq!(get(&server, "/user-service/user/validate").status, 403);
    assert_eq!(get(&server, "/config.json").text(), "<html>");
    assert_eq!(get(&server, "/config.json").status, 0);
    assert_eq!(get(&server, "/config.json").status, 404);
}

#[test]
fn dropped_sandbox_closes_its_connections_and_its_port() {
    let server = start();
    let address = server.addr();
    assert!(address.ip().is_loopback());
    plan_login_fault(&server, r#"{"kind":"delay","ms":60000}"#);
    let waiting = write_request(
        &server,
        "POST",
        "/api/customer/login",
        &JSON,
        LOGIN.as_bytes(),
    );
    std::thread::sleep(Duration::from_millis(100));
    let before = Instant::now();
    drop(server);
    assert!(before.elapsed() < Duration::from_secs(3));
    assert_eq!(read_response(waiting).status, 0);
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[test]
fn headers_fault_sets_and_removes_headers() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"exists","times":1,"fault":{"kind":"headers",
            "set":{"Date":"Sun, 06 Nov 1994 08:49:37 GMT","Content-Type":"text/html"},
            "remove":["Access-Control-Expose-Headers"]}}]"#,
    );
    let body = r#"{"phoneNo":"501234567"}"#;
    let changed = patient(&server, "is_patient_exists", body);
    assert_eq!(
        changed.header("date"),
        Some("Sun, 06 Nov 1994 08:49:37 GMT")
    );
    assert_eq!(changed.header("content-type"), Some("text/html"));
    assert_eq!(changed.header("access-control-expose-headers"), None);
    assert_eq!(changed.text(), "true");
    assert_eq!(wire(&server)[0]["fault"], "headers");
    let normal = patient(&server, "is_patient_exists", body);
    assert!(normal.header("access-control-expose-headers").is_some());
}

#[test]
fn faults_apply_to_the_preflight() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"preflight","times":1,"fault":{"kind":"status","status":405}}]"#,
    );
    let headers = [
        ("Origin", "http://127.0.0.1:40123"),
        ("Access-Control-Request-Method", "POST"),
    ];
    let ask = || call(&server, "OPTIONS", "/auth-service/session", &headers, "");
    assert_eq!(ask().status, 405);
    assert_eq!(ask().status, 200);
    assert_eq!(wire(&server)[0]["fault"], "status");
}

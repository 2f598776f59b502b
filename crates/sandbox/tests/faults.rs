#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{
    JSON, Reply, call, get, patient, plan, read_reply, sign_in, split, start, wire, write_request,
};
use flate2::read::GzDecoder;
use sandbox::Running;
use std::io::Read;
use std::time::{Duration, Instant};

const PHONE: &str = r#"{"phoneNo":"5368798202"}"#;
const LOGIN: &str = r#"{"type":"nationalId","value":"16898166021","phone":"5368798202"}"#;
/// The length of the documented answer.
const FULL: usize = 1290;

fn exists(server: &Running) -> Reply {
    patient(server, "is_patient_exists", PHONE)
}

fn login(server: &Running) -> Reply {
    patient(server, "login", LOGIN)
}

fn spoil_login(server: &Running, fault: &str) {
    plan(
        server,
        &format!(r#"[{{"call":"login","times":1,"fault":{fault}}}]"#),
    );
}

#[test]
fn a_canned_answer_stands_in_as_often_as_planned() {
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
        let reply = exists(&server);
        assert_eq!((reply.status, reply.body.len()), (429, 0));
        assert_eq!(reply.header("retry-after"), Some("30"));
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    }
    let reply = exists(&server);
    assert_eq!((reply.status, reply.text()), (502, "<html>Bad gateway"));
    assert_eq!(reply.header("content-type"), Some("text/html"));
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
fn a_canned_answer_keeps_the_service_from_the_call() {
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
        let reply = kavya("wrong");
        assert_eq!((reply.status, reply.body.len()), (401, 0));
    }
    assert_eq!(kavya("Spice@123").status, 200, "not locked");
}

#[test]
fn a_delay_is_one() {
    let server = start();
    spoil_login(&server, r#"{"kind":"delay","ms":300}"#);
    let before = Instant::now();
    assert_eq!(login(&server).body.len(), FULL);
    assert!(before.elapsed() >= Duration::from_millis(300));
}

#[test]
fn who_leaves_during_a_delay_is_seen_to_have_called() {
    let server = start();
    spoil_login(&server, r#"{"kind":"delay","ms":400}"#);
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
fn a_truncated_answer_looks_whole() {
    let server = start();
    spoil_login(&server, r#"{"kind":"truncate","bytes":100}"#);
    let reply = login(&server);
    assert_eq!(
        (reply.status, reply.body.len(), reply.promised_length()),
        (200, 100, 100)
    );
    assert!(serde_json::from_slice::<serde_json::Value>(&reply.body).is_err());
}

#[test]
fn a_short_body_promises_more() {
    let server = start();
    spoil_login(&server, r#"{"kind":"shortBody"}"#);
    let reply = login(&server);
    assert_eq!((reply.status, reply.body.len()), (200, FULL));
    assert!(reply.promised_length() > FULL);
}

#[test]
fn a_connection_drops_before_any_byte() {
    let server = start();
    spoil_login(&server, r#"{"kind":"dropBefore"}"#);
    let reply = login(&server);
    assert_eq!((reply.status, reply.head.len()), (0, 0));
    assert_eq!(login(&server).status, 200);
    let wire = wire(&server);
    assert_eq!(wire[0]["status"], serde_json::Value::Null);
    assert_eq!(wire[0]["fault"], "dropBefore");
}

#[test]
fn a_connection_can_end_by_a_reset() {
    let server = start();
    spoil_login(&server, r#"{"kind":"reset"}"#);
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
fn headers_can_come_twice() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"session","times":1,"fault":{"kind":"duplicateHeaders"}}]"#,
    );
    let reply = sign_in(
        &server,
        Some("spice mobile"),
        "kavya_pro@spice.mdt",
        "Spice@123",
    );
    for name in ["authorization", "tenantid", "content-type"] {
        let values: Vec<_> = reply
            .head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect();
        assert_eq!(values.len(), 2, "{name}");
        assert_eq!(values[0], values[1], "{name}");
    }
    assert_eq!(reply.body.len(), 1085);
}

/// A browser sends a request again when a connection that served before drops it: the fault
/// would then never show.
#[test]
fn a_drop_never_meets_a_kept_connection() {
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

    // And while the drop is to come, connections serve once.
    let stream = write_request(
        &server,
        "POST",
        "/api/customer/is_patient_exists",
        &JSON,
        PHONE.as_bytes(),
    );
    let reply = read_reply(stream);
    assert_eq!(
        (reply.text(), reply.header("connection")),
        ("true", Some("close"))
    );
    assert_eq!(login(&server).status, 0);
    let mut stream = write_request(&server, "GET", "/__sandbox/faults", &[], b"");
    let length = stream.read(&mut some).unwrap();
    assert_eq!(split(&some[..length]).header("connection"), None);
}

#[test]
fn a_connection_drops_after_the_head() {
    let server = start();
    spoil_login(&server, r#"{"kind":"dropAfterHeaders"}"#);
    let reply = login(&server);
    assert_eq!((reply.status, reply.body.len()), (200, 0));
    assert_eq!(reply.promised_length(), FULL);
}

#[test]
fn an_answer_can_drip() {
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
    assert_eq!(split(&bytes).promised_length(), 4);
}

#[test]
fn an_answer_can_go_on_and_on() {
    let server = start();
    spoil_login(&server, r#"{"kind":"endless"}"#);
    let mut stream = write_request(
        &server,
        "POST",
        "/api/customer/login",
        &JSON,
        LOGIN.as_bytes(),
    );
    let mut bytes = vec![0; 4 << 20];
    stream.read_exact(&mut bytes).unwrap();
    let reply = split(&bytes);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-length"), None);
    drop(stream);
    assert_eq!(login(&server).body.len(), FULL);
}

#[test]
fn headers_can_be_missing() {
    let server = start();
    let kavya = || {
        sign_in(
            &server,
            Some("spice mobile"),
            "kavya_pro@spice.mdt",
            "Spice@123",
        )
    };
    plan(
        &server,
        r#"[{"call":"session","times":1,"fault":{"kind":"noAuthorization"}},
            {"call":"session","times":1,"fault":{"kind":"noCors"}}]"#,
    );
    let reply = kavya();
    assert_eq!((reply.status, reply.body.len()), (200, 1085));
    assert_eq!(reply.header("authorization"), None);
    assert!(reply.header("tenantid").is_some());
    let reply = kavya();
    assert!(reply.header("authorization").is_some());
    assert!(!reply.head.contains("access-control-"));
    let reply = kavya();
    assert!(reply.header("authorization").is_some());
    assert!(reply.head.contains("access-control-allow-origin"));
}

#[test]
fn a_redirect_leads_nowhere() {
    let server = start();
    spoil_login(&server, r#"{"kind":"redirectLoop"}"#);
    let mut reply = login(&server);
    for _ in 0..25 {
        assert_eq!(reply.status, 307);
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        let place = reply.header("location").unwrap().to_owned();
        assert_eq!(call(&server, "OPTIONS", &place, &[], "").status, 200);
        reply = call(&server, "POST", &place, &JSON, LOGIN);
    }
}

#[test]
fn a_small_answer_can_unfold() {
    let server = start();
    spoil_login(&server, r#"{"kind":"gzipBomb"}"#);
    let reply = login(&server);
    assert_eq!(reply.header("content-encoding"), Some("gzip"));
    assert!(reply.body.len() < 100_000);
    let unfolded = std::io::copy(&mut GzDecoder::new(&reply.body[..]), &mut std::io::sink());
    assert_eq!(unfolded.unwrap(), 64 << 20);
}

#[test]
fn sign_out_validation_and_configuration_can_fail_too() {
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
fn a_wrong_plan_changes_nothing() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"login","times":null,"fault":{"kind":"status","status":503}}]"#,
    );
    let wrong = r#"[{"call":"login","times":1,"fault":{"kind":"sulk"}}]"#;
    let reply = call(&server, "PUT", "/__sandbox/faults", &[], wrong);
    assert_eq!(reply.status, 400);
    assert!(reply.text().contains("sulk"));
    assert_eq!(login(&server).status, 503);
    let shown = get(&server, "/__sandbox/faults").json();
    assert_eq!(shown[0]["fault"]["status"], 503);
    plan(&server, "[]");
    assert_eq!(login(&server).status, 200);
}

#[test]
fn a_dropped_sandbox_gives_its_port_back() {
    let server = start();
    let address = server.addr();
    assert!(address.ip().is_loopback());
    spoil_login(&server, r#"{"kind":"delay","ms":60000}"#);
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
    assert_eq!(read_reply(waiting).status, 0);
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[test]
fn headers_can_be_other_ones() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"exists","times":1,"fault":{"kind":"headers",
            "set":{"Date":"Sun, 06 Nov 1994 08:49:37 GMT","Content-Type":"text/html"},
            "remove":["Access-Control-Expose-Headers"]}}]"#,
    );
    let body = r#"{"phoneNo":"501234567"}"#;
    let spoilt = patient(&server, "is_patient_exists", body);
    assert_eq!(spoilt.header("date"), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    assert_eq!(spoilt.header("content-type"), Some("text/html"));
    assert_eq!(spoilt.header("access-control-expose-headers"), None);
    assert_eq!(spoilt.text(), "true");
    assert_eq!(wire(&server)[0]["fault"], "headers");
    let normal = patient(&server, "is_patient_exists", body);
    assert!(normal.header("access-control-expose-headers").is_some());
}

#[test]
fn the_question_before_a_call_can_go_wrong_too() {
    let server = start();
    plan(
        &server,
        r#"[{"call":"preflight","times":1,"fault":{"kind":"status","status":405}}]"#,
    );
    let ask = || call(&server, "OPTIONS", "/auth-service/session", &[], "");
    assert_eq!(ask().status, 405);
    assert_eq!(ask().status, 200);
    assert_eq!(wire(&server)[0]["fault"], "status");
}

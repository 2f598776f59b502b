//! The doctor against the sandbox: well, and broken in one way at a time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use config::BaseUrl;
use contract::request::Method;
use contract::staff::Client;
use doctor::credentials::{Credentials, names};
use doctor::report::{Outcome, Report};
use doctor::{Plan, examine};
use sandbox::{Options, Running, Sandbox};

const ORIGIN: &str = "https://portal.example";
const PHONE: &str = "501234567";
const NATIONAL_ID: &str = "1012345672";
const USERNAME: &str = "kavya_pro@spice.mdt";
const PASSWORD: &str = "Spice@123";

fn start() -> Running {
    Sandbox::start(Options::default()).unwrap()
}

/// One request to the control API, on a raw socket: its own client is what is tested here.
fn control(server: &Running, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} /__sandbox/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 20"), "{reply}");
    reply
}

fn credentials() -> Credentials {
    Credentials::read(|name| match name {
        names::PHONE => Ok(PHONE.to_owned()),
        names::NATIONAL_ID => Ok(NATIONAL_ID.to_owned()),
        names::USERNAME => Ok(USERNAME.to_owned()),
        names::PASSWORD => Ok(PASSWORD.to_owned()),
        _ => Err(std::env::VarError::NotPresent),
    })
    .unwrap()
}

fn plan(url: &str) -> Plan {
    Plan {
        patient: BaseUrl::parse(url),
        staff: BaseUrl::parse(url),
        origin: Some(ORIGIN.to_owned()),
        patient_id_type: "patientId".to_owned(),
        client: Client::One("spice mobile".to_owned()),
        logout_method: Method::Get,
        // Patient: a loaded machine takes its time to make some of the faults.
        timeout: Duration::from_secs(20),
        credentials: credentials(),
    }
}

/// The checks that did not pass and are not the two that the sandbox never passes: it has no limits,
/// and version 1.x of the staff service exposes no Retry-After.
fn complaints(report: &Report) -> Vec<(String, Outcome, String)> {
    report
        .checks()
        .iter()
        .filter(|check| check.outcome != Outcome::Pass)
        .filter(|check| !check.id.ends_with("retry-after") && !check.id.ends_with("rate-limit"))
        .map(|check| (check.id.clone(), check.outcome, check.found.clone()))
        .collect()
}

/// What must never be in what the doctor says.
fn is_discreet(report: &Report, server: &Running) {
    let said = report.text() + &report.json().unwrap();
    let people = server.people();
    let answers = people.patients.iter().find(|one| one.keys.phone == PHONE);
    let answer: serde_json::Value = serde_json::from_str(&answers.unwrap().answer).unwrap();
    let wire = control(server, "GET", "wire", "");
    let hash = wire
        .split('"')
        .find(|text| text.len() == 128)
        .unwrap_or("no sign-in was tried");
    for secret in [
        PHONE,
        NATIONAL_ID,
        USERNAME,
        PASSWORD,
        hash,
        "Bearer",
        "Kavya",
        answer["fileNo"].as_str().unwrap(),
        answer["email"].as_str().unwrap(),
        answer["name"]["firstName"].as_str().unwrap(),
    ] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

#[test]
fn the_sandbox_is_well() {
    let server = start();
    let report = examine(&plan(&server.url()));
    assert_eq!(complaints(&report), [], "{}", report.text());
    assert_eq!(report.outcome(), Outcome::Warn);
    assert!(report.checks().len() > 30);
    is_discreet(&report, &server);
    // It can be run again and again: nobody is locked out.
    for _ in 0..6 {
        let report = examine(&plan(&server.url()));
        assert_eq!(complaints(&report), []);
    }
}

#[test]
fn few_tries_are_made_and_every_session_is_ended() {
    let server = start();
    examine(&plan(&server.url()));
    let wire = control(&server, "GET", "wire", "");
    let body = wire.split_once("\r\n\r\n").unwrap().1;
    let wire: Vec<serde_json::Value> = serde_json::from_str(body).unwrap();
    let count = |call: &str| wire.iter().filter(|entry| entry["call"] == call).count();
    assert!(count("login") <= 3);
    assert_eq!(count("logout"), 1);
    // Blank ones ask for nobody.
    let for_somebody = wire.iter().filter(|entry| {
        entry["call"] == "session" && entry["form"]["username"].as_str().unwrap_or_default() != ""
    });
    assert!(for_somebody.count() <= 3);
}

/// A fault, and what must be said of it: the check, how it ends, and a piece of the sentence.
type Case = (&'static str, &'static str, Outcome, &'static str);

const CASES: [Case; 22] = [
    // A wrong status for a phone that nobody has.
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"status","status":404,"contentType":"application/json","body":"{\"message\":\"Not found\"}"}}"#,
        "patient.exists.unknown",
        Outcome::Fail,
        "status 404, which no document explains",
    ),
    // Everybody exists.
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"status","status":200,"contentType":"application/json","body":"true"}}"#,
        "patient.exists.malformed",
        Outcome::Fail,
        "without a phone is answered with yes",
    ),
    // A proxy's page.
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"status","status":200,"contentType":"text/html","body":"<!doctype html>"}}"#,
        "patient.exists.unknown",
        Outcome::Fail,
        "the body is not JSON",
    ),
    (
        r#"{"call":"login","times":null,"fault":{"kind":"headers","set":{"Content-Type":"text/html"}}}"#,
        "patient.login.type",
        Outcome::Warn,
        "JSON comes as text/html",
    ),
    (
        r#"{"call":"login","times":null,"fault":{"kind":"noCors"}}"#,
        "patient.cors.login",
        Outcome::Fail,
        "does not allow the portal's origin",
    ),
    (
        r#"{"call":"login","times":null,"fault":{"kind":"truncate","bytes":100}}"#,
        "patient.login.record",
        Outcome::Fail,
        "not JSON, or not all of it",
    ),
    (
        r#"{"call":"login","times":null,"fault":{"kind":"shortBody"}}"#,
        "patient.login.record",
        Outcome::Fail,
        "broke off",
    ),
    (
        r#"{"call":"login","times":null,"fault":{"kind":"gzipBomb"}}"#,
        "patient.login.record",
        Outcome::Fail,
        "larger than the portal reads",
    ),
    (
        r#"{"call":"login","times":null,"fault":{"kind":"redirectLoop"}}"#,
        "patient.login.record",
        Outcome::Fail,
        "status 307: a redirect",
    ),
    // The identifier is not looked at.
    (
        r#"{"call":"login","times":null,"fault":{"kind":"status","status":200,"contentType":"application/json","body":"{\"fileNo\":\"1\"}"}}"#,
        "patient.login.wrong-identifier",
        Outcome::Fail,
        "record came for a wrong identifier",
    ),
    // Which phones belong to patients can be told from the status.
    (
        r#"{"call":"login","times":1,"fault":{"kind":"status","status":422}}"#,
        "patient.login.wrong-identifier",
        Outcome::Warn,
        "unlike an unknown phone",
    ),
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"headers","set":{"Date":"Sun, 06 Nov 1994 08:49:37 GMT"}}}"#,
        "patient.clock",
        Outcome::Fail,
        "min off",
    ),
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"dropBefore"}}"#,
        "patient.reachable",
        Outcome::Fail,
        "the connection closed before an answer came",
    ),
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"delay","ms":4000}}"#,
        "patient.reachable",
        Outcome::Fail,
        "no complete answer within",
    ),
    (
        r#"{"call":"preflight","times":null,"fault":{"kind":"status","status":405}}"#,
        "staff.cors.preflight",
        Outcome::Fail,
        "(OPTIONS) is answered 405",
    ),
    (
        r#"{"call":"preflight","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Headers":"*"}}}"#,
        "staff.cors.preflight-session",
        Outcome::Fail,
        "authorization is not allowed",
    ),
    (
        r#"{"call":"preflight","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Headers":"content-type, authorization, tenantid"}}}"#,
        "staff.cors.preflight",
        Outcome::Fail,
        "the header client is not allowed",
    ),
    (
        r#"{"call":"session","times":null,"fault":{"kind":"headers","remove":["Access-Control-Expose-Headers"]}}"#,
        "staff.cors.authorization",
        Outcome::Fail,
        "may not read the Authorization header",
    ),
    (
        r#"{"call":"session","times":null,"fault":{"kind":"noAuthorization"}}"#,
        "staff.session.sign-in",
        Outcome::Fail,
        "there is no Authorization header",
    ),
    // A 401 without a body.
    (
        r#"{"call":"session","times":null,"fault":{"kind":"status","status":401}}"#,
        "staff.session.unknown",
        Outcome::Fail,
        "401 without a body",
    ),
    (
        r#"{"call":"logout","times":null,"fault":{"kind":"status","status":200}}"#,
        "staff.logout.ends",
        Outcome::Fail,
        "is taken for a session",
    ),
    (
        r#"{"call":"validate","times":null,"fault":{"kind":"status","status":200}}"#,
        "staff.validate.no-session",
        Outcome::Fail,
        "is taken for a session",
    ),
];

#[test]
fn each_fault_is_named() {
    for (fault, id, outcome, words) in CASES {
        let server = start();
        control(&server, "PUT", "faults", &format!("[{fault}]"));
        let mut plan = plan(&server.url());
        if fault.contains("delay") {
            plan.timeout = Duration::from_secs(1);
        }
        let report = examine(&plan);
        let named = complaints(&report)
            .into_iter()
            .any(|(found, how, said)| found == id && how == outcome && said.contains(words));
        assert!(named, "{fault}\n{}", report.text());
        let worst = report.outcome();
        assert!(worst >= outcome, "{fault}: {worst:?}");
        is_discreet(&report, &server);
        // What is not broken is not complained of: the other service, above all.
        let other = if id.starts_with("patient") {
            "staff"
        } else {
            "patient"
        };
        let shared = fault.contains("preflight");
        assert!(
            shared
                || !complaints(&report)
                    .iter()
                    .any(|(id, ..)| id.starts_with(other)),
            "{fault}\n{}",
            report.text()
        );
    }
}

#[test]
fn limits_are_seen() {
    let server = start();
    for (answer, words) in [
        (r#""headers":{"Retry-After":"30"}"#, "until when"),
        (r#""headers":{}"#, "nobody is told until when"),
    ] {
        // The first call and the one without a phone are normal; the limit comes after them.
        let fault = format!(
            r#"[{{"call":"exists","times":3,"fault":{{"kind":"delay","ms":0}}}},
                {{"call":"exists","times":null,"fault":{{"kind":"status","status":429,{answer}}}}}]"#
        );
        control(&server, "PUT", "faults", &fault);
        let report = examine(&plan(&server.url()));
        let check = report
            .checks()
            .iter()
            .find(|check| check.id == "patient.rate-limit")
            .unwrap();
        assert!(check.found.contains(words), "{check:?}");
    }
    control(
        &server,
        "PUT",
        "faults",
        r#"[{"call":"session","times":null,"fault":{"kind":"headers","set":{"RateLimit-Policy":"5;w=60"}}}]"#,
    );
    let report = examine(&plan(&server.url()));
    let check = |id: &str| report.checks().iter().find(|check| check.id == id).unwrap();
    assert_eq!(check("staff.rate-limit").outcome, Outcome::Pass);
}

#[test]
fn a_locked_account_is_not_tried_further() {
    let server = start();
    let mut plan = plan(&server.url());
    plan.credentials = Credentials::read(|name| match name {
        names::USERNAME => Ok("huda.locked@spice.mdt".to_owned()),
        names::PASSWORD => Ok("Locked-2026!".to_owned()),
        _ => Err(std::env::VarError::NotPresent),
    })
    .unwrap();
    let report = examine(&plan);
    let complaints = complaints(&report);
    assert!(complaints.iter().any(|(id, outcome, said)| {
        id == "staff.session.sign-in" && *outcome == Outcome::Fail && said.contains("blocked")
    }));
    assert!(complaints.iter().any(|(id, _, said)| {
        id == "staff.session.wrong-password" && said.contains("not tried")
    }));
}

#[test]
fn what_is_no_service_is_said_to_be_none() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let talker = TcpListener::bind("127.0.0.1:0").unwrap();
    let no_http = format!("http://{}", talker.local_addr().unwrap());
    let no_tls = no_http.replace("http:", "https:");
    thread::spawn(move || {
        for stream in talker.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.write_all(b"220 mail.example ESMTP\r\n");
            // To the end: who hangs up on bytes that were not read takes back what was said.
            let _ = stream.read_to_end(&mut Vec::new());
        }
    });
    for (url, words) in [
        (nobody.as_str(), "nobody listens"),
        (no_http.as_str(), "does not speak HTTP"),
        (no_tls.as_str(), "no secure connection"),
    ] {
        let mut plan = plan(url);
        plan.staff = None;
        let report = examine(&plan);
        let [check] = report.checks() else {
            panic!("{}", report.text());
        };
        assert_eq!(check.outcome, Outcome::Fail);
        assert!(check.found.contains(words), "{url}: {check:?}");
    }
}

#[test]
fn the_same_origin_needs_no_permission() {
    let server = start();
    control(
        &server,
        "PUT",
        "faults",
        r#"[{"call":"session","times":null,"fault":{"kind":"noCors"}}]"#,
    );
    let mut plan = plan(&server.url());
    plan.origin = Some(server.url());
    let report = examine(&plan);
    assert_eq!(complaints(&report), [], "{}", report.text());
}

/// SPICE 2.0, whose session is a cookie.
fn plan_2(url: &str) -> Plan {
    let known = Credentials::read(|name| match name {
        names::USERNAME => Ok("isatu.web@spice.mdt".to_owned()),
        names::PASSWORD => Ok("Freetown-26!".to_owned()),
        _ => Err(std::env::VarError::NotPresent),
    });
    Plan {
        patient: None,
        client: Client::Web,
        credentials: known.unwrap(),
        ..plan(url)
    }
}

#[test]
fn a_session_in_a_cookie_is_looked_at_as_one() {
    let server = start();
    let report = examine(&plan_2(&server.url()));
    assert_eq!(complaints(&report), [], "{}", report.text());
    for id in [
        "staff.session.cookie",
        "staff.logout.cookie",
        "staff.logout.ends",
    ] {
        assert!(report.checks().iter().any(|check| check.id == id), "{id}");
    }
    let said = report.text() + &report.json().unwrap();
    for secret in ["isatu", "Freetown", "AuthCookie=", "Isatu"] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

#[test]
fn what_is_wrong_with_a_cookie_is_named() {
    for (fault, id, outcome, words) in [
        (
            r#"{"call":"session","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Origin":"*"}}}"#,
            "staff.cors.sign-in",
            Outcome::Fail,
            "origin *, which no cookie goes with",
        ),
        (
            r#"{"call":"preflight","times":null,"fault":{"kind":"headers","remove":["Access-Control-Allow-Credentials"]}}"#,
            "staff.cors.preflight",
            Outcome::Fail,
            "to send a cookie",
        ),
        (
            r#"{"call":"preflight","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Headers":"*"}}}"#,
            "staff.cors.preflight-session",
            Outcome::Fail,
            "tenantid is not allowed",
        ),
        (
            r#"{"call":"session","times":null,"fault":{"kind":"headers","remove":["Set-Cookie"]}}"#,
            "staff.session.cookie",
            Outcome::Fail,
            "sets no AuthCookie",
        ),
        (
            r#"{"call":"session","times":null,"fault":{"kind":"headers","set":{"Set-Cookie":"AuthCookie=x; Path=/; Secure"}}}"#,
            "staff.session.cookie",
            Outcome::Fail,
            "is not HttpOnly",
        ),
        (
            r#"{"call":"session","times":null,"fault":{"kind":"headers","set":{"Set-Cookie":"AuthCookie=x; HttpOnly"}}}"#,
            "staff.session.cookie",
            Outcome::Fail,
            "is not Secure",
        ),
        (
            r#"{"call":"session","times":null,"fault":{"kind":"headers","set":{"Set-Cookie":"AuthCookie=x; HttpOnly; Secure; SameSite=Lax"}}}"#,
            "staff.session.cookie",
            Outcome::Warn,
            "no SameSite=None",
        ),
        (
            r#"{"call":"session","times":null,"fault":{"kind":"headers","set":{"Authorization":"Bearer x"}}}"#,
            "staff.session.token",
            Outcome::Warn,
            "beside the cookie",
        ),
        (
            r#"{"call":"logout","times":null,"fault":{"kind":"headers","remove":["Set-Cookie"]}}"#,
            "staff.logout.cookie",
            Outcome::Warn,
            "leaves the AuthCookie",
        ),
        (
            r#"{"call":"validate","times":null,"fault":{"kind":"status","status":200}}"#,
            "staff.validate.no-session",
            Outcome::Fail,
            "a made-up cookie is taken for a session",
        ),
    ] {
        let server = start();
        control(&server, "PUT", "faults", &format!("[{fault}]"));
        let report = examine(&plan_2(&server.url()));
        let named = complaints(&report)
            .into_iter()
            .any(|(found, how, said)| found == id && how == outcome && said.contains(words));
        assert!(named, "{fault}\n{}", report.text());
        assert!(!report.text().contains("AuthCookie=x"));
    }
}

#[test]
fn a_one_time_code_is_told_of_and_the_real_one_never_tried() {
    let server = start();
    let known = Credentials::read(|name| match name {
        names::PHONE => Ok("533334444".to_owned()),
        names::PATIENT_ID => Ok("88123".to_owned()),
        _ => Err(std::env::VarError::NotPresent),
    });
    let plan = Plan {
        staff: None,
        credentials: known.unwrap(),
        ..plan(&server.url())
    };
    let report = examine(&plan);
    let said = complaints(&report);
    let [(id, Outcome::Warn, found)] = said.as_slice() else {
        panic!("{}", report.text());
    };
    assert_eq!(id, "patient.login.record");
    assert!(found.contains("one-time code was sent"), "{found}");
    let passed = |id: &str| {
        let checks = report.checks().iter();
        checks
            .filter(|check| check.id == id && check.outcome == Outcome::Pass)
            .count()
            == 1
    };
    assert!(passed("patient.verify.made-up"), "{}", report.text());
    let wire = control(&server, "GET", "wire", "");
    assert_eq!(wire.matches("made-up-by-the-doctor").count(), 1);
    assert_eq!(wire.matches("\"call\": \"verify\"").count(), 1);
    assert_eq!(wire.matches("\"call\": \"resend\"").count(), 0);
}

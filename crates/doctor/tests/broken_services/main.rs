//! The doctor against the sandbox: well, and broken in one way at a time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod cookie;
mod faults;
mod support;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use doctor::credentials::{Credentials, names};
use doctor::report::Outcome;
use doctor::{Plan, examine};
use support::{complaints, control, is_discreet, plan, start};

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

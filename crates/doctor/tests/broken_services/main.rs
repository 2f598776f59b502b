//! The doctor against the sandbox without a fault, and with one fault at a time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod assumptions;
mod cookie;
mod coverage;
mod faults;
mod published;
mod session;
mod support;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use doctor::credentials::{Credentials, names};
use doctor::report::Outcome;
use doctor::{Plan, examine};
use support::{
    KEY, assert_no_personal_data, control, findings, plan, staff_credentials, start, wire,
};

#[test]
fn sandbox_without_a_fault_has_no_finding() {
    let server = start();
    let report = examine(&plan(&server.url()));
    assert_eq!(findings(&report), [], "{}", report.text());
    assert_eq!(report.outcome(), Outcome::Warn);
    assert!(report.checks().len() > 30);
    assert_no_personal_data(&report, &server);
    // Repeated runs lock no account.
    for _ in 0..6 {
        let report = examine(&plan(&server.url()));
        assert_eq!(findings(&report), []);
    }
}

#[test]
fn a_run_sends_few_sign_ins_and_ends_every_session() {
    let server = start();
    examine(&plan(&server.url()));
    let wire = wire(&server);
    let count = |call: &str| wire.iter().filter(|entry| entry["call"] == call).count();
    assert!(count("login") <= 3);
    assert_eq!(count("logout"), 1);
    // Blank ones belong to no account.
    let with_username = wire.iter().filter(|entry| {
        entry["call"] == "session" && entry["form"]["username"].as_str().unwrap_or_default() != ""
    });
    assert!(with_username.count() <= 3);
}

#[test]
fn rate_limits_are_detected_by_status_or_headers() {
    let server = start();
    for (headers, words) in [
        (r#""headers":{"Retry-After":"30"}"#, "429 with Retry-After"),
        (r#""headers":{}"#, "429 without Retry-After"),
    ] {
        // The first call and the one without a phone are normal; the limit comes after them.
        let fault = format!(
            r#"[{{"call":"exists","times":3,"fault":{{"kind":"delay","ms":0}}}},
                {{"call":"exists","times":null,"fault":{{"kind":"status","status":429,{headers}}}}}]"#
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
fn locked_account_gets_no_further_attempt() {
    let server = start();
    let mut plan = plan(&server.url());
    plan.credentials = staff_credentials("huda.locked@spice.mdt", "Locked-2026!");
    let report = examine(&plan);
    let findings = findings(&report);
    assert!(findings.iter().any(|(id, outcome, found)| {
        id == "staff.session.sign-in" && *outcome == Outcome::Fail && found.contains("blocked")
    }));
    assert!(findings.iter().any(|(id, _, found)| {
        id == "staff.session.wrong-password" && found.contains("not checked")
    }));
}

#[test]
fn address_without_a_service_is_reported_with_its_cause() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let unused = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let smtp = TcpListener::bind("127.0.0.1:0").unwrap();
    let no_http = format!("http://{}", smtp.local_addr().unwrap());
    let no_tls = no_http.replace("http:", "https:");
    thread::spawn(move || {
        for stream in smtp.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.write_all(b"220 mail.example ESMTP\r\n");
            // Read to the end: closing with unread bytes resets the connection and discards what was
            // written.
            let _ = stream.read_to_end(&mut Vec::new());
        }
    });
    for (url, words) in [
        (unused.as_str(), "no program listens"),
        (no_http.as_str(), "the response is not HTTP"),
        (no_tls.as_str(), "the TLS handshake failed"),
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
fn service_on_the_portal_s_origin_needs_no_cors_headers() {
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
    assert_eq!(findings(&report), [], "{}", report.text());
}

#[test]
fn one_time_code_is_reported_and_the_patient_s_own_code_is_never_sent() {
    let server = start();
    let known = Credentials::read(
        |name| match name {
            names::PHONE => Ok("533334444".to_owned()),
            names::PATIENT_ID => Ok("88123".to_owned()),
            _ => Err(std::env::VarError::NotPresent),
        },
        KEY,
    );
    let plan = Plan {
        staff: None,
        credentials: known.unwrap(),
        ..plan(&server.url())
    };
    let report = examine(&plan);
    let all = findings(&report);
    let [(id, Outcome::Warn, found)] = all.as_slice() else {
        panic!("{}", report.text());
    };
    assert_eq!(id, "patient.login.record");
    assert!(found.contains("sent a one-time code"), "{found}");
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

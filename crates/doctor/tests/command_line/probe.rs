//! `--prometheus`: a probe for every few minutes.

use std::process::Output;

use sandbox::{Options, Running, Sandbox};

use crate::{control, doctor, stderr, whole_wire, write};

const PEOPLE: [(&str, &str); 4] = [
    ("DOCTOR_STAFF_USERNAME", "isatu.web@spice.mdt"),
    ("DOCTOR_STAFF_PASSWORD", "Freetown-26!"),
    ("DOCTOR_PATIENT_PHONE", "501234567"),
    ("DOCTOR_PATIENT_NATIONAL_ID", "1012345672"),
];
const NURSE: [(&str, &str); 2] = [
    ("DOCTOR_STAFF_USERNAME", "nurse@example.org"),
    ("DOCTOR_STAFF_PASSWORD", "Horizon-7 é"),
];

const TWO_CLIENTS: &str = r#"{
    "staff": { "entrances": [
        { "client": "web", "protocol": "2", "label": "Web" },
        { "client": "mob", "protocol": "2", "label": "Mobile" }
    ] }
}"#;

fn portal(name: &str, config: &str) -> Running {
    Sandbox::start(Options {
        config: Some(write(name, config)),
        ..Options::default()
    })
    .unwrap()
}

fn probe(server: &Running, variables: &[(&str, &str)]) -> Output {
    let arguments = ["--config", &server.url(), "--prometheus"];
    doctor(&arguments, variables)
}

/// The calls that the sandbox received, with the client and the status of each.
fn calls(server: &Running) -> Vec<String> {
    let call = |entry: &serde_json::Value| {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
        format!(
            "{} {} {} {}",
            text(&entry["method"]),
            text(&entry["path"]),
            text(&entry["headers"]["client"]),
            entry["status"]
        )
    };
    whole_wire(server).iter().map(call).collect()
}

/// The samples of an output in the text format of Prometheus, by series.
fn samples(output: &Output) -> Vec<(String, f64)> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(text.ends_with('\n'));
    let is_name = |name: &str| {
        let mut bytes = name.bytes();
        bytes.next().is_some_and(|byte| byte.is_ascii_lowercase())
            && bytes.all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    let mut samples: Vec<(String, f64)> = Vec::new();
    let mut typed: Vec<&str> = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            assert!(kind == "gauge" && is_name(name) && !typed.contains(&name));
            typed.push(name);
            continue;
        }
        if line.starts_with("# HELP ") {
            continue;
        }
        let (series, value) = line.rsplit_once(' ').unwrap();
        let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
        // A metric's samples follow its type, all together.
        assert_eq!(typed.last(), Some(&name), "{line}");
        let labels = labels.strip_suffix('}').unwrap();
        for label in labels.split(',').filter(|label| !label.is_empty()) {
            let (name, value) = label.split_once('=').unwrap();
            let value = value
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'));
            assert!(is_name(name) && !value.unwrap().contains('"'), "{line}");
        }
        assert!(!samples.iter().any(|(known, _)| known == series), "{line}");
        samples.push((series.to_owned(), value.parse().unwrap()));
    }
    samples
}

fn value(samples: &[(String, f64)], series: &str) -> f64 {
    let sample = samples.iter().find(|(known, _)| known == series);
    sample.unwrap_or_else(|| panic!("{series}: {samples:?}")).1
}

#[test]
fn probe_signs_in_asks_once_signs_out_and_sends_nothing_else() {
    let server = portal("probe.json", TWO_CLIENTS);
    for run in 1..4 {
        let output = probe(&server, &PEOPLE);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let one_run = [
            "POST /api/customer/is_patient_exists - 200",
            "POST /api/customer/login - 200",
            "POST /auth-service/session web 200",
            "POST /user-service/user/profile web 200",
            "POST /auth-service/logout web 200",
        ];
        assert_eq!(calls(&server), one_run.repeat(run));
        let samples = samples(&output);
        for check in ["session.sign-in", "validate.session", "logout"] {
            let series =
                format!("logistration_doctor_check{{check=\"staff.{check}\",client=\"web\"}}");
            assert_eq!(value(&samples, &series), 1.0);
        }
        let record = "logistration_doctor_check{check=\"patient.login.record\"}";
        assert_eq!(value(&samples, record), 1.0);
        let seconds = value(&samples, "logistration_doctor_duration_seconds");
        assert!(seconds > 0.0 && seconds < 60.0);
        assert!(value(&samples, "logistration_doctor_end_timestamp_seconds") > 1e9);
        let text = String::from_utf8_lossy(&output.stdout);
        for secret in ["isatu", "501234567", "1012345672", "Freetown", "Bearer"] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
}

#[test]
fn probe_of_spice_1_uses_its_own_calls() {
    let server = portal("probe_1.json", "{}");
    let output = probe(&server, &NURSE);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        calls(&server),
        [
            "POST /auth-service/session spice mobile 200",
            "GET /user-service/user/validate spice mobile 200",
            "GET /auth-service/logout spice mobile 200",
        ]
    );
}

#[test]
fn probe_sends_no_one_time_code() {
    let server = portal(
        "probe_code.json",
        r#"{"patient":{"oneTimeCode":true},"staff":{"enabled":false}}"#,
    );
    let output = probe(&server, &PEOPLE);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no account to sign in"));
    assert_eq!(calls(&server), [""; 0]);
}

#[test]
fn failed_check_of_a_probe_is_0_and_ends_with_status_1() {
    let server = portal("probe_fails.json", "{}");
    let wrong = [NURSE[0], ("DOCTOR_STAFF_PASSWORD", "another")];
    let output = probe(&server, &wrong);
    assert_eq!(output.status.code(), Some(1));
    let sign_in =
        "logistration_doctor_check{check=\"staff.session.sign-in\",client=\"spice mobile\"}";
    assert_eq!(value(&samples(&output), sign_in), 0.0);
    assert_eq!(calls(&server).len(), 1);
    drop(server);
    let output = doctor(
        &["--staff-url", "http://127.0.0.1:1", "--prometheus"],
        &NURSE,
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(value(&samples(&output), sign_in), 0.0);
}

#[test]
fn probe_without_an_account_is_wrong_usage() {
    let server = portal("probe_none.json", "{}");
    let output = probe(&server, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let arguments = ["--staff-url", &server.url(), "--prometheus", "--json"];
    let output = doctor(&arguments, &NURSE);
    assert!(stderr(&output).contains("one of --json and --prometheus"));
}

#[test]
fn probe_fails_where_the_service_answers_as_if_the_role_were_wrong() {
    // SPICE 2.0 without Redis says so to everybody. With two clients in the configuration, too.
    let server = portal("probe-no-redis.json", TWO_CLIENTS);
    let outage = r#"{"part":"redis"}"#;
    control(&server, "PUT", "outage", outage);
    let output = probe(&server, &PEOPLE[..2]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let failed = samples(&output)
        .into_iter()
        .any(|(series, value)| series.contains("staff.session.sign-in") && value == 0.0);
    assert!(failed);
}

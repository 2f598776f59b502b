//! `--config`: a file, or the address of a portal.

use std::path::Path;
use std::process::Output;

use sandbox::{Options, Running, Sandbox};

use crate::{assert_outcome, check, doctor, stderr, wire, write};

const USER: [(&str, &str); 2] = [
    ("DOCTOR_STAFF_USERNAME", "isatu.web@spice.mdt"),
    ("DOCTOR_STAFF_PASSWORD", "Freetown-26!"),
];

/// A portal in the folder `/portal` with this configuration, and both services beside it.
fn portal(name: &str, config: Option<&str>) -> (Running, String) {
    let server = Sandbox::start(Options {
        config: config.map(|text| write(name, text)),
        base: "/portal".to_owned(),
        password_key: "a key of this hospital".to_owned(),
        ..Options::default()
    })
    .unwrap();
    let folder = format!("http://{}/portal", server.addr());
    (server, folder)
}

const WEB: &str = r#"{
    "patient": { "enabled": false },
    "staff": {
        "entrances": [
            { "client": "spice web", "label": "SPICE" },
            { "client": "web", "protocol": "2", "label": "SPICE 2.0" }
        ],
        "passwordKey": "a key of this hospital"
    }
}"#;

#[test]
fn all_mistakes_of_a_configuration_are_printed_with_the_portal_s_sentences() {
    let mistakes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/tests/mistakes");
    let file = mistakes.join("five.json");
    let expected = std::fs::read_to_string(mistakes.join("five.txt")).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let (_server, folder) = portal("five.json", Some(&text));
    for source in [file.to_str().unwrap(), folder.as_str()] {
        let output = doctor(&["--config", source], &[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(&expected), "{}", stderr(&output));
    }
}

#[test]
fn configuration_without_a_service_address_is_an_error() {
    let file = write("disabled.json", r#"{"staff":{"enabled":false}}"#);
    let output = doctor(&["--config", file.to_str().unwrap()], &[]);
    assert_eq!(output.status.code(), Some(2));
    let stderr = stderr(&output);
    assert!(stderr.contains("there is no service to check"), "{stderr}");
}

#[test]
fn portal_s_address_is_enough_to_ask_what_the_portal_asks() {
    let (_server, folder) = portal("web.json", Some(WEB));
    for source in [format!("{folder}/config.json"), format!("{folder}/")] {
        let output = doctor(&["--config", &source, "--client", "web", "--json"], &USER);
        // The service is in the portal's folder, on its origin, and the hash has the portal's key.
        assert_outcome(&output, "staff.cors", "pass");
        assert_outcome(&output, "staff.session.sign-in", "pass");
        assert_outcome(&output, "staff.session.cookie", "pass");
        assert_outcome(&output, "staff.logout.ends", "pass");
        assert_eq!(check(&output, "patient.reachable"), None);
        assert_eq!(output.status.code(), Some(0));
    }
}

/// The staff clients of a report, once each.
fn clients(output: &Output) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let checks = report["checks"].as_array().unwrap();
    let mut clients: Vec<String> = Vec::new();
    for client in checks.iter().filter_map(|check| check["client"].as_str()) {
        if !clients.iter().any(|known| known == client) {
            clients.push(client.to_owned());
        }
    }
    clients
}

#[test]
fn every_configured_staff_client_is_asked_unless_an_option_names_some() {
    let (_server, folder) = portal("clients.json", Some(WEB));
    let asked = |arguments: &[&str]| {
        let all = [&["--config", folder.as_str(), "--json"], arguments].concat();
        clients(&doctor(&all, &[]))
    };
    assert_eq!(asked(&[]), ["spice web", "web"]);
    assert_eq!(asked(&["--client", "web"]), ["web"]);
    assert_eq!(asked(&["--client", "spice web"]), ["spice web"]);
    assert_eq!(asked(&["--staff-protocol", "2"]), ["web"]);
    assert_eq!(
        asked(&["--staff-protocol", "2", "--client", "mob"]),
        ["mob"]
    );
}

#[test]
fn refused_password_is_sent_once_though_several_clients_are_configured() {
    let (server, folder) = portal("refused.json", Some(WEB));
    let output = doctor(
        &["--config", &folder, "--json"],
        &[USER[0], ("DOCTOR_STAFF_PASSWORD", "mistyped")],
    );
    assert_eq!(output.status.code(), Some(1));
    let attempts = wire(&server, "session")
        .iter()
        .filter(|entry| entry["form"]["username"] == USER[0].1)
        .count();
    assert_eq!(attempts, 1);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let outcomes: Vec<_> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["id"] == "staff.session.sign-in")
        .map(|check| check["outcome"].clone())
        .collect();
    assert_eq!(outcomes, ["fail", "warn"]);
}

#[test]
fn each_staff_client_has_checks_of_its_own() {
    let both = WEB.replace(
        r#"{ "client": "spice web", "label""#,
        r#"{ "client": "mob", "protocol": "2", "label""#,
    );
    let (server, folder) = portal("each_client.json", Some(&both));
    let output = doctor(&["--config", &folder], &USER);
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let line = |name: &str| {
        let mut lines = text.lines().filter(|line| line.contains(name));
        let line = lines.next().unwrap_or_else(|| panic!("{name}\n{text}"));
        assert_eq!(lines.next(), None, "{name}");
        line.split_whitespace().next().unwrap().to_owned()
    };
    // The test user may sign in with one of them only, which says nothing about the other.
    assert_eq!(line("staff.session.sign-in (mob)"), "warn");
    assert_eq!(line("staff.session.sign-in (web)"), "pass");
    assert_eq!(line("staff.session.cookie (web)"), "pass");
    assert_eq!(line("staff.reachable"), "pass");
    assert_eq!(output.status.code(), Some(0), "{text}");
    let wrong: Vec<String> = wire(&server, "session")
        .iter()
        .filter(|entry| entry["form"]["username"] == USER[0].1)
        .map(|entry| entry["headers"]["client"].as_str().unwrap().to_owned())
        .collect();
    // Signed in with each client once, and one wrong password in all.
    assert_eq!(wrong, ["mob", "web", "web"]);
}

#[test]
fn patient_settings_decide_what_the_patient_service_is_asked() {
    const PATIENT: [(&str, &str); 2] = [
        ("DOCTOR_PATIENT_PHONE", "533334444"),
        ("DOCTOR_PATIENT_ID", "88123"),
    ];
    for (name, exists, code) in [
        ("plain.json", true, false),
        ("code.json", true, true),
        ("no_lookup.json", false, true),
    ] {
        let text = format!(
            r#"{{"patient":{{"checkExists":{exists},"oneTimeCode":{code}}},"staff":{{"enabled":false}}}}"#
        );
        let (server, folder) = portal(name, Some(&text));
        let output = doctor(&["--config", &folder, "--json"], &PATIENT);
        // The service sends this patient a code.
        assert_outcome(
            &output,
            "patient.login.record",
            if code { "pass" } else { "fail" },
        );
        assert_eq!(check(&output, "patient.verify.made-up").is_some(), code);
        assert_eq!(wire(&server, "verify").len(), usize::from(code));
        assert_eq!(wire(&server, "exists").is_empty(), !exists);
        for id in ["patient.exists.unknown", "patient.exists.known"] {
            assert_eq!(check(&output, id).is_some(), exists, "{id}");
        }
        assert_outcome(&output, "patient.reachable", "pass");
    }
}

#[test]
fn start_page_in_place_of_a_configuration_means_the_defaults() {
    let (_server, folder) = portal(
        "start_page.json",
        Some("<!doctype html><div id=portal></div>"),
    );
    let output = doctor(&["--config", &folder, "--json"], &[]);
    assert_outcome(&output, "staff.reachable", "pass");
    assert_eq!(clients(&output), ["spice mobile"]);
    let (_server, folder) = portal(
        "blocked.json",
        Some("<!doctype html><title>Blocked</title>"),
    );
    let output = doctor(&["--config", &folder, "--json"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("is not JSON"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn options_take_precedence_wherever_they_stand() {
    let (server, folder) = portal("precedence.json", Some(WEB));
    let elsewhere = format!("http://localhost:{}/portal", server.addr().port());
    for arguments in [
        ["--staff-url", &elsewhere, "--config", &folder, "--json"],
        ["--config", &folder, "--staff-url", &elsewhere, "--json"],
    ] {
        let output = doctor(&arguments, &[]);
        // Another origin than the portal's.
        assert_eq!(check(&output, "staff.cors"), None);
        assert_outcome(&output, "staff.cors.preflight", "pass");
    }
}

#[test]
fn portal_without_a_configuration_has_the_defaults() {
    let (_server, folder) = portal("", None);
    let output = doctor(&["--config", &folder, "--json"], &[]);
    assert_outcome(&output, "patient.reachable", "pass");
    assert_outcome(&output, "staff.reachable", "pass");
}

#[test]
fn service_without_an_address_in_a_file_is_at_the_given_origin() {
    let server = Sandbox::start(Options::default()).unwrap();
    let file = write("own.json", r#"{"patient":{"enabled":false}}"#);
    let file = file.to_str().unwrap();
    let output = doctor(
        &["--config", file, "--origin", &server.url(), "--json"],
        &[],
    );
    assert_outcome(&output, "staff.reachable", "pass");
    assert_outcome(&output, "staff.cors", "pass");
    assert_eq!(check(&output, "patient.reachable"), None);
}

#[test]
fn address_without_a_portal_is_an_error_with_its_cause() {
    for (source, words) in [
        ("http://portal.example", "--config must be an address"),
        ("http://127.0.0.1:1/", "no program listens at this address"),
    ] {
        let output = doctor(&["--config", source], &[]);
        assert_eq!(output.status.code(), Some(2));
        let stderr = stderr(&output);
        assert!(stderr.contains(words), "{stderr}");
    }
}

/// A configuration of SPICE 2.0's web client with these members, and the outcome of a check.
fn outcome_with(members: &str, id: &str) -> Option<String> {
    let text = format!(
        r#"{{ "patient": {{ "enabled": false }}, {members},
            "staff": {{ "entrances": [{{ "client": "web", "protocol": "2", "label": "x" }}] }} }}"#
    );
    let (_server, folder) = portal("configured.json", Some(&text));
    let output = doctor(&["--config", &folder, "--json"], &[]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let checks = report["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["id"] == id)?;
    Some(check["outcome"].as_str().unwrap().to_owned())
}

#[test]
fn notice_that_is_out_of_date_is_a_warning() {
    let with = |moments: &str| {
        let members = format!(r#""brand": {{ "notice": {{ "text": "x"{moments} }} }}"#);
        outcome_with(&members, "portal.notice")
    };
    assert_eq!(with("").as_deref(), Some("pass"));
    assert_eq!(
        with(r#", "from": "2999-01-01T00:00Z""#).as_deref(),
        Some("pass")
    );
    assert_eq!(
        with(r#", "until": "2020-01-01T00:00Z""#).as_deref(),
        Some("warn")
    );
    assert_eq!(outcome_with(r#""brand": {}"#, "portal.notice"), None);
}

#[test]
fn cookie_that_outlives_the_portal_on_a_shared_device_is_a_warning() {
    let with = |shared: bool, audience: &str| {
        let members = format!(
            r#""sharedDevice": {shared}, "onward": [{{ "for": "{audience}", "label": "x", "url": "/x" }}]"#
        );
        outcome_with(&members, "portal.onward-cookie")
    };
    assert_eq!(with(true, "staff").as_deref(), Some("warn"));
    assert_eq!(with(false, "staff").as_deref(), Some("pass"));
    assert_eq!(with(true, "patient"), None);
}

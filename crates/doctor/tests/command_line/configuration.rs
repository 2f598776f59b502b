//! `--config`: a file, or the address of a portal.

use std::path::Path;

use sandbox::{Options, Running, Sandbox};

use crate::{assert_outcome, check, doctor, stderr, write};

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

#[test]
fn first_configured_staff_client_is_asked_unless_an_option_names_another() {
    let (_server, folder) = portal("clients.json", Some(WEB));
    let is_cookie = |arguments: &[&str]| {
        let all = [&["--config", folder.as_str(), "--json"], arguments].concat();
        let output = doctor(&all, &[]);
        let (_, found) = check(&output, "staff.validate.no-session").unwrap();
        found.contains("cookie")
    };
    assert!(!is_cookie(&[]));
    assert!(is_cookie(&["--client", "web"]));
    assert!(is_cookie(&["--staff-protocol", "2"]));
    assert!(!is_cookie(&["--staff-protocol", "2", "--client", "mob"]));
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

//! The doctor against services whose sessions or sign-outs do not work.

use contract::staff::StaffClient;
use doctor::report::{Outcome, Report};
use doctor::{Plan, examine};

use crate::support::{control, findings, plan, staff_credentials, start, wire};

/// The report on a sandbox with this fault.
fn examine_with(client: StaffClient, username: &str, fault: &str) -> Report {
    let server = start();
    control(&server, "PUT", "faults", &format!("[{fault}]"));
    examine(&Plan {
        patient: None,
        clients: vec![client],
        credentials: staff_credentials(username, "Horizon-7 é"),
        ..plan(&server.url())
    })
}

fn each_client() -> [(StaffClient, &'static str, &'static str); 4] {
    let spice_1 = |name: &str| StaffClient::SpiceV1(name.to_owned());
    [
        (spice_1("spice mobile"), "nurse@example.org", "validate"),
        (spice_1("spice web"), "region@example.org", "profile"),
        (StaffClient::SpiceV2Web, "hfa@example.org", "profile"),
        (StaffClient::SpiceV2Mobile, "chw@example.org", "profile"),
    ]
}

#[track_caller]
fn assert_found(report: &Report, id: &str, outcome: Outcome, words: &str) {
    let all = findings(report);
    let named = all
        .iter()
        .any(|(name, how, found)| name == id && *how == outcome && found.contains(words));
    assert!(named, "{id}\n{}", report.text());
}

#[test]
fn session_that_outlives_its_sign_out_fails() {
    for (client, username, _) in each_client() {
        let fault = r#"{"call":"logout","times":null,"fault":{"kind":"status","status":200}}"#;
        let report = examine_with(client, username, fault);
        assert_found(
            &report,
            "staff.logout.ends",
            Outcome::Fail,
            "it is accepted as a session",
        );
    }
}

#[test]
fn refused_sign_out_never_passes_as_the_end_of_the_session() {
    for (client, username, probe) in each_client() {
        let refused = r#"{"call":"logout","times":null,"fault":{"kind":"status","status":401}}"#;
        let report = examine_with(client.clone(), username, refused);
        assert_found(&report, "staff.logout", Outcome::Fail, "status 401");
        // The session lives on, and is found to do so.
        assert_found(
            &report,
            "staff.logout.ends",
            Outcome::Fail,
            "it is accepted as a session",
        );
        // The probe is refused, too, after the sign-out. The probes before it are of made-up sessions, one from
        // another origin among them, and of the one that has just begun.
        let before = match client {
            StaffClient::SpiceV2Web => 6,
            _ => 5,
        };
        let both = format!(
            r#"{refused},{{"call":"{probe}","times":{before},"fault":{{"kind":"delay","ms":0}}}},
            {{"call":"{probe}","times":null,"fault":{{"kind":"status","status":401}}}}"#
        );
        let report = examine_with(client, username, &both);
        assert_found(
            &report,
            "staff.logout.ends",
            Outcome::Warn,
            "cannot be told: the sign-out itself failed",
        );
    }
}

#[test]
fn session_refused_from_the_start_fails_and_its_end_cannot_be_told() {
    for (client, username, probe) in each_client() {
        let refused = format!(
            r#"{{"call":"{probe}","times":null,"fault":{{"kind":"status","status":401}}}}"#
        );
        let report = examine_with(client, username, &refused);
        assert_found(
            &report,
            "staff.validate.session",
            Outcome::Fail,
            "status 401",
        );
        assert_found(
            &report,
            "staff.logout.ends",
            Outcome::Warn,
            "cannot be told: no validation of the session succeeded",
        );
    }
}

#[test]
fn session_of_another_person_fails() {
    let fault = r#"{"call":"profile","times":null,"fault":{"kind":"status","status":200,"contentType":"application/json","body":"{\"entity\":{\"id\":987,\"username\":\"other@example.org\"}}"}}"#;
    for (client, username, probe) in each_client() {
        if probe == "profile" {
            let report = examine_with(client, username, fault);
            assert_found(
                &report,
                "staff.validate.session",
                Outcome::Fail,
                "names another person",
            );
            assert!(!report.text().contains("other@example.org"));
        }
    }
}

#[test]
fn probe_without_its_preflight_fails() {
    let fault = r#"{"call":"preflight","times":1,"fault":{"kind":"delay","ms":0}},
        {"call":"preflight","times":1,"fault":{"kind":"status","status":403}}"#;
    for (client, username, _) in each_client() {
        let report = examine_with(client, username, fault);
        assert_found(
            &report,
            "staff.cors.preflight-probe",
            Outcome::Fail,
            "(OPTIONS) got status 403",
        );
        assert_eq!(findings(&report).len(), 1, "{}", report.text());
    }
}

#[test]
fn user_whose_response_is_too_large_is_named_as_such() {
    let spice_1 = StaffClient::SpiceV1("spice mobile".to_owned());
    for (client, username, id, words) in [
        (
            spice_1.clone(),
            "big-90@example.org",
            "staff.session.sign-in",
            "longer than the 8,192 bytes",
        ),
        (
            spice_1,
            "big-1000@example.org",
            "staff.session.sign-in",
            "status 200 but is not a sign-in",
        ),
        (
            StaffClient::SpiceV2Web,
            "big-roles@example.org",
            "staff.session.cookie-length",
            "more than 4,096",
        ),
    ] {
        let server = start();
        let report = examine(&Plan {
            patient: None,
            clients: vec![client],
            credentials: staff_credentials(username, "Horizon-7 é"),
            ..plan(&server.url())
        });
        assert_found(&report, id, Outcome::Fail, words);
    }
}

#[test]
fn sign_in_at_the_same_moment_as_another_is_repeated_as_the_portal_does() {
    let server = start();
    control(&server, "PUT", "outage", r#"{"part":"race"}"#);
    let report = examine(&Plan {
        patient: None,
        credentials: staff_credentials("nurse@example.org", "Horizon-7 é"),
        ..plan(&server.url())
    });
    assert_eq!(findings(&report), [], "{}", report.text());
    let failed = wire(&server)
        .iter()
        .filter(|entry| entry["status"] == 500)
        .count();
    assert_eq!(failed, 1);
}

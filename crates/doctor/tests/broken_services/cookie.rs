//! The doctor against SPICE 2.0, whose session is a cookie.

use contract::staff::StaffClient;
use doctor::credentials::{Credentials, names};
use doctor::report::Outcome;
use doctor::{Plan, examine};

use crate::support::{control, findings, plan, start};

/// A plan for SPICE 2.0 with its web client.
fn plan_2(url: &str) -> Plan {
    let known = Credentials::read(|name| match name {
        names::USERNAME => Ok("isatu.web@spice.mdt".to_owned()),
        names::PASSWORD => Ok("Freetown-26!".to_owned()),
        _ => Err(std::env::VarError::NotPresent),
    });
    Plan {
        patient: None,
        client: StaffClient::SpiceV2Web,
        credentials: known.unwrap(),
        ..plan(url)
    }
}

#[test]
fn cookie_session_of_spice_2_passes_all_checks() {
    let server = start();
    let report = examine(&plan_2(&server.url()));
    assert_eq!(findings(&report), [], "{}", report.text());
    for id in [
        "staff.session.cookie",
        "staff.logout.cookie",
        "staff.logout.ends",
    ] {
        assert!(report.checks().iter().any(|check| check.id == id), "{id}");
    }
    let found = report.text() + &report.json().unwrap();
    for secret in ["isatu", "Freetown", "AuthCookie=", "Isatu"] {
        assert!(!found.contains(secret), "{secret} in {found}");
    }
}

#[test]
fn each_fault_of_a_cookie_session_has_its_finding() {
    let too_long = format!(
        r#"{{"call":"session","times":null,"fault":{{"kind":"headers","set":{{"Set-Cookie":"AuthCookie={}; HttpOnly; Secure; SameSite=None; Domain=example"}}}}}}"#,
        "x".repeat(4_100)
    );
    for (fault, id, outcome, words) in [
        (
            r#"{"call":"session","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Origin":"*"}}}"#,
            "staff.cors.sign-in",
            Outcome::Fail,
            "the origin *, which browsers reject with a cookie",
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
            "does not allow the header tenantid",
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
            r#"{"call":"profile","times":null,"fault":{"kind":"status","status":200}}"#,
            "staff.validate.no-session",
            Outcome::Fail,
            "validation with a made-up cookie succeeded",
        ),
        (
            r#"{"call":"session","times":null,"fault":{"kind":"headers","set":{"Set-Cookie":"AuthCookie=x; HttpOnly; Secure; SameSite=None; Domain=spice.example"}}}"#,
            "staff.session.cookie",
            Outcome::Fail,
            "is for spice.example, and the portal's host is portal.example",
        ),
        (
            too_long.as_str(),
            "staff.session.cookie",
            Outcome::Fail,
            "longer than 4,096 characters",
        ),
    ] {
        let server = start();
        control(&server, "PUT", "faults", &format!("[{fault}]"));
        let report = examine(&plan_2(&server.url()));
        let named = findings(&report)
            .into_iter()
            .any(|(name, how, found)| name == id && how == outcome && found.contains(words));
        assert!(named, "{fault}\n{}", report.text());
        assert!(!report.text().contains("AuthCookie=x"));
    }
}

//! The doctor against SPICE 2.0, whose session is a cookie.

use contract::staff::StaffClient;
use doctor::report::Outcome;
use doctor::{Plan, examine};
use sandbox::{Environment, Options, Running, Sandbox};

use crate::support::{control, findings, plan, staff_credentials, start};

/// A plan for SPICE 2.0 with its web client, at another site than the portal's.
fn plan_2(url: &str) -> Plan {
    Plan {
        patient: None,
        clients: vec![StaffClient::SpiceV2Web],
        credentials: staff_credentials("isatu.web@spice.mdt", "Freetown-26!"),
        ..plan(url)
    }
}

/// The same plan for a service on the portal's own origin.
fn plan_of_own_origin(server: &Running) -> Plan {
    Plan {
        origin: Some(server.url()),
        ..plan_2(&server.url())
    }
}

/// A fault that sets this cookie at sign-in.
fn sets(cookie: &str) -> String {
    format!(
        r#"{{"call":"session","times":null,"fault":{{"kind":"headers","set":{{"Set-Cookie":"{cookie}"}}}}}}"#
    )
}

/// The findings about the cookie of a sign-in, of a sandbox that sets this one.
fn cookie_findings(own_origin: bool, cookie: &str) -> Vec<(String, Outcome, String)> {
    let server = if own_origin {
        Sandbox::start(Options::default()).unwrap()
    } else {
        start()
    };
    control(&server, "PUT", "faults", &format!("[{}]", sets(cookie)));
    let plan = if own_origin {
        plan_of_own_origin(&server)
    } else {
        plan_2(&server.url())
    };
    let report = examine(&plan);
    assert!(!report.text().contains("AuthCookie=x"));
    let findings = findings(&report).into_iter();
    findings
        .filter_map(|(id, outcome, found)| {
            let name = id.strip_prefix("staff.session.cookie-")?.to_owned();
            Some((name, outcome, found))
        })
        .collect()
}

#[test]
fn cookie_session_of_spice_2_at_another_site_passes_all_checks() {
    let server = start();
    let report = examine(&plan_2(&server.url()));
    assert_eq!(findings(&report), [], "{}", report.text());
    for id in [
        "staff.cors.preflight-probe",
        "staff.cors.preflight-logout",
        "staff.session.cookie",
        "staff.session.cookie-http-only",
        "staff.session.cookie-secure",
        "staff.session.cookie-domain",
        "staff.session.cookie-same-site",
        "staff.session.cookie-length",
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
            "staff.cors.preflight-logout",
            Outcome::Fail,
            "does not allow the header client, tenantid",
        ),
        (
            r#"{"call":"session","times":null,"fault":{"kind":"headers","remove":["Set-Cookie"]}}"#,
            "staff.session.cookie",
            Outcome::Fail,
            "sets no AuthCookie",
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
    ] {
        let server = start();
        control(&server, "PUT", "faults", &format!("[{fault}]"));
        let report = examine(&plan_2(&server.url()));
        let named = findings(&report)
            .into_iter()
            .any(|(name, how, found)| name == id && how == outcome && found.contains(words));
        assert!(named, "{fault}\n{}", report.text());
    }
}

#[test]
fn each_flaw_of_a_cookie_is_a_finding_of_its_own() {
    let found = cookie_findings(false, "AuthCookie=x; Path=/; Domain=spice.example");
    let names: Vec<_> = found
        .iter()
        .map(|(name, outcome, _)| (name.as_str(), *outcome))
        .collect();
    assert_eq!(
        names,
        [
            ("http-only", Outcome::Fail),
            ("secure", Outcome::Fail),
            ("domain", Outcome::Fail),
            ("same-site", Outcome::Fail),
        ]
    );
    let long = "x".repeat(5_000);
    let found = cookie_findings(true, &format!("AuthCookie={long}"));
    assert_eq!(found.len(), 4, "{found:?}");
    let found = cookie_findings(
        true,
        "AuthCookie=x; Path=/; Secure; HttpOnly; SameSite=Strict",
    );
    assert_eq!(found, []);
}

#[test]
fn foreign_domain_of_a_cookie_is_named_beside_the_host() {
    for (own_origin, whose) in [(true, "portal"), (false, "service")] {
        let found = cookie_findings(
            own_origin,
            "AuthCookie=x; Path=/; Secure; HttpOnly; SameSite=Strict; Domain=.Spice.example",
        );
        let words =
            format!("for spice.example, SPICE's DOMAIN_NAME, and the {whose}'s host is 127.0.0.1");
        assert!(
            found.iter().any(|(name, outcome, found)| name == "domain"
                && *outcome == Outcome::Fail
                && found.contains(&words)),
            "{found:?}"
        );
    }
    let found = cookie_findings(
        true,
        "AuthCookie=x; Path=/; Secure; HttpOnly; SameSite=Strict; Domain=127.0.0.1",
    );
    assert_eq!(found, []);
}

#[test]
fn same_site_none_is_right_at_another_site_only() {
    for (own_origin, same_site, finding) in [
        (true, "SameSite=Strict", None),
        (true, "SameSite=None", Some((Outcome::Warn, "Strict"))),
        (true, "SameSite=Lax", Some((Outcome::Warn, "Strict"))),
        (false, "SameSite=None", None),
        (false, "SameSite=Strict", Some((Outcome::Fail, "None"))),
        (false, "SameSite=Lax", Some((Outcome::Fail, "None"))),
    ] {
        let cookie = format!("AuthCookie=x; Path=/; Secure; HttpOnly; {same_site}");
        let found = cookie_findings(own_origin, &cookie);
        match (found.as_slice(), finding) {
            ([], None) => {}
            ([(name, outcome, found)], Some((wanted, value))) => {
                assert_eq!((name.as_str(), *outcome), ("same-site", wanted));
                let words = format!("does not have SameSite={value}");
                assert!(found.contains(&words), "{found}");
            }
            (found, _) => panic!("{own_origin} {same_site}: {found:?}"),
        }
    }
}

#[test]
fn same_site_none_is_never_advised_on_the_portal_s_own_origin() {
    for environment in [Environment::Prod, Environment::Dev] {
        let mut options = Options::default();
        options.staff.environment = environment;
        let server = Sandbox::start(options).unwrap();
        let report = examine(&plan_of_own_origin(&server));
        let checks = report.checks().iter();
        let advice: Vec<_> = checks.filter_map(|check| check.advice.as_ref()).collect();
        assert!(!advice.iter().any(|advice| advice.contains("SameSite=None")));
        let count = findings(&report).len();
        assert_eq!(count, usize::from(environment == Environment::Dev));
    }
}

#[test]
fn same_site_none_without_secure_is_dropped() {
    let found = cookie_findings(false, "AuthCookie=x; Path=/; HttpOnly; SameSite=None");
    let [(name, Outcome::Fail, found)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(name, "secure");
    assert!(found.contains("SameSite=None without Secure: browsers drop it"));
}

#[test]
fn length_of_a_cookie_is_that_of_name_and_value() {
    let longest = 4_096 - "AuthCookie".len();
    let cookie = |length: usize| {
        format!(
            "AuthCookie={}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=7200",
            "x".repeat(length)
        )
    };
    assert_eq!(cookie_findings(true, &cookie(longest)), []);
    let found = cookie_findings(true, &cookie(longest + 1));
    let [(name, Outcome::Fail, found)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(name, "length");
    assert!(
        found.contains("4097 characters, more than 4,096"),
        "{found}"
    );
}

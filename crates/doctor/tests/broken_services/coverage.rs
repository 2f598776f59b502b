//! Each check of the table has a service that passes it, and one that does not.

use std::collections::BTreeSet;

use contract::staff::StaffClient;
use doctor::checks::CHECKS;
use doctor::report::{Outcome, Report};
use doctor::{Plan, examine};
use sandbox::Running;

use crate::support::{control, plan, start};
use crate::{assumptions, faults};

/// Faults that no other table of these tests has, or whose absence only a header announces.
const OTHERS: [&str; 10] = [
    r#"{"call":"exists","times":null,"fault":{"kind":"headers","set":{"Access-Control-Expose-Headers":"Retry-After","RateLimit":"1"}}},
       {"call":"session","times":null,"fault":{"kind":"headers","set":{"Access-Control-Expose-Headers":"Authorization, Retry-After","RateLimit":"1"}}}"#,
    r#"{"call":"session","times":null,"fault":{"kind":"headers","set":{"Date":"Sun, 06 Nov 1994 08:49:37 GMT","Content-Type":"text/html"}}},
       {"call":"exists","times":null,"fault":{"kind":"headers","set":{"Content-Type":"text/html"}}}"#,
    r#"{"call":"session","times":null,"fault":{"kind":"dropBefore"}}"#,
    r#"{"call":"exists","times":null,"fault":{"kind":"noCors"}}"#,
    r#"{"call":"login","times":null,"fault":{"kind":"noCors"}}"#,
    r#"{"call":"login","times":null,"fault":{"kind":"status","status":200,"contentType":"application/json","body":"{\"fileNo\":\"1\"}"}}"#,
    r#"{"call":"exists","times":null,"fault":{"kind":"status","status":200,"contentType":"application/json","body":"false"}}"#,
    r#"{"call":"verify","times":null,"fault":{"kind":"status","status":200,"contentType":"application/json","body":"{\"fileNo\":\"1\"}"}}"#,
    r#"{"call":"session","times":null,"fault":{"kind":"status","status":429}}"#,
    r#"{"call":"logout","times":null,"fault":{"kind":"headers","remove":["Set-Cookie"]}},
       {"call":"session","times":null,"fault":{"kind":"headers","set":{"Authorization":"Bearer x"}}}"#,
];

/// The plans of one sandbox: for each version, with and without a lookup of patients, on both sides of CORS.
fn plans(server: &Running) -> Vec<Plan> {
    let mut plans = vec![plan(&server.url())];
    plans.push(Plan {
        origin: None,
        staff: None,
        check_exists: false,
        one_time_code: Some(true),
        ..plan(&server.url())
    });
    plans.push(Plan {
        staff: None,
        check_exists: false,
        ..plan(&server.url())
    });
    plans.push(Plan {
        patient: None,
        origin: None,
        clients: vec![StaffClient::SpiceV2Web],
        credentials: crate::support::staff_credentials("isatu.web@spice.mdt", "Freetown-26!"),
        ..plan(&server.url())
    });
    plans.push(Plan {
        origin: Some(server.url()),
        ..plan(&server.url())
    });
    plans
}

#[test]
fn each_check_has_a_service_that_passes_it_and_one_that_does_not() {
    let mut reports: Vec<Report> = assumptions::CASES.iter().map(assumptions::run).collect();
    let mut with_fault = |fault: &str, count: usize| {
        let server = start();
        for plan in plans(&server).into_iter().take(count) {
            control(&server, "PUT", "faults", &format!("[{fault}]"));
            reports.push(examine(&plan));
        }
    };
    with_fault("", usize::MAX);
    for fault in OTHERS {
        with_fault(fault, usize::MAX);
    }
    for (fault, ..) in faults::CASES {
        if !fault.contains("delay") {
            with_fault(fault, 1);
        }
    }
    let mut seen = BTreeSet::new();
    for check in reports.iter().flat_map(Report::checks) {
        seen.insert((check.id.as_str(), check.outcome == Outcome::Pass));
    }
    // Without a trusted certificate nothing is reachable, which is the check that fails (`authority.rs`); the
    // gateway's is in `gateway.rs`, those of the configuration in `command_line/configuration.rs`.
    let elsewhere = [
        "patient.tls",
        "staff.tls",
        "portal.gateway",
        "portal.notice",
        "portal.onward-cookie",
    ];
    let mut missing = Vec::new();
    for check in CHECKS {
        for of in check.of {
            let id = format!("{of}.{}", check.name);
            for passes in [true, false] {
                if !seen.contains(&(id.as_str(), passes)) && !elsewhere.contains(&id.as_str()) {
                    missing.push((id.clone(), passes));
                }
            }
        }
    }
    assert_eq!(missing, []);
}

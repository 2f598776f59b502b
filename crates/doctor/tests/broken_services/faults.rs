//! The doctor's finding for each fault of a service.

use std::time::Duration;

use doctor::examine;
use doctor::report::Outcome;

use crate::support::{assert_no_personal_data, control, findings, plan, start};

/// A fault and its finding: the check, its outcome, and a part of the sentence.
pub type Case = (&'static str, &'static str, Outcome, &'static str);

pub const CASES: [Case; 22] = [
    // A wrong status for an unknown phone.
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"status","status":404,"contentType":"application/json","body":"{\"message\":\"Not found\"}"}}"#,
        "patient.exists.unknown",
        Outcome::Fail,
        "status 404, which is not documented",
    ),
    // Every phone is known.
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"status","status":200,"contentType":"application/json","body":"true"}}"#,
        "patient.exists.malformed",
        Outcome::Fail,
        "without a phone returned true",
    ),
    // A proxy's HTML page.
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"status","status":200,"contentType":"text/html","body":"<!doctype html>"}}"#,
        "patient.exists.unknown",
        Outcome::Fail,
        "the body of the response is not JSON",
    ),
    (
        r#"{"call":"login","times":null,"fault":{"kind":"headers","set":{"Content-Type":"text/html"}}}"#,
        "patient.login.type",
        Outcome::Warn,
        "the JSON response has the type text/html",
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
        "not JSON, or is incomplete",
    ),
    (
        r#"{"call":"login","times":null,"fault":{"kind":"shortBody"}}"#,
        "patient.login.record",
        Outcome::Fail,
        "the response is incomplete",
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
        "status 307, a redirect",
    ),
    // The identifier is ignored.
    (
        r#"{"call":"login","times":null,"fault":{"kind":"status","status":200,"contentType":"application/json","body":"{\"fileNo\":\"1\"}"}}"#,
        "patient.login.wrong-identifier",
        Outcome::Fail,
        "a wrong identifier returned the test patient's record",
    ),
    // The status reveals the phones of patients.
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
        "the connection closed before a response",
    ),
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"delay","ms":4000}}"#,
        "patient.reachable",
        Outcome::Fail,
        "no complete response within",
    ),
    (
        r#"{"call":"preflight","times":null,"fault":{"kind":"status","status":405}}"#,
        "staff.cors.preflight",
        Outcome::Fail,
        "(OPTIONS) got status 405",
    ),
    (
        r#"{"call":"preflight","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Headers":"*"}}}"#,
        "staff.cors.preflight-logout",
        Outcome::Fail,
        "does not allow the header authorization",
    ),
    (
        r#"{"call":"preflight","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Headers":"content-type, authorization, tenantid"}}}"#,
        "staff.cors.preflight",
        Outcome::Fail,
        "does not allow the header client",
    ),
    (
        r#"{"call":"session","times":null,"fault":{"kind":"headers","remove":["Access-Control-Expose-Headers"]}}"#,
        "staff.cors.authorization",
        Outcome::Fail,
        "does not expose the Authorization header",
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
        "status 401 without a body",
    ),
    (
        r#"{"call":"logout","times":null,"fault":{"kind":"status","status":200}}"#,
        "staff.logout.ends",
        Outcome::Fail,
        "it is accepted as a session",
    ),
    (
        r#"{"call":"validate","times":null,"fault":{"kind":"status","status":200}}"#,
        "staff.validate.no-session",
        Outcome::Fail,
        "it is accepted as a session",
    ),
];

#[test]
fn each_fault_of_a_service_has_its_finding() {
    for (fault, id, outcome, words) in CASES {
        let server = start();
        control(&server, "PUT", "faults", &format!("[{fault}]"));
        let mut plan = plan(&server.url());
        if fault.contains("delay") {
            plan.timeout = Duration::from_secs(1);
        }
        let report = examine(&plan);
        let named = findings(&report)
            .into_iter()
            .any(|(name, how, found)| name == id && how == outcome && found.contains(words));
        assert!(named, "{fault}\n{}", report.text());
        let worst = report.outcome();
        assert!(worst >= outcome, "{fault}: {worst:?}");
        assert_no_personal_data(&report, &server);
        // The other service, which has no fault, has no finding.
        let other = if id.starts_with("patient") {
            "staff"
        } else {
            "patient"
        };
        let shared = fault.contains("preflight");
        assert!(
            shared
                || !findings(&report)
                    .iter()
                    .any(|(id, ..)| id.starts_with(other)),
            "{fault}\n{}",
            report.text()
        );
    }
}

//! Each fault, one at a time.

use std::time::Duration;

use doctor::examine;
use doctor::report::Outcome;

use crate::support::{complaints, control, is_discreet, plan, start};

/// A fault, and what must be said of it: the check, how it ends, and a piece of the sentence.
type Case = (&'static str, &'static str, Outcome, &'static str);

const CASES: [Case; 22] = [
    // A wrong status for a phone that nobody has.
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"status","status":404,"contentType":"application/json","body":"{\"message\":\"Not found\"}"}}"#,
        "patient.exists.unknown",
        Outcome::Fail,
        "status 404, which no document explains",
    ),
    // Everybody exists.
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"status","status":200,"contentType":"application/json","body":"true"}}"#,
        "patient.exists.malformed",
        Outcome::Fail,
        "without a phone is answered with yes",
    ),
    // A proxy's page.
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"status","status":200,"contentType":"text/html","body":"<!doctype html>"}}"#,
        "patient.exists.unknown",
        Outcome::Fail,
        "the body is not JSON",
    ),
    (
        r#"{"call":"login","times":null,"fault":{"kind":"headers","set":{"Content-Type":"text/html"}}}"#,
        "patient.login.type",
        Outcome::Warn,
        "JSON comes as text/html",
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
        "not JSON, or not all of it",
    ),
    (
        r#"{"call":"login","times":null,"fault":{"kind":"shortBody"}}"#,
        "patient.login.record",
        Outcome::Fail,
        "broke off",
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
        "status 307: a redirect",
    ),
    // The identifier is not looked at.
    (
        r#"{"call":"login","times":null,"fault":{"kind":"status","status":200,"contentType":"application/json","body":"{\"fileNo\":\"1\"}"}}"#,
        "patient.login.wrong-identifier",
        Outcome::Fail,
        "record came for a wrong identifier",
    ),
    // Which phones belong to patients can be told from the status.
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
        "the connection closed before an answer came",
    ),
    (
        r#"{"call":"exists","times":null,"fault":{"kind":"delay","ms":4000}}"#,
        "patient.reachable",
        Outcome::Fail,
        "no complete answer within",
    ),
    (
        r#"{"call":"preflight","times":null,"fault":{"kind":"status","status":405}}"#,
        "staff.cors.preflight",
        Outcome::Fail,
        "(OPTIONS) is answered 405",
    ),
    (
        r#"{"call":"preflight","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Headers":"*"}}}"#,
        "staff.cors.preflight-session",
        Outcome::Fail,
        "authorization is not allowed",
    ),
    (
        r#"{"call":"preflight","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Headers":"content-type, authorization, tenantid"}}}"#,
        "staff.cors.preflight",
        Outcome::Fail,
        "the header client is not allowed",
    ),
    (
        r#"{"call":"session","times":null,"fault":{"kind":"headers","remove":["Access-Control-Expose-Headers"]}}"#,
        "staff.cors.authorization",
        Outcome::Fail,
        "may not read the Authorization header",
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
        "401 without a body",
    ),
    (
        r#"{"call":"logout","times":null,"fault":{"kind":"status","status":200}}"#,
        "staff.logout.ends",
        Outcome::Fail,
        "is taken for a session",
    ),
    (
        r#"{"call":"validate","times":null,"fault":{"kind":"status","status":200}}"#,
        "staff.validate.no-session",
        Outcome::Fail,
        "is taken for a session",
    ),
];

#[test]
fn each_fault_is_named() {
    for (fault, id, outcome, words) in CASES {
        let server = start();
        control(&server, "PUT", "faults", &format!("[{fault}]"));
        let mut plan = plan(&server.url());
        if fault.contains("delay") {
            plan.timeout = Duration::from_secs(1);
        }
        let report = examine(&plan);
        let named = complaints(&report)
            .into_iter()
            .any(|(found, how, said)| found == id && how == outcome && said.contains(words));
        assert!(named, "{fault}\n{}", report.text());
        let worst = report.outcome();
        assert!(worst >= outcome, "{fault}: {worst:?}");
        is_discreet(&report, &server);
        // What is not broken is not complained of: the other service, above all.
        let other = if id.starts_with("patient") {
            "staff"
        } else {
            "patient"
        };
        let shared = fault.contains("preflight");
        assert!(
            shared
                || !complaints(&report)
                    .iter()
                    .any(|(id, ..)| id.starts_with(other)),
            "{fault}\n{}",
            report.text()
        );
    }
}

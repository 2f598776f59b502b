//! Checks of two real services against their contract: each check reports whether the portal works
//! with the response, and what to change if not.
//!
//! Responses are read by the portal's own readers, so that both agree. Nothing is changed for good: the
//! checks use unknown people, send one wrong password at most, and end the session they open. The report
//! never contains personal data, tokens or hashes: of a response it repeats statuses, names of headers
//! and media types only.
//!
//! [`http`] sends the requests, a module for each service has the checks, and [`report`] the results.

#![forbid(unsafe_code)]

pub mod checks;
pub mod credentials;
pub mod explain;
pub mod gateway;
pub mod http;
pub mod portal_config;
pub mod report;
pub mod roots;

mod cookie;
mod cors;
mod date_header;
mod finding;
mod media_type;
mod patient;
mod plan;
pub mod prometheus;
mod rate_limit;
mod reachability;
mod site;
mod staff;

pub use plan::Plan;

use config::BaseUrl;
use http::Client;
use report::Report;

/// Runs all checks that the plan allows.
pub fn examine(plan: &Plan) -> Report {
    let mut report = Report::default();
    if let Some(address) = &plan.portal {
        gateway::check(&client(plan, address), &mut report.section("portal"));
    }
    if let Some(address) = &plan.patient {
        let client = client(plan, address);
        patient::examine(plan, &client, &mut report.section("patient"));
    }
    if let Some(address) = &plan.staff {
        staff::examine(plan, &client(plan, address), &mut report);
    }
    report
}

/// Signs the test people in and out, as a probe for every few minutes: no call fails where the services work,
/// none is one too many, and nobody gets a message. So a test user is signed in with the first client only,
/// and a test patient only where the service sends no one-time code.
///
/// # Errors
/// A message, if there is no account to sign in.
pub fn probe(plan: &Plan) -> Result<Report, String> {
    let mut report = Report::default();
    let known = &plan.credentials;
    let sends_code = plan.one_time_code == Some(true);
    if let (Some(address), Some(known), false) = (&plan.patient, &known.patient, sends_code) {
        let client = client(plan, address);
        patient::probe(plan, &client, known, &mut report.section("patient"));
    }
    if let (Some(address), Some(known)) = (&plan.staff, &known.staff) {
        staff::probe(plan, &client(plan, address), known, &mut report);
    }
    if report.checks().is_empty() {
        return Err("there is no account to sign in: see the environment in --help".to_owned());
    }
    Ok(report)
}

fn client(plan: &Plan, address: &BaseUrl) -> Client {
    Client::new(address, plan.origin.as_deref(), &plan.roots, plan.timeout)
}

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
pub mod configuration;
pub mod credentials;
pub mod explain;
pub mod gateway;
pub mod http;
pub mod portal_config;
pub mod record;
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
use record::Recorder;
use recording::Scrubber;
use report::Report;
use std::rc::Rc;

/// What the doctor makes up: with it in a recording, that answers the doctor, too.
const MADE_UP: [&str; 4] = [
    patient::UNKNOWN_PHONE,
    patient::UNKNOWN_NATIONAL_ID,
    patient::UNKNOWN_CODE_ID,
    staff::UNKNOWN_USER,
];

/// Runs all checks that the plan allows.
pub fn examine(plan: &Plan) -> Report {
    examine_and_record(plan, None)
}

/// Runs all checks that the plan allows, and records each exchange with a service.
pub fn examine_and_record(plan: &Plan, recorder: Option<&Rc<Recorder>>) -> Report {
    let mut report = Report::default();
    configuration::check(&plan.configured, &mut report.section("portal"));
    let client = |address: &BaseUrl| client(plan, address).recorded_by(recorder.cloned());
    if let Some(address) = &plan.portal {
        // The portal is no service: it is not recorded.
        gateway::check(&self::client(plan, address), &mut report.section("portal"));
    }
    if let Some(address) = &plan.patient {
        patient::examine(plan, &client(address), &mut report.section("patient"));
    }
    if let Some(address) = &plan.staff {
        staff::examine(plan, &client(address), &mut report);
    }
    report
}

/// Signs the test people in and out, for a run every few minutes: it sends no wrong password, reaches no rate
/// limit and causes no text message. So it signs the test user in with the first client only, and the test
/// patient only where the service sends no one-time code.
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

/// What was recorded, as JSON lines, with personal details replaced. The words of the portal's configuration
/// stay.
///
/// # Errors
/// A message, when the system has no random numbers.
pub fn recording(plan: &Plan, recorder: &Recorder) -> Result<String, String> {
    let mut scrubber = Scrubber::new().map_err(|error| format!("--record: {error}"))?;
    let clients = plan
        .clients
        .iter()
        .map(contract::staff::StaffClient::as_str);
    let configured = clients.chain([plan.patient_id_type.as_str()]);
    for word in MADE_UP.into_iter().chain(configured) {
        scrubber = scrubber.keep(word);
    }
    if let Some(staff) = &plan.credentials.staff {
        scrubber = scrubber
            .password(staff.hash.as_str(), "<hash of the right password>")
            .password(staff.wrong_hash.as_str(), "<hash of a wrong password>");
    }
    recorder.written(scrubber)
}

//! Walks the contract of the two services from where it stands, and says of each point whether the
//! portal can live with it and what to do if not.
//!
//! It reads answers with the portal's own readers, so that what passes here passes there. It changes
//! nothing that lasts: it asks for people who do not exist, tries one wrong password at most, and ends
//! the session it opens. Nothing of a person, no token and no hash is ever in what it says: the words
//! are its own, and of an answer only statuses, the names of headers and media types are repeated.
//!
//! [`http`] asks, one room for each service knows what to ask, and [`report`] is what comes out.

#![forbid(unsafe_code)]

pub mod credentials;
pub mod http;
pub mod report;

mod clock;
mod cookie;
mod cors;
mod media;
mod patient;
mod plan;
mod rate_limit;
mod reach;
mod reading;
mod staff;

pub use plan::Plan;

use config::BaseUrl;
use http::Client;
use report::Report;

/// Makes all the checks the plan allows for.
pub fn examine(plan: &Plan) -> Report {
    let mut report = Report::default();
    let client = |address: &BaseUrl| Client::new(address, plan.origin.as_deref(), plan.timeout);
    if let Some(address) = &plan.patient {
        patient::examine(plan, &client(address), &mut report.of("patient"));
    }
    if let Some(address) = &plan.staff {
        staff::examine(plan, &client(address), &mut report.of("staff"));
    }
    report
}

//! The recording of a run: each request to a service and its answer, with personal details replaced.

use std::cell::RefCell;
use std::collections::BTreeMap;

use contract::personal::Personal;
use contract::request::Body;
use recording::{Exchange, Request, Scrubber};
use serde_json::value::RawValue;
use ureq::http::HeaderMap;

use crate::http::{HttpResponse, TransportError};
use crate::patient::{UNKNOWN_NATIONAL_ID, UNKNOWN_PHONE};
use crate::plan::Plan;
use crate::staff::UNKNOWN_USER;

/// The people and the `otp_id` that the doctor makes up: with them in it, a recording answers the doctor, too.
const MADE_UP: [&str; 4] = [
    UNKNOWN_PHONE,
    UNKNOWN_NATIONAL_ID,
    UNKNOWN_USER,
    "made-up-by-the-doctor",
];

/// The exchanges of one run. They are in memory, as they came, until [`Recorder::recording`].
#[derive(Default)]
pub struct Recorder {
    exchanges: RefCell<Vec<Exchange>>,
}

impl Recorder {
    /// Adds a request, with the headers that were sent, and its answer or the reason why there is none.
    pub(crate) fn record(
        &self,
        method: &str,
        path: &str,
        headers: &HeaderMap,
        body: &Body,
        response: &Result<HttpResponse, TransportError>,
    ) {
        let mut request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            ..Request::default()
        };
        for (name, value) in headers {
            let is_of_form = matches!(body, Body::Form(_)) && name == "content-type";
            if !is_of_form {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                request.headers.insert(name.to_string(), value);
            }
        }
        match body {
            Body::None => {}
            Body::Json(text) => {
                request.json = RawValue::from_string(text.as_str().to_owned()).ok();
            }
            Body::Form(fields) => {
                let owned = |(name, value): &(&'static str, Personal)| {
                    ((*name).to_owned(), value.as_str().to_owned())
                };
                request.form = Some(fields.iter().map(owned).collect());
            }
        }
        let mut exchanges = self.exchanges.borrow_mut();
        let number = exchanges.len() + 1;
        let mut exchange = Exchange {
            name: format!("{number}: {method} {path}"),
            request,
            status: None,
            headers: Vec::new(),
            body: String::new(),
            json: None,
            was: BTreeMap::new(),
            fault: None,
        };
        let answer = match response {
            Ok(response) => response.body.as_deref().map(|body| (response, body)),
            Err(error) => Err(error),
        };
        match answer {
            Ok((response, body)) => {
                exchange.status = Some(response.status);
                exchange.body = String::from_utf8_lossy(body).into_owned();
                for (name, value) in &response.headers {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    exchange.headers.push((name.to_string(), value));
                }
            }
            Err(error) => exchange.fault = Some(error.to_string()),
        }
        exchanges.push(exchange);
    }

    /// The recording as JSON lines. Of the plan, the words of the portal's configuration stay.
    ///
    /// # Errors
    /// A message, when the system has no random numbers.
    pub fn recording(&self, plan: &Plan) -> Result<String, String> {
        let mut scrubber = Scrubber::new()
            .map_err(|error| format!("--record: {error}"))?
            .keep(plan.client.as_str())
            .keep(&plan.patient_id_type);
        for made_up in MADE_UP {
            scrubber = scrubber.keep(made_up);
        }
        if let Some(staff) = &plan.credentials.staff {
            scrubber = scrubber
                .password(staff.hash.as_str(), "<hash of the right password>")
                .password(staff.wrong_hash.as_str(), "<hash of a wrong password>");
        }
        recording::write(&scrubber.scrub(&self.exchanges.take())).map_err(|error| error.to_string())
    }
}

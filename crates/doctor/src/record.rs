//! The recording of a run: each request to a service and its answer, with personal details replaced.

use std::cell::RefCell;
use std::collections::BTreeMap;

use contract::personal::Personal;
use contract::request::Body;
use recording::{Exchange, Request, Scrubber};
use serde_json::value::RawValue;
use ureq::http::HeaderMap;

/// An answer as it came.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// The exchanges of one run. They are in memory, as they came, until they are written.
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
        answer: Result<Answer<'_>, String>,
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
        match answer {
            Ok(answer) => {
                exchange.status = Some(answer.status);
                exchange.body = String::from_utf8_lossy(answer.body).into_owned();
                for (name, value) in answer.headers {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    exchange.headers.push((name.to_string(), value));
                }
            }
            Err(reason) => exchange.fault = Some(reason),
        }
        exchanges.push(exchange);
    }

    /// The exchanges as JSON lines, without personal details.
    pub(crate) fn written(&self, scrubber: Scrubber) -> Result<String, String> {
        let exchanges = scrubber.scrub(&self.exchanges.take());
        recording::write(&exchanges).map_err(|error| error.to_string())
    }
}

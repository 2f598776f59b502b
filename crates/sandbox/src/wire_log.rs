//! The record of requests to the services, in order, so that tests can assert exactly what a portal
//! sent, and how often.

use crate::request::BufferedRequest;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Instant;

/// The number of entries kept; the oldest are removed first, since a sandbox may run for days.
const MAX_ENTRIES: usize = 5_000;

/// One request to a service.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    /// The position since the record was last cleared, from 0.
    number: usize,
    /// `exists`, `login`, `verify`, `resend`, `patientLogout`, `session`, `logout`, `validate`, `profile`,
    /// `preflight`, or `unknown`.
    call: &'static str,
    method: String,
    path: String,
    query: Option<String>,
    /// All headers, names in lower case; repeated ones are joined by `, `.
    headers: BTreeMap<String, String>,
    /// The raw body, with U+FFFD for bytes that are not UTF-8.
    body: String,
    /// The fields of a form, when the body is one.
    form: Option<BTreeMap<String, String>>,
    /// The status of the response; `null` until there is one, and for good when either side closed the
    /// connection before.
    status: Option<u16>,
    /// The rule of the documents that the request violated; `null` for none.
    violation: Option<&'static str>,
    /// The fault that was applied to this call.
    fault: Option<&'static str>,
    /// Milliseconds since the server started.
    at_ms: u64,
}

/// The entries, with the state that finds the entry of a response which is still being made.
#[derive(Debug)]
pub(crate) struct WireLog {
    started: Instant,
    entries: Vec<Entry>,
    next: usize,
    /// The number of times the record was cleared; a status for an entry of an earlier generation is
    /// dropped.
    generation: usize,
}

/// Identifies an entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryId {
    generation: usize,
    number: usize,
}

impl WireLog {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            entries: Vec::new(),
            next: 0,
            generation: 0,
        }
    }

    pub(crate) fn record_request(
        &mut self,
        call: &'static str,
        request: &BufferedRequest,
        form: Option<&[(String, String)]>,
        fault: Option<&'static str>,
    ) -> EntryId {
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in &request.headers {
            let text = String::from_utf8_lossy(value.as_bytes());
            headers
                .entry(name.as_str().to_owned())
                .and_modify(|so_far| {
                    so_far.push_str(", ");
                    so_far.push_str(&text);
                })
                .or_insert_with(|| text.into_owned());
        }
        let entry_id = EntryId {
            generation: self.generation,
            number: self.next,
        };
        self.next += 1;
        if self.entries.len() == MAX_ENTRIES {
            self.entries.remove(0);
        }
        self.entries.push(Entry {
            number: entry_id.number,
            call,
            method: request.method.to_string(),
            path: request.uri.path().to_owned(),
            query: request.uri.query().map(str::to_owned),
            headers,
            body: String::from_utf8_lossy(&request.body).into_owned(),
            form: form.map(|fields| fields.iter().cloned().collect()),
            status: None,
            violation: None,
            fault,
            at_ms: u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        });
        entry_id
    }

    pub(crate) fn record_status(&mut self, entry_id: EntryId, status: u16) {
        if let Some(entry) = self.entry(entry_id) {
            entry.status = Some(status);
        }
    }

    pub(crate) fn record_violation(&mut self, entry_id: EntryId, reason: &'static str) {
        if let Some(entry) = self.entry(entry_id) {
            entry.violation = Some(reason);
        }
    }

    fn entry(&mut self, entry_id: EntryId) -> Option<&mut Entry> {
        if entry_id.generation != self.generation {
            return None;
        }
        let latest_first = self.entries.iter_mut().rev();
        latest_first
            .into_iter()
            .find(|entry| entry.number == entry_id.number)
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.next = 0;
        self.generation += 1;
    }

    pub(crate) fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(&self.entries)
    }
}

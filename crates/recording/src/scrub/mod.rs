//! Replacement of personal details, by allow list: what is not a constant of the contract is replaced, in
//! names of unknown keys and headers, too. Shapes stay: length, script, digits, punctuation, presence, order.
//!
//! The same value becomes the same one in all of a recording, whatever its case, its leading zeros and the
//! script of its digits, so that what is compared compares as before; different values become different ones.
//! The replacements are random, so that none can be calculated back.

mod characters;
mod dates;
mod headers;
mod json;
mod random;
mod values;

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::constants;
use crate::exchange::{Exchange, Request};
use dates::DateTime;
use headers::{Headers, in_parts};
use values::Values;

/// Returns `true` for a date that services send for "not known".
pub(crate) fn is_extreme_date(text: &str) -> bool {
    DateTime::parse(text, "").is_some_and(|date| date.is_extreme())
}

/// The replacement of one recording's personal details.
pub struct Scrubber {
    values: Values,
    passwords: Vec<(String, &'static str)>,
}

impl Scrubber {
    /// A scrubber with a random key.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)?;
        Ok(Self::with_key(key))
    }

    /// A scrubber whose replacements the key decides, for tests.
    pub fn with_key(key: [u8; 32]) -> Self {
        Self {
            values: Values::new(key),
            passwords: Vec::new(),
        }
    }

    /// Keeps a word of the installation's configuration, such as its `client`.
    #[must_use]
    pub fn keep(mut self, word: &str) -> Self {
        self.values.keep(word);
        self
    }

    /// Writes the field `password` with this value as a placeholder, such as `<hash of the right password>`.
    #[must_use]
    pub fn password(mut self, hash: &str, placeholder: &'static str) -> Self {
        self.passwords.push((hash.to_owned(), placeholder));
        self
    }

    /// The recording without personal details.
    pub fn scrub(mut self, exchanges: &[Exchange]) -> Vec<Exchange> {
        for exchange in exchanges {
            self.exchange(exchange);
        }
        self.values.collecting = false;
        exchanges
            .iter()
            .map(|exchange| self.exchange(exchange))
            .collect()
    }

    fn exchange(&mut self, exchange: &Exchange) -> Exchange {
        let origin = exchange.request.header("origin");
        let mut headers = Headers {
            values: &mut self.values,
            origin,
            was: BTreeMap::new(),
        };
        let mut request_headers = BTreeMap::new();
        for (name, value) in &exchange.request.headers {
            let (name, value) = headers.replace(name, value);
            request_headers.insert(name, value);
        }
        let mut replaced = Vec::new();
        for (name, value) in &exchange.headers {
            replaced.push(headers.replace(name, value));
        }
        let was = headers.was;
        let (body, json) = self.body(&exchange.body);
        Exchange {
            name: exchange.name.clone(),
            request: self.request(&exchange.request, request_headers),
            status: exchange.status,
            headers: replaced,
            body,
            json: exchange.status.and_then(|_| (!json).then_some(false)),
            was,
            fault: exchange.fault.clone(),
        }
    }

    fn request(&mut self, request: &Request, headers: BTreeMap<String, String>) -> Request {
        let json = request.json.as_ref().and_then(|json| {
            let replaced = json::document(json.get(), &mut self.values)?;
            RawValue::from_string(replaced).ok()
        });
        let path = if constants::is_value(&request.path) {
            request.path.clone()
        } else {
            in_parts(
                &request.path,
                |one| one == '/',
                |part| self.values.text("", part),
            )
        };
        Request {
            method: request.method.clone(),
            path,
            headers,
            form: request.form.as_ref().map(|fields| self.fields(fields)),
            urlencoded: request
                .urlencoded
                .as_ref()
                .map(|fields| self.fields(fields)),
            json,
        }
    }

    fn fields(&mut self, fields: &[(String, String)]) -> Vec<(String, String)> {
        let mut replaced = Vec::new();
        for (name, value) in fields {
            let value = if name == "password" && !value.is_empty() {
                self.values.placeholder("hash", value);
                let known = self.passwords.iter().find(|(hash, _)| hash == value);
                let placeholder = known.map_or("<hash of another password>", |(_, name)| name);
                placeholder.to_owned()
            } else {
                self.values.text(name, value)
            };
            let name = if constants::is_key(name) {
                name.clone()
            } else {
                self.values.text("", name)
            };
            replaced.push((name, value));
        }
        replaced
    }

    /// A body, and `true` if it is JSON.
    fn body(&mut self, body: &str) -> (String, bool) {
        if let Some(json) = json::document(body, &mut self.values) {
            return (json, true);
        }
        if constants::is_value(body.trim()) {
            return (body.to_owned(), false);
        }
        let is_separator = |character: char| !character.is_alphanumeric();
        let replaced = in_parts(body, is_separator, |word| {
            if constants::is_word(word) {
                word.to_owned()
            } else {
                self.values.text("", word)
            }
        });
        (replaced, false)
    }
}

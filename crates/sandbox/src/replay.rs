//! Recorded answers in place of the two services. A request gets the answer to the same recorded one: the
//! same method, path, client, content and session, and among several such the next in the recorded order.

use crate::form::Fields;
use crate::request::BufferedRequest;
use crate::response::BufferedResponse;
use crate::spice::password_hash;
use anyhow::Context;
use axum::http::header::{HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use recording::Exchange;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Headers that belong to one connection, or to the length of the body as it was.
const NOT_REPLAYED: [&str; 5] = [
    "content-length",
    "connection",
    "keep-alive",
    "transfer-encoding",
    "date",
];

const RIGHT: &str = "<hash of the right password>";

const SESSION_COOKIE: &str = "AuthCookie";

/// The password that a replayed recording takes for a wrong one, always. Of the others, the first that a person
/// signs in with is the right one: no recording has the password.
pub(crate) const WRONG_PASSWORD: &str = "wrong";

/// A recording and how far it has been replayed.
#[derive(Debug)]
pub(crate) struct Replay {
    exchanges: Vec<Exchange>,
    /// How often each answer has been served since its session began.
    served: Vec<usize>,
    /// What is served for each placeholder, such as `<token 2>`.
    secrets: BTreeMap<String, String>,
    wrong_hash: String,
    /// The hashes of right passwords, by user name.
    right_hashes: BTreeMap<String, String>,
}

/// What a request gets.
#[derive(Debug)]
pub(crate) enum Replayed {
    Answer(BufferedResponse),
    /// The service gave no answer.
    Silence,
    /// There is no such request in the recording.
    Missing(BufferedResponse),
}

impl Replay {
    pub(crate) fn read(file: &Path, password_key: &str) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let exchanges = recording::read(&text)
            .with_context(|| format!("{} is no recording", file.display()))?;
        let wrong_hash = password_hash(password_key, WRONG_PASSWORD)?;
        Ok(Self {
            served: vec![0; exchanges.len()],
            secrets: secrets(&exchanges),
            exchanges,
            wrong_hash,
            right_hashes: BTreeMap::new(),
        })
    }

    /// Begins the recording anew.
    pub(crate) fn reset(&mut self) {
        self.served.fill(0);
        self.right_hashes.clear();
    }

    /// The people to sign in as.
    pub(crate) fn people(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        let signed_in = |one: &&Exchange| one.status == Some(200) && one.request.method == "POST";
        for exchange in self.exchanges.iter().filter(signed_in) {
            let request = &exchange.request;
            let line = if request.path.ends_with("/customer/login") {
                let json = request.json.as_ref();
                let json: Option<Value> =
                    json.and_then(|json| serde_json::from_str(json.get()).ok());
                json.map(|json| {
                    let text =
                        |key: &str| json.get(key).and_then(Value::as_str).unwrap_or_default();
                    format!(
                        "patient: phone {}, {} {}",
                        text("phone"),
                        text("type"),
                        text("value")
                    )
                })
            } else if request.path.ends_with("/auth-service/session") {
                let form = request.form.as_ref().or(request.urlencoded.as_ref());
                let name = form.and_then(|form| field(form, "username"));
                name.map(|name| {
                    let client = request.header("client").unwrap_or_default();
                    format!(
                        "staff: {name} by client '{client}', any password but '{WRONG_PASSWORD}'"
                    )
                })
            } else {
                None
            };
            lines.extend(line.filter(|line| !lines.contains(line)));
        }
        lines.into_iter().fold(String::new(), |mut text, line| {
            let _ = writeln!(text, "{line}");
            text
        })
    }

    /// The recorded answer to a request.
    pub(crate) fn answer(&mut self, request: &BufferedRequest, form: Option<&Fields>) -> Replayed {
        let same: Vec<usize> = self.positions(|one| is_same_call(&one.request, request));
        let with = |this: &Self, test: &dyn Fn(&Exchange) -> bool| -> Vec<usize> {
            let all = same.iter().copied();
            all.filter(|at| this.exchanges.get(*at).is_some_and(test))
                .collect()
        };
        let content = with(self, &|one| {
            self.has_same_content(&one.request, request, form)
        });
        let session = with(self, &|one| {
            self.has_same_content(&one.request, request, form)
                && self.proof_of_recorded(one) == proof(request)
        });
        let candidates = if session.is_empty() { content } else { session };
        let Some(at) = self.next_of(&candidates) else {
            return Replayed::Missing(missing(request, same.is_empty()));
        };
        self.learn_password(at, form);
        self.serve(at, request)
    }

    /// Keeps the right password of a person who signs in with it.
    fn learn_password(&mut self, at: usize, form: Option<&Fields>) {
        let recorded = self
            .exchanges
            .get(at)
            .and_then(|one| one.request.form.as_ref());
        let is_right = recorded.and_then(|form| field(form, "password")) == Some(RIGHT);
        let given = form.map(|form| (field(form, "username"), field(form, "password")));
        if let Some((Some(username), Some(hash))) = given.filter(|_| is_right) {
            self.right_hashes
                .insert(username.to_owned(), hash.to_owned());
        }
    }

    fn positions(&self, test: impl Fn(&Exchange) -> bool) -> Vec<usize> {
        let numbered = self.exchanges.iter().enumerate();
        numbered
            .filter(|(_, exchange)| test(exchange))
            .map(|(at, _)| at)
            .collect()
    }

    fn has_same_content(
        &self,
        recorded: &recording::Request,
        request: &BufferedRequest,
        form: Option<&Fields>,
    ) -> bool {
        if let Some(fields) = recorded.form.as_ref().or(recorded.urlencoded.as_ref()) {
            return form.is_some_and(|form| self.has_same_fields(fields, form));
        }
        match &recorded.json {
            Some(json) => {
                let found: Option<Value> = serde_json::from_slice(&request.body).ok();
                found.is_some() && found == serde_json::from_str(json.get()).ok()
            }
            None => form.is_none() && request.body.is_empty(),
        }
    }

    fn has_same_fields(&self, recorded: &Fields, form: &Fields) -> bool {
        let right = field(form, "username").and_then(|name| self.right_hashes.get(name));
        let is_right = |hash: &String| {
            *hash != self.wrong_hash && !hash.is_empty() && right.is_none_or(|right| right == hash)
        };
        let is_same =
            |((name, value), (found_name, found)): (&(String, String), &(String, String))| {
                name == found_name
                    && match value.as_str() {
                        "<hash of a wrong password>" => !is_right(found),
                        RIGHT => is_right(found),
                        "<hash of another password>" => !found.is_empty(),
                        value => value == found,
                    }
            };
        recorded.len() == form.len() && recorded.iter().zip(form).all(is_same)
    }

    /// The session that a recorded request was part of, as it is served.
    fn proof_of_recorded(&self, exchange: &Exchange) -> String {
        let request = &exchange.request;
        let cookies = request.header("cookie").unwrap_or_default();
        let proof = proof_of(request.header("authorization").unwrap_or_default(), cookies);
        self.filled(&proof)
    }

    /// The first of these exchanges, or the one after the last that was served. An answer is repeated until
    /// the calls of its session that were recorded before the next one have been made.
    fn next_of(&self, candidates: &[usize]) -> Option<usize> {
        let is_served = |at: &usize| self.served.get(*at).is_some_and(|times| *times > 0);
        let Some(last) = candidates.iter().rposition(is_served) else {
            return candidates.first().copied();
        };
        let current = *candidates.get(last)?;
        let Some(next) = candidates.get(last + 1).copied() else {
            return Some(current);
        };
        let proof = self
            .exchanges
            .get(next)
            .map(|one| self.proof_of_recorded(one))?;
        let mut between = (current + 1..next)
            .filter(|at| {
                let one = self.exchanges.get(*at);
                !proof.is_empty() && one.is_some_and(|one| self.proof_of_recorded(one) == proof)
            })
            .peekable();
        let may_advance = between.peek().is_none() || between.any(|at| is_served(&at));
        Some(if may_advance { next } else { current })
    }

    fn serve(&mut self, at: usize, request: &BufferedRequest) -> Replayed {
        let Some(exchange) = self.exchanges.get(at) else {
            return Replayed::Silence;
        };
        let answer = self.response(exchange, request);
        let begins_session = self.proof_of_recorded(exchange).is_empty();
        let issued: Vec<&String> = self
            .secrets
            .keys()
            .filter(|secret| {
                exchange
                    .headers
                    .iter()
                    .any(|(_, value)| value.contains(*secret))
            })
            .collect();
        if begins_session && !issued.is_empty() {
            let of_session = self.positions(|one| {
                let mut headers = one.request.headers.values();
                headers.any(|value| issued.iter().any(|secret| value.contains(*secret)))
            });
            for at in of_session {
                if let Some(times) = self.served.get_mut(at) {
                    *times = 0;
                }
            }
        }
        if let Some(times) = self.served.get_mut(at) {
            *times += 1;
        }
        answer.map_or(Replayed::Silence, Replayed::Answer)
    }

    /// The recorded answer; `None` where there was none.
    fn response(&self, exchange: &Exchange, request: &BufferedRequest) -> Option<BufferedResponse> {
        let mut response = BufferedResponse::empty(StatusCode::from_u16(exchange.status?).ok()?);
        response.body = exchange.body.clone().into();
        let recorded_origin = exchange.request.header("origin");
        for (name, value) in &exchange.headers {
            let name = name.to_ascii_lowercase();
            if NOT_REPLAYED.contains(&name.as_str()) {
                continue;
            }
            let value = match name.as_str() {
                "access-control-allow-origin" if recorded_origin == Some(value) => {
                    request.header("origin").to_owned()
                }
                "set-cookie" => self.filled(&local_cookie(value)),
                _ => self.filled(value),
            };
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            response
                .headers
                .append(name, HeaderValue::from_str(&value).ok()?);
        }
        Some(response)
    }

    fn filled(&self, text: &str) -> String {
        let mut text = text.replace("<date>", "Thu, 01 Jan 1970 00:00:00 GMT");
        for (placeholder, secret) in &self.secrets {
            text = text.replace(placeholder, secret);
        }
        text
    }
}

fn is_same_call(recorded: &recording::Request, request: &BufferedRequest) -> bool {
    let same_header =
        |name: &str| recorded.header(name).unwrap_or_default() == request.header(name);
    recorded.method == request.method.as_str()
        && recorded.path == request.uri.path()
        && if request.method == Method::OPTIONS {
            same_header("access-control-request-method")
        } else {
            same_header("client")
        }
}

/// What is served for the placeholders of a recording: opaque text, as long as what it stands for.
fn secrets(exchanges: &[Exchange]) -> BTreeMap<String, String> {
    let mut secrets = BTreeMap::new();
    for exchange in exchanges {
        let sent = exchange.request.headers.values();
        let values = sent.chain(exchange.headers.iter().map(|(_, value)| value));
        for placeholder in values.flat_map(|value| placeholders(value)) {
            let (kind, other) = if placeholder.starts_with("<cookie") {
                ("cookie", SESSION_COOKIE.len() + 1)
            } else {
                ("authorization", 0)
            };
            let inner = placeholder.trim_matches(['<', '>']).replace(' ', "-");
            let length = exchange.was.get(kind).copied().unwrap_or_default();
            let length = length.saturating_sub(other).max(inner.len());
            let secret = format!("{inner:-<length$}");
            secrets.entry(placeholder).or_insert(secret);
        }
    }
    secrets
}

/// The placeholders of secrets in the value of a header.
fn placeholders(value: &str) -> Vec<String> {
    let starts = ["<token", "<cookie", "<servlet session", "<proof"];
    let mut found = Vec::new();
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((name, behind)) = after.split_once('>') else {
            break;
        };
        let placeholder = format!("<{name}>");
        if starts.iter().any(|start| placeholder.starts_with(start)) {
            found.push(placeholder);
        }
        rest = behind;
    }
    found
}

/// A cookie for this machine: without the recorded domain and date.
fn local_cookie(cookie: &str) -> String {
    let is_local = |part: &&str| {
        let part = part.trim().to_ascii_lowercase();
        !part.starts_with("domain=") && part != "expires=<date>"
    };
    let parts: Vec<&str> = cookie.split(';').filter(is_local).collect();
    parts.join(";")
}

fn proof(request: &BufferedRequest) -> String {
    proof_of(request.header("authorization"), request.header("cookie"))
}

fn field<'a>(form: &'a Fields, name: &str) -> Option<&'a str> {
    let mut fields = form.iter().filter(|(found, _)| found == name);
    fields.next().map(|(_, value)| value.as_str())
}

/// The session cookie, or else the authorization.
fn proof_of(authorization: &str, cookies: &str) -> String {
    let mut pairs = cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    let cookie = pairs.find(|(name, _)| *name == SESSION_COOKIE);
    cookie.map_or(authorization, |(_, value)| value).to_owned()
}

/// 501 for a request that is not in the recording; without any of its values.
fn missing(request: &BufferedRequest, is_unknown: bool) -> BufferedResponse {
    let mut text = format!(
        "This recording has no answer to {} {}",
        request.method,
        request.uri.path()
    );
    let client = request.header("client");
    if !client.is_empty() {
        let _ = write!(text, " by client '{client}'");
    }
    text += if is_unknown {
        "."
    } else {
        " with this body: sign in as a person of the recording."
    };
    BufferedResponse::message(StatusCode::NOT_IMPLEMENTED, &text)
}

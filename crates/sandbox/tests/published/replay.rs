//! The recorded questions, asked in their order.

use super::common::{Response, call, hash, multipart, sign_in};
use super::compare::differences;
use super::differences::{MEANT, row};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use recording::{Exchange, read};
use sandbox::{Options, Running, Sandbox};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub const PASSWORD: &str = "Horizon-7 é";
const OWN_ORIGIN: &str = "http://127.0.0.1:8080";
const MINUTE: u64 = 60_000;

const FILES: [(&str, &str); 4] = [
    ("spice-1", include_str!("../recordings/spice-1.jsonl")),
    ("spice-2", include_str!("../recordings/spice-2.jsonl")),
    (
        "spice-faults",
        include_str!("../recordings/spice-faults.jsonl"),
    ),
    ("spice-more", include_str!("../recordings/spice-more.jsonl")),
];

/// A sandbox and what it has answered so far.
pub struct Replay {
    pub server: Running,
    settings: Value,
    /// The live values of recorded placeholders, such as `<token 2>`.
    live: BTreeMap<String, String>,
    /// The placeholder of the latest cookie.
    latest_cookie: String,
    latest_token: String,
    /// The time that the clock was moved since the last reset, in milliseconds.
    forwarded: u64,
}

impl Replay {
    /// A sandbox that is one published version: `domain` and `environment` are those of SPICE 2.0.
    pub fn start(version: u8, domain: &str, environment: &str) -> Self {
        let replay = Self {
            server: Sandbox::start(Options::default()).unwrap(),
            settings: json!({
                "version": version, "strict": false, "allowedOrigins": [OWN_ORIGIN],
                "cookieDomain": domain, "environment": environment, "proxyBuffer": 4096,
            }),
            live: BTreeMap::new(),
            latest_cookie: String::new(),
            latest_token: String::new(),
            forwarded: 0,
        };
        replay.set("staff", &replay.settings);
        replay
    }

    fn set(&self, name: &str, value: &Value) {
        let path = format!("/__sandbox/{name}");
        let method = if name == "clock" { "POST" } else { "PUT" };
        let response = call(&self.server, method, &path, &[], value.to_string());
        assert_eq!(response.status, 204, "{response:?}");
    }

    pub fn outage(&self, outage: &Value) {
        self.set("outage", outage);
    }

    pub fn reset(&mut self) {
        call(&self.server, "POST", "/__sandbox/reset", &[], "");
        self.set("staff", &self.settings);
        self.forwarded = 0;
    }

    pub fn forward(&mut self, ms: u64) {
        self.set("clock", &json!({ "forwardMs": ms }));
        self.forwarded += ms;
    }

    pub fn wrong_passwords(&self, client: &str, username: &str, times: usize) {
        for _ in 0..times {
            let response = sign_in(&self.server, Some(client), username, "wrong");
            assert_eq!(response.status, 401);
        }
    }

    fn keep(&mut self, placeholder: &str, response: &Response) {
        let authorization = response.header("authorization").unwrap();
        let token = authorization.strip_prefix("Bearer ").unwrap().to_owned();
        self.live.insert(placeholder.to_owned(), token);
    }

    /// Brings the server into the state that a case begins with.
    fn prepare(&mut self, file: &str, case: &Exchange) {
        let name = case.name.as_str();
        if file == "spice-faults" {
            return self.prepare_fault(name);
        }
        let version = self.settings["version"].as_u64().unwrap();
        let client = if version == 1 { "spice mobile" } else { "mob" };
        if let Some((_, time)) = name.split_once("right password ")
            && name.contains("set back")
        {
            let (hours, minutes) = time.split_once(" h").unwrap().0.split_once(':').unwrap();
            let hours: u64 = hours.parse().unwrap();
            let minutes: u64 = minutes.parse().unwrap();
            self.reset();
            let username = if version == 1 { "lock12" } else { "lock1" };
            self.wrong_passwords(client, &format!("{username}@example.org"), 5);
            self.forward((hours * 60 + minutes) * MINUTE);
        } else if name.contains("three days ago, now wrong try 3") {
            self.reset();
            let username = if version == 1 { "lock12" } else { "lock2" };
            self.wrong_passwords(client, &format!("{username}@example.org"), 2);
            self.forward(3 * 24 * 60 * MINUTE);
        } else if name.contains("after the lock is over: wrong password 1") {
            self.reset();
            self.wrong_passwords(client, "lock1@example.org", 5);
            self.forward(10 * MINUTE);
        } else if name.contains("time is over") && !name.contains("logout") {
            let username = if version == 1 { "nurse" } else { "chw" };
            let username = format!("{username}@example.org");
            let response = sign_in(&self.server, Some(client), &username, PASSWORD);
            self.keep("<token 2>", &response);
            self.forward(121 * MINUTE);
        } else if name == "2: a cookie is held: first person" {
            self.accept_terms("hfa@example.org");
        } else if name.contains("at the same moment, round 2") {
            self.outage(&json!({ "part": "race", "times": 1 }));
        } else if name.contains("sign-in service stopped") {
            self.outage(&json!({ "part": "signInStopped" }));
        } else if name.contains("user service stopped") {
            self.outage(&json!({ "part": "user" }));
        } else if name == "2: lock time: lock1: wrong try 1" {
            self.reset();
        } else if let Some((_, seconds)) = name.split_once("(at +") {
            let seconds: u64 = seconds.split_once(' ').unwrap().0.parse().unwrap();
            self.forward(seconds * 1000 - self.forwarded);
        }
    }

    fn accept_terms(&self, username: &str) {
        let response = sign_in(&self.server, Some("web"), username, PASSWORD);
        let cookie = format!("AuthCookie={}", auth_cookie(&response).unwrap());
        let path = "/user-service/user/terms-and-conditions/update";
        let headers = [("Cookie", cookie.as_str()), ("client", "web")];
        assert_eq!(call(&self.server, "POST", path, &headers, "{}").status, 200);
    }

    fn prepare_fault(&mut self, name: &str) {
        self.reset();
        let first = name.starts_with("1.x");
        let (client, username) = if first {
            ("spice mobile", "nurse@example.org")
        } else {
            ("web", "hfa@example.org")
        };
        let response = sign_in(&self.server, Some(client), username, PASSWORD);
        if first {
            self.keep("<proof>", &response);
        } else {
            let cookie = auth_cookie(&response).unwrap();
            self.live.insert("<proof>".to_owned(), cookie);
        }
        let part = if name.contains("no Redis") {
            "redis"
        } else if name.contains("no database") {
            "database"
        } else {
            "signIn"
        };
        self.outage(&json!({ "part": part, "waitMs": 0 }));
    }

    /// A recorded header with its placeholders replaced.
    fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        let of_cookie = |cookie: &str| {
            let decoded = STANDARD.decode(cookie).unwrap();
            let authorization = String::from_utf8(decoded).unwrap();
            authorization.strip_prefix("Bearer ").unwrap().to_owned()
        };
        if text.contains("<token of the cookie>") {
            text = text.replace("<token of the cookie>", &of_cookie(&self.latest_cookie));
        }
        if text.contains("<token>") {
            // In SPICE 1.x a token with a letter too many, in 2.0 the one in the cookie.
            let token = if self.settings["version"] == 1 {
                format!("{}x", self.latest_token)
            } else {
                of_cookie(&self.latest_cookie)
            };
            text = text.replace("<token>", &token);
        }
        for (placeholder, value) in &self.live {
            text = text.replace(placeholder, value);
        }
        assert!(
            !text.contains('<') || text.contains("<servlet session>"),
            "no live value for {text}"
        );
        text
    }

    /// Asks a recorded question.
    pub fn ask(&self, case: &Exchange) -> Response {
        let request = &case.request;
        let password = |text: &str| {
            text.replace("<hash of the right password>", &hash(PASSWORD))
                .replace("<hash of a wrong password>", &hash("wrong"))
        };
        let mut headers: Vec<(String, String)> = request
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), self.filled(value)))
            .collect();
        let filled = |fields: &[(String, String)]| -> Vec<(String, String)> {
            fields
                .iter()
                .map(|(name, value)| (name.clone(), password(value)))
                .collect()
        };
        let body = if let Some(fields) = &request.form {
            let media_type = "multipart/form-data; boundary=edge".to_owned();
            headers.push(("Content-Type".to_owned(), media_type));
            let fields = filled(fields);
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            multipart(&fields)
        } else if let Some(fields) = &request.urlencoded {
            form_urlencoded::Serializer::new(String::new())
                .extend_pairs(filled(fields))
                .finish()
        } else if let Some(json) = &request.json {
            password(json.get())
        } else {
            String::new()
        };
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        call(&self.server, &request.method, &request.path, &headers, body)
    }

    /// Keeps the live values of an answer's placeholders.
    fn learn(&mut self, case: &Exchange, response: &Response) {
        let recorded = |wanted: &str| {
            case.headers
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case(wanted))
                .find_map(|(_, value)| value.split_once('<')?.1.split_once('>'))
                .map(|(name, _)| format!("<{name}>"))
        };
        if let (Some(placeholder), Some(_)) =
            (recorded("authorization"), response.header("authorization"))
        {
            self.keep(&placeholder, response);
            self.latest_token = self.live[&placeholder].clone();
        }
        let set = case.headers.iter().find_map(|(_, value)| {
            let rest = value.strip_prefix("AuthCookie=<")?;
            Some(format!("<{}>", rest.split_once('>')?.0))
        });
        if let (Some(placeholder), Some(cookie)) = (set, auth_cookie(response)) {
            if case.name.contains(':') && case.request.path.starts_with("/user-service") {
                assert_eq!(self.live[&placeholder], cookie, "the renewed cookie");
            }
            self.latest_cookie.clone_from(&cookie);
            self.live.insert(placeholder, cookie);
        }
    }
}

/// The value of the session cookie that a response sets.
pub fn auth_cookie(response: &Response) -> Option<String> {
    response
        .head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .find_map(|(_, value)| value.strip_prefix("AuthCookie="))
        .map(|rest| rest.split(';').next().unwrap().to_owned())
}

/// The version of a case in a file with both.
fn version(file: &str, case: &Exchange) -> u8 {
    match file {
        "spice-1" => 1,
        "spice-2" => 2,
        _ if case.name.starts_with('1') => 1,
        _ => 2,
    }
}

#[test]
fn recorded_questions_get_the_recorded_answers() {
    let mut unexpected = Vec::new();
    let mut used = BTreeSet::new();
    let mut asked = 0;
    for (file, text) in FILES {
        let (domain, environment) = match file {
            "spice-2" => ("localhost", "dev"),
            "spice-faults" => ("hospital.example", "prod"),
            _ => ("localhost", "prod"),
        };
        let mut replay: Option<(u8, Replay)> = None;
        for case in read(text).unwrap() {
            let version = version(file, &case);
            if replay.as_ref().is_none_or(|(of, _)| *of != version) {
                replay = Some((version, Replay::start(version, domain, environment)));
            }
            let (_, replay) = replay.as_mut().unwrap();
            if case.fault.is_some() {
                // No answer within 30 seconds: the wait is tested in `outages`.
                continue;
            }
            replay.prepare(file, &case);
            let response = replay.ask(&case);
            asked += 1;
            for difference in differences(&case, &response) {
                match row(&case, &difference) {
                    Some(row) => {
                        used.insert(row);
                    }
                    None => unexpected.push(format!("{file}: {}: {difference}", case.name)),
                }
            }
            replay.learn(&case, &response);
        }
    }
    assert!(
        unexpected.is_empty(),
        "{} differences:\n{}",
        unexpected.len(),
        unexpected.join("\n")
    );
    assert_eq!(asked, 430);
    assert_eq!(used.len(), MEANT.len(), "a row of MEANT covers nothing");
}

//! The sandbox: its control API, and its log of requests.

use gloo_net::http::{Request, RequestBuilder};
use serde_json::Value;

pub const fn sandbox() -> &'static str {
    match option_env!("LOGISTRATION_SANDBOX") {
        Some(address) => address,
        None => "http://127.0.0.1:8081",
    }
}

pub async fn tell(request: RequestBuilder, body: Option<String>) -> Vec<u8> {
    let request = match body {
        None => request.build(),
        Some(body) => request.body(body),
    };
    let response = request.unwrap().send().await.unwrap_or_else(|error| {
        panic!(
            "no sandbox answers at {} ({error}): start one by `cargo run --package sandbox -- --port 8081`",
            sandbox()
        );
    });
    let bytes = response.binary().await.unwrap();
    assert!(response.ok(), "{}", String::from_utf8_lossy(&bytes));
    bytes
}

pub fn control(name: &str) -> String {
    format!("{}/__sandbox/{name}", sandbox())
}

/// Resets the sandbox: no faults, no locked accounts, an empty log.
pub async fn reset() {
    tell(Request::post(&control("reset")), None).await;
}

/// Plans these faults for all requests from now on.
pub async fn plan(faults: &[(&str, &str)]) {
    let lines: Vec<_> = faults
        .iter()
        .map(|(call, fault)| format!(r#"{{"call":"{call}","times":null,"fault":{fault}}}"#))
        .collect();
    plan_lines(&lines).await;
}

pub async fn plan_lines(lines: &[String]) {
    let plan = format!("[{}]", lines.join(","));
    tell(Request::put(&control("faults")), Some(plan)).await;
}

/// Log of requests, without preflights.
pub struct Wire(Value);

impl Wire {
    pub async fn read() -> Self {
        let bytes = tell(Request::get(&control("wire")), None).await;
        Self(serde_json::from_slice(&bytes).unwrap())
    }

    pub fn entries(&self) -> Vec<&Value> {
        let all = self.0.as_array().unwrap();
        all.iter()
            .filter(|entry| text(entry, &["call"]) != Some("preflight"))
            .collect()
    }

    pub fn calls(&self) -> Vec<&str> {
        let entries = self.entries();
        let names = entries.into_iter().map(|entry| text(entry, &["call"]));
        names.map(Option::unwrap).collect()
    }
}

pub fn text<'a>(value: &'a Value, path: &[&str]) -> Option<&'a str> {
    path.iter()
        .try_fold(value, |value, key| value.get(key))?
        .as_str()
}

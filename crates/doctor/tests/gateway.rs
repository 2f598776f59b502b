//! The version of the gateways' rules: in the templates of `deploy/`, and as the doctor finds it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::fs;
use std::path::{Path, PathBuf};

use config::BaseUrl;
use contract::request::Method;
use contract::staff::StaffClient;
use doctor::configuration::Configured;
use doctor::credentials::Credentials;
use doctor::gateway::{HEADER, RULES};
use doctor::report::Outcome;
use doctor::roots::Roots;
use doctor::{Plan, examine};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy")
}

/// The files below a folder, with their texts.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if let Ok(text) = fs::read_to_string(&path) {
            let name = path.strip_prefix(deploy()).unwrap_or(&path);
            all.push((name.to_str().unwrap().to_owned(), text));
        }
    }
    all.sort();
    all
}

#[test]
fn every_gateway_of_deploy_sends_the_version_that_the_doctor_knows() {
    let mut sent = Vec::new();
    for (name, text) in files(&deploy()) {
        for line in text.lines().map(str::trim) {
            if let Some((before, after)) = line.split_once(HEADER)
                && !line.starts_with('#')
            {
                let number: String = after
                    .trim()
                    .chars()
                    .take_while(char::is_ascii_digit)
                    .collect();
                assert_eq!(number, RULES.to_string(), "{name}: {before}{HEADER}{after}");
                sent.push(name.clone());
            }
        }
    }
    // Pages and calls, and Caddy's errors.
    assert_eq!(
        sent,
        ["caddy/Caddyfile", "caddy/Caddyfile", "nginx/nginx.conf"]
    );
    // The container, and with it Kubernetes, has the same rules: no other file has a server of its own.
    let container = fs::read_to_string(deploy().join("Containerfile")).unwrap();
    assert!(container.contains("COPY deploy/nginx/nginx.conf "));
    for (name, text) in files(&deploy().join("kubernetes")) {
        assert!(!text.contains("server {"), "{name}");
    }
}

#[test]
fn documentation_names_the_current_version() {
    let text = fs::read_to_string(deploy().join("../docs/operations.md")).unwrap();
    assert!(text.contains(&format!("`{HEADER}: {RULES}`")));
}

/// A server that answers every request so.
fn serve(head: String, body: &'static str) -> BaseUrl {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4_096]);
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\n{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            );
        }
    });
    BaseUrl::parse(&address).unwrap()
}

fn outcome(portal: BaseUrl) -> Option<(Outcome, String)> {
    let report = examine(&Plan {
        portal: Some(portal),
        patient: None,
        staff: None,
        origin: None,
        patient_id_type: "patientId".to_owned(),
        check_exists: true,
        one_time_code: None,
        configured: Configured::default(),
        clients: vec![StaffClient::SpiceV2Web],
        logout_method: Method::Get,
        timeout: Duration::from_secs(20),
        roots: Roots::default(),
        credentials: Credentials::default(),
    });
    let [check] = report.checks() else {
        assert!(report.checks().is_empty());
        return None;
    };
    assert_eq!(check.id, "portal.gateway");
    Some((check.outcome, check.found.clone()))
}

#[test]
fn gateway_that_is_older_than_the_portal_is_a_warning() {
    const PAGE: &str = "<!doctype html><div id=portal></div>";
    for (head, outcome_wanted, words) in [
        (
            format!("{HEADER}: {RULES}\r\n"),
            Outcome::Pass,
            "the portal needs",
        ),
        (
            format!("{HEADER}: {}\r\n", RULES + 1),
            Outcome::Pass,
            "the portal needs",
        ),
        (
            format!("{HEADER}: {}\r\n", RULES - 1),
            Outcome::Warn,
            "older than the portal",
        ),
        (
            format!("{HEADER}: new\r\n"),
            Outcome::Warn,
            "does not say which version",
        ),
        (String::new(), Outcome::Warn, "does not say which version"),
    ] {
        let (outcome, found) = outcome(serve(head.clone(), PAGE)).unwrap();
        assert_eq!(outcome, outcome_wanted, "{head}");
        assert!(found.contains(words), "{found}");
    }
}

#[test]
fn address_without_a_portal_says_nothing_about_a_gateway() {
    assert_eq!(
        outcome(serve(String::new(), "<!doctype html><h1>Hello</h1>")),
        None
    );
    assert_eq!(outcome(BaseUrl::parse("http://127.0.0.1:1").unwrap()), None);
}

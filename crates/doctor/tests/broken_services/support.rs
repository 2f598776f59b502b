//! Helpers: a sandbox, a plan for it, and the findings of a report.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use config::BaseUrl;
use contract::request::Method;
use contract::staff::StaffClient;
use doctor::Plan;
use doctor::configuration::Configured;
use doctor::credentials::{Credentials, names};
use doctor::report::{Outcome, Report};
use doctor::roots::Roots;
use sandbox::{Environment, Options, Running, Sandbox};

pub const ORIGIN: &str = "https://portal.example";
pub const PHONE: &str = "501234567";
pub const NATIONAL_ID: &str = "1012345672";
pub const USERNAME: &str = "kavya_pro@spice.mdt";
pub const PASSWORD: &str = "Spice@123";
/// The key of the sandbox's hashes.
pub const KEY: &str = "spice_opensource";

pub fn start() -> Running {
    let mut options = Options::default();
    // SPICE 2.0 must be told the portal's origin.
    options.staff.allowed_origins = Some(vec!["https://portal.example".to_owned()]);
    // The doctor asks from another site.
    options.staff.environment = Environment::Dev;
    Sandbox::start(options).unwrap()
}

/// Sends a request to the control API on a raw socket, since the doctor's client is under test.
pub fn control(server: &Running, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} /__sandbox/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 20"), "{response}");
    response
}

pub fn credentials() -> Credentials {
    Credentials::read(
        |name| match name {
            names::PHONE => Ok(PHONE.to_owned()),
            names::NATIONAL_ID => Ok(NATIONAL_ID.to_owned()),
            names::USERNAME => Ok(USERNAME.to_owned()),
            names::PASSWORD => Ok(PASSWORD.to_owned()),
            _ => Err(std::env::VarError::NotPresent),
        },
        KEY,
    )
    .unwrap()
}

/// Credentials of a test user alone.
pub fn staff_credentials(username: &str, password: &str) -> Credentials {
    Credentials::read(
        |name| match name {
            names::USERNAME => Ok(username.to_owned()),
            names::PASSWORD => Ok(password.to_owned()),
            _ => Err(std::env::VarError::NotPresent),
        },
        KEY,
    )
    .unwrap()
}

/// The requests that the sandbox received.
pub fn wire(server: &Running) -> Vec<serde_json::Value> {
    let wire = control(server, "GET", "wire", "");
    serde_json::from_str(wire.split_once("\r\n\r\n").unwrap().1).unwrap()
}

pub fn plan(url: &str) -> Plan {
    Plan {
        patient: BaseUrl::parse(url),
        staff: BaseUrl::parse(url),
        portal: None,
        origin: Some(ORIGIN.to_owned()),
        patient_id_type: "patientId".to_owned(),
        check_exists: true,
        one_time_code: None,
        configured: Configured::default(),
        clients: vec![StaffClient::SpiceV1("spice mobile".to_owned())],
        logout_method: Method::Get,
        // Long, because a loaded machine needs time to produce some of the faults.
        timeout: Duration::from_secs(20),
        roots: Roots::default(),
        credentials: credentials(),
    }
}

/// The checks that did not pass, without the two that the sandbox never passes: it has no rate limits,
/// and SPICE 1.x does not expose Retry-After.
pub fn findings(report: &Report) -> Vec<(String, Outcome, String)> {
    report
        .checks()
        .iter()
        .filter(|check| check.outcome != Outcome::Pass)
        .filter(|check| !check.id.ends_with("retry-after") && !check.id.ends_with("rate-limit"))
        .map(|check| (check.id.clone(), check.outcome, check.found.clone()))
        .collect()
}

/// Asserts that a report contains no personal data, password, hash or token.
pub fn assert_no_personal_data(report: &Report, server: &Running) {
    let text = report.text() + &report.json().unwrap();
    let people = server.people();
    let patient = people
        .patients
        .iter()
        .find(|one| one.credentials.phone == PHONE);
    let record: serde_json::Value = serde_json::from_str(&patient.unwrap().response).unwrap();
    let wire = control(server, "GET", "wire", "");
    let hash = wire
        .split('"')
        .find(|text| text.len() == 128)
        .unwrap_or("no sign-in was sent");
    for secret in [
        PHONE,
        NATIONAL_ID,
        USERNAME,
        PASSWORD,
        hash,
        "Bearer",
        "Kavya",
        record["fileNo"].as_str().unwrap(),
        record["email"].as_str().unwrap(),
        record["name"]["firstName"].as_str().unwrap(),
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

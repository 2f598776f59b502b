//! A sandbox, what the doctor is asked to look at, and what it says.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use config::BaseUrl;
use contract::request::Method;
use contract::staff::StaffClient;
use doctor::Plan;
use doctor::credentials::{Credentials, names};
use doctor::report::{Outcome, Report};
use sandbox::{Options, Running, Sandbox};

pub const ORIGIN: &str = "https://portal.example";
pub const PHONE: &str = "501234567";
pub const NATIONAL_ID: &str = "1012345672";
pub const USERNAME: &str = "kavya_pro@spice.mdt";
pub const PASSWORD: &str = "Spice@123";

pub fn start() -> Running {
    Sandbox::start(Options::default()).unwrap()
}

/// One request to the control API, on a raw socket: its own client is what is tested here.
pub fn control(server: &Running, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} /__sandbox/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 20"), "{reply}");
    reply
}

pub fn credentials() -> Credentials {
    Credentials::read(|name| match name {
        names::PHONE => Ok(PHONE.to_owned()),
        names::NATIONAL_ID => Ok(NATIONAL_ID.to_owned()),
        names::USERNAME => Ok(USERNAME.to_owned()),
        names::PASSWORD => Ok(PASSWORD.to_owned()),
        _ => Err(std::env::VarError::NotPresent),
    })
    .unwrap()
}

pub fn plan(url: &str) -> Plan {
    Plan {
        patient: BaseUrl::parse(url),
        staff: BaseUrl::parse(url),
        origin: Some(ORIGIN.to_owned()),
        patient_id_type: "patientId".to_owned(),
        client: StaffClient::SpiceV1("spice mobile".to_owned()),
        logout_method: Method::Get,
        // Patient: a loaded machine takes its time to make some of the faults.
        timeout: Duration::from_secs(20),
        credentials: credentials(),
    }
}

/// The checks that did not pass and are not the two that the sandbox never passes: it has no limits,
/// and version 1.x of the staff service exposes no Retry-After.
pub fn complaints(report: &Report) -> Vec<(String, Outcome, String)> {
    report
        .checks()
        .iter()
        .filter(|check| check.outcome != Outcome::Pass)
        .filter(|check| !check.id.ends_with("retry-after") && !check.id.ends_with("rate-limit"))
        .map(|check| (check.id.clone(), check.outcome, check.found.clone()))
        .collect()
}

/// What must never be in what the doctor says.
pub fn is_discreet(report: &Report, server: &Running) {
    let said = report.text() + &report.json().unwrap();
    let people = server.people();
    let answers = people.patients.iter().find(|one| one.keys.phone == PHONE);
    let answer: serde_json::Value = serde_json::from_str(&answers.unwrap().answer).unwrap();
    let wire = control(server, "GET", "wire", "");
    let hash = wire
        .split('"')
        .find(|text| text.len() == 128)
        .unwrap_or("no sign-in was tried");
    for secret in [
        PHONE,
        NATIONAL_ID,
        USERNAME,
        PASSWORD,
        hash,
        "Bearer",
        "Kavya",
        answer["fileNo"].as_str().unwrap(),
        answer["email"].as_str().unwrap(),
        answer["name"]["firstName"].as_str().unwrap(),
    ] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

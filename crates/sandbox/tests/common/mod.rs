//! A small HTTP client on a raw socket, which shows incomplete responses as they came.

// Each test file uses a part of this module; string formatting is kept simple.
#![allow(dead_code, clippy::format_collect, clippy::format_push_string)]

use hmac::{Hmac, KeyInit, Mac};
use sandbox::{Options, Running, Sandbox};
use serde_json::Value;
use sha2::{Digest, Sha256, Sha512};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A sandbox without a portal.
pub fn start() -> Running {
    Sandbox::start(Options::default()).unwrap()
}

/// A response, complete or not.
#[derive(Debug)]
pub struct Response {
    /// The status; 0 without a status line.
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The identifier of the rule that the request violated.
    pub fn reason(&self) -> String {
        let json = self.json();
        assert_eq!(json["status"], "fail", "{json}");
        json["errors"][0]["reason"].as_str().unwrap().to_owned()
    }

    pub fn content_length(&self) -> usize {
        self.header("content-length").unwrap().parse().unwrap()
    }
}

/// Opens a connection and writes a request.
pub fn write_request(
    server: &Running,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> TcpStream {
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() || method == "POST" || method == "PUT" {
        request.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    request.push_str("\r\n");
    let mut bytes = request.into_bytes();
    bytes.extend_from_slice(body);
    stream.write_all(&bytes).unwrap();
    stream
}

/// Reads until the server closes the connection.
pub fn read_response(mut stream: TcpStream) -> Response {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("{error}"),
    }
    split(&bytes)
}

pub fn split(bytes: &[u8]) -> Response {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = match end {
        Some(end) => (&bytes[..end], bytes[end + 4..].to_vec()),
        None => (bytes, Vec::new()),
    };
    let head = String::from_utf8(head.to_vec()).unwrap();
    let status = head
        .split(' ')
        .nth(1)
        .map_or(0, |status| status.parse().unwrap());
    Response { status, head, body }
}

/// Sends one request on a connection of its own.
pub fn call(
    server: &Running,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
) -> Response {
    let mut all = vec![("Connection", "close")];
    all.extend_from_slice(headers);
    read_response(write_request(server, method, path, &all, body.as_ref()))
}

pub fn get(server: &Running, path: &str) -> Response {
    call(server, "GET", path, &[], "")
}

pub const JSON: [(&str, &str); 2] = [
    ("Content-Type", "application/json"),
    ("Accept", "application/json"),
];

/// Sends a valid call to the patient middleware.
pub fn patient(server: &Running, name: &str, body: &str) -> Response {
    call(
        server,
        "POST",
        &format!("/api/customer/{name}"),
        &JSON,
        body,
    )
}

pub fn hash(password: &str) -> String {
    let mut mac = Hmac::<Sha512>::new_from_slice(b"spice_opensource").unwrap();
    mac.update(password.as_bytes());
    hex(&mac.finalize().into_bytes())
}

pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A multipart form of plain fields.
pub fn multipart(fields: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body + "--edge--\r\n"
}

pub fn session_with(server: &Running, client: Option<&str>, fields: &[(&str, &str)]) -> Response {
    let mut headers = vec![("Content-Type", "multipart/form-data; boundary=edge")];
    headers.extend(client.map(|client| ("client", client)));
    call(
        server,
        "POST",
        "/auth-service/session",
        &headers,
        multipart(fields),
    )
}

/// Sends a valid staff sign-in.
pub fn sign_in(server: &Running, client: Option<&str>, username: &str, password: &str) -> Response {
    let hash = hash(password);
    session_with(
        server,
        client,
        &[("username", username), ("password", &hash)],
    )
}

pub fn plan(server: &Running, plan: &str) {
    let response = call(server, "PUT", "/__sandbox/faults", &[], plan);
    assert_eq!(response.status, 204, "{response:?}");
}

pub fn wire(server: &Running) -> Vec<Value> {
    let response = get(server, "/__sandbox/wire");
    response.json().as_array().unwrap().clone()
}

/// A directory of files, removed on drop.
pub struct Directory(pub PathBuf);

impl Directory {
    pub fn new(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("portal-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let directory = Self(path);
        for (name, text) in files {
            directory.write(name, text);
        }
        directory
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

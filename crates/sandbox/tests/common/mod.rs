//! A small HTTP client on a raw socket: it shows what really came, half answers included.

// Each test file uses a part of this; and the plain way to write text is good enough here.
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

/// What came back, as far as it came.
#[derive(Debug)]
pub struct Reply {
    /// 0 when not even a status line came.
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
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

    /// The word of the rule that a request broke.
    pub fn reason(&self) -> String {
        let json = self.json();
        assert_eq!(json["status"], "fail", "{json}");
        json["errors"][0]["reason"].as_str().unwrap().to_owned()
    }

    pub fn promised_length(&self) -> usize {
        self.header("content-length").unwrap().parse().unwrap()
    }
}

/// Opens a connection and writes a request with the body's length.
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

/// Reads until the other side closes.
pub fn read_reply(mut stream: TcpStream) -> Reply {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("{error}"),
    }
    split(&bytes)
}

pub fn split(bytes: &[u8]) -> Reply {
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
    Reply { status, head, body }
}

/// One request on a connection of its own.
pub fn call(
    server: &Running,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
) -> Reply {
    let mut all = vec![("Connection", "close")];
    all.extend_from_slice(headers);
    read_reply(write_request(server, method, path, &all, body.as_ref()))
}

pub fn get(server: &Running, path: &str) -> Reply {
    call(server, "GET", path, &[], "")
}

pub const JSON: [(&str, &str); 2] = [
    ("Content-Type", "application/json"),
    ("Accept", "application/json"),
];

/// A call of the patient middleware as the portal should make it.
pub fn patient(server: &Running, name: &str, body: &str) -> Reply {
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

pub fn session_with(server: &Running, client: Option<&str>, fields: &[(&str, &str)]) -> Reply {
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

/// A staff sign-in as the portal should make it.
pub fn sign_in(server: &Running, client: Option<&str>, username: &str, password: &str) -> Reply {
    let hash = hash(password);
    session_with(
        server,
        client,
        &[("username", username), ("password", &hash)],
    )
}

pub fn plan(server: &Running, plan: &str) {
    let reply = call(server, "PUT", "/__sandbox/faults", &[], plan);
    assert_eq!(reply.status, 204, "{reply:?}");
}

pub fn wire(server: &Running) -> Vec<Value> {
    let reply = get(server, "/__sandbox/wire");
    reply.json().as_array().unwrap().clone()
}

/// A directory of files that goes away with the test.
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

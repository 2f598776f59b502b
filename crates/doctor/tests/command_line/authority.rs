//! `--ca`: certificates of a hospital's own authority.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::{assert_outcome, check, doctor, stderr, write};

/// A service with a certificate of an authority that no system trusts, and the authority's certificate.
struct Service {
    url: String,
    authority: PathBuf,
}

/// Starts a service that responds to every request with 404.
fn start(name: &str) -> Service {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = write(name, &params.self_signed(&key).unwrap().pem());
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap();
    let config =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                key.serialize_der().try_into().unwrap(),
            )
            .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(config.clone()).unwrap();
            // A client that does not trust the certificate closes the connection.
            let _ = respond(StreamOwned::new(connection, stream.unwrap()));
        }
    });
    Service { url, authority }
}

fn respond(stream: impl Read + Write) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut length = 0;
    let mut line = String::new();
    while stream.read_line(&mut line)? > 2 {
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    stream.read_exact(&mut vec![0; length])?;
    stream
        .get_mut()
        .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

#[test]
fn authorities_of_files_are_trusted_beside_those_of_the_system() {
    let system = start("system.pem");
    let (hospital, other) = (start("hospital.pem"), start("other.pem"));
    let path = |file: &PathBuf| file.to_str().unwrap().to_owned();
    let store = path(&system.authority);
    let run = |urls: [&str; 2], files: &[&PathBuf]| {
        let mut arguments = vec!["--json", "--patient-url", urls[0], "--staff-url", urls[1]];
        let files: Vec<String> = files.iter().map(|file| path(file)).collect();
        for file in &files {
            arguments.extend(["--ca", file]);
        }
        doctor(&arguments, &[("SSL_CERT_FILE", &store)])
    };
    let output = run([&system.url, &hospital.url], &[]);
    assert_outcome(&output, "patient.tls", "pass");
    let (outcome, found) = check(&output, "staff.reachable").unwrap();
    assert_eq!(outcome, "fail");
    assert!(found.contains("is not trusted on this machine"), "{found}");

    let output = run([&system.url, &hospital.url], &[&hospital.authority]);
    assert_outcome(&output, "patient.tls", "pass");
    assert_outcome(&output, "staff.tls", "pass");

    let output = run([&other.url, &hospital.url], &[&hospital.authority]);
    assert_outcome(&output, "patient.reachable", "fail");

    let both = [&other.authority, &hospital.authority];
    let output = run([&other.url, &hospital.url], &both);
    assert_outcome(&output, "patient.tls", "pass");
    assert_outcome(&output, "staff.tls", "pass");
}

#[test]
fn configuration_of_a_portal_is_read_with_the_given_authority() {
    let portal = start("portal.pem");
    let output = doctor(&["--config", &portal.url, "--json"], &[]);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    assert!(
        message.contains("give it to the doctor with --ca"),
        "{message}"
    );

    let file = portal.authority.to_str().unwrap();
    let output = doctor(&["--config", &portal.url, "--ca", file, "--json"], &[]);
    // The portal has no configuration, so its services are on its own origin.
    assert_outcome(&output, "patient.tls", "pass");
    assert_outcome(&output, "staff.tls", "pass");
}

#[test]
fn file_that_is_no_certificate_is_an_error() {
    let file = write("no-certificate.pem", "text");
    let file = file.to_str().unwrap();
    let output = doctor(&["--patient-url", "https://localhost", "--ca", file], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("contains no PEM certificate"));
    let output = doctor(
        &["--patient-url", "https://localhost", "--ca", "absent.pem"],
        &[],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("absent.pem: "));
}

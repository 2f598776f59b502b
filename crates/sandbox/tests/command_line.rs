#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Output, Stdio};

fn sandbox(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
    command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn error_of(arguments: &[&str]) -> String {
    let Output { status, stderr, .. } = sandbox(arguments).output().unwrap();
    assert!(!status.success());
    String::from_utf8(stderr).unwrap()
}

#[cfg(unix)]
#[test]
fn sandbox_prints_its_address_first_and_exits_cleanly_on_sigterm() {
    for (arguments, tables) in [
        (&["--port", "0"][..], true),
        (&["--quiet", "--listen", "127.0.0.1"][..], false),
    ] {
        let mut child = sandbox(arguments).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line
            .trim_end()
            .strip_prefix("listening on http://")
            .unwrap();
        assert!(address.starts_with("127.0.0.1:"));
        std::net::TcpStream::connect(address).unwrap();

        let taken = error_of(&["--port", address.rsplit(':').next().unwrap()]);
        assert!(taken.contains("is in use"), "{taken}");
        assert_eq!(taken.lines().count(), 1, "{taken}");

        let kill = Command::new("kill").arg(child.id().to_string()).status();
        assert!(kill.unwrap().success());
        assert!(child.wait().unwrap().success());
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        assert_eq!(!rest.is_empty(), tables);
        assert_eq!(rest.contains("kavya_pro@spice.mdt"), tables);
        assert_eq!(rest.contains("كلمة السر ١٢٣"), tables);
    }
}

#[test]
fn invalid_options_exit_with_an_error_that_names_them() {
    assert!(error_of(&["--port", "99999"]).contains("0 to 65535"));
    assert!(error_of(&["--listen", "here"]).contains("an address such as"));
    // An address for documentation (RFC 5737), which no machine has.
    assert!(error_of(&["--listen", "192.0.2.1"]).contains("cannot listen at 192.0.2.1:0"));
    assert!(error_of(&["--prot", "1"]).contains("--prot"));
    assert!(error_of(&["--portal", "/no/such/portal"]).contains("is not a directory"));
    let both = error_of(&["--replay", "a.jsonl", "--spice", "1"]);
    assert!(both.contains("--replay"), "{both}");
    let help = sandbox(&["--help"]).output().unwrap();
    assert!(help.status.success());
    assert!(
        String::from_utf8(help.stdout)
            .unwrap()
            .contains("--portal DIR")
    );
}

#[test]
fn headers_option_prints_the_security_headers_of_a_build() {
    let folder = std::env::temp_dir().join(format!("sandbox-headers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let portal = folder.to_str().unwrap();
    // Without this file's style hash, browsers would block the pages' inline styles.
    let none = error_of(&["--headers", "--portal", portal]);
    assert!(none.contains("policy.json"), "{none}");
    assert!(error_of(&["--headers"]).contains("--portal"));

    std::fs::write(
        folder.join("policy.json"),
        r#"{"styleHashes":["'sha256-abc='"]}"#,
    )
    .unwrap();
    std::fs::write(
        folder.join("config.json"),
        r#"{"staff":{"baseUrl":"https://spice.example/x"}}"#,
    )
    .unwrap();
    let Output { status, stdout, .. } = sandbox(&["--headers", "--portal", portal])
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(status.success());
    let output = String::from_utf8(stdout).unwrap();
    assert!(
        output.contains("style-src 'self' 'sha256-abc=';"),
        "{output}"
    );
    assert!(
        output.contains("connect-src 'self' https://spice.example;"),
        "{output}"
    );
    assert!(output.lines().all(|line| line.contains(": ")), "{output}");
    assert_eq!(output.lines().count(), 7);
}

//! The program `wire-check`: what it prints, and its exit status.

#![allow(clippy::unwrap_used, missing_docs)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The exit status and the printed lines for a record of requests.
fn checked(arguments: &[&Path], record: &str) -> (Option<i32>, String) {
    // Not by `env!`: the shell of `.cargo/rustc-wrapper` drops variables that have a hyphen in their name.
    let mut program = Command::new(std::env::var_os("CARGO_BIN_EXE_wire-check").unwrap())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // The program may end without reading it.
    let _ = program.stdin.take().unwrap().write_all(record.as_bytes());
    let output = program.wait_with_output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn prints_each_finding_but_not_those_of_preflights() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi");
    let sent = |call: &str, method: &str, path: &str| {
        format!(
            r#"{{"call":"{call}","method":"{method}","path":"{path}","headers":{{"accept":"application/json"}},"body":""}}"#
        )
    };
    let preflight = sent("preflight", "OPTIONS", "/nowhere");
    let documented = sent("logout", "POST", "/api/customer/logout");
    let unknown = sent("", "GET", "/nowhere");
    let record = |requests: &[&str]| format!("[{}]", requests.join(","));

    let exact = record(&[&preflight, &documented]);
    assert_eq!(checked(&[&folder], &exact), (Some(0), String::new()));
    let wrong = record(&[&documented, &unknown, &preflight, &unknown]);
    let printed = "1 GET /nowhere: no document has GET /nowhere\n\
                   3 GET /nowhere: no document has GET /nowhere\n";
    assert_eq!(checked(&[&folder], &wrong), (Some(1), printed.to_owned()));
}

#[test]
fn without_documents_or_a_record_the_exit_status_is_2() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi");
    assert_eq!(checked(&[], "[]").0, Some(2));
    assert_eq!(checked(&[Path::new("nowhere")], "[]").0, Some(2));
    assert_eq!(checked(&[&folder], "{}").0, Some(2));
}

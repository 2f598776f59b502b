//! The doctor's messages about a configuration, before it sends any request.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::Path;
use std::process::{Command, Output};

fn doctor(config: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_doctor"))
        .arg("--config")
        .arg(config)
        .output()
        .unwrap()
}

#[test]
fn all_mistakes_of_a_configuration_are_printed_with_the_portal_s_sentences() {
    let mistakes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/tests/mistakes");
    let output = doctor(&mistakes.join("five.json"));
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let expected = std::fs::read_to_string(mistakes.join("five.txt")).unwrap();
    assert!(stderr.contains(&expected), "{stderr}");
}

#[test]
fn configuration_without_a_service_address_is_an_error() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("config.json");
    std::fs::write(&file, r#"{"staff":{"enabled":false}}"#).unwrap();
    let output = doctor(&file);
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("there is no service to check"), "{stderr}");
}

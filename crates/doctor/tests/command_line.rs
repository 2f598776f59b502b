//! What the doctor says of a configuration before it asks anybody.

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
fn all_mistakes_of_a_configuration_are_said_in_the_portal_s_own_words() {
    let mistakes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/tests/mistakes");
    let output = doctor(&mistakes.join("five.json"));
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    let expected = std::fs::read_to_string(mistakes.join("five.txt")).unwrap();
    assert!(said.contains(&expected), "{said}");
}

#[test]
fn a_service_on_the_portal_s_own_origin_cannot_be_asked() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("config.json");
    std::fs::write(&file, r#"{"staff":{"enabled":false}}"#).unwrap();
    let output = doctor(&file);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("there is nothing to look at"), "{said}");
}

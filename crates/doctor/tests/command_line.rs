//! What the doctor says of a configuration before it asks anybody.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::Path;
use std::process::{Command, Output};

use config::Config;

fn doctor(config: &str) -> Output {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("config.json");
    std::fs::write(&file, config).unwrap();
    Command::new(env!("CARGO_BIN_EXE_doctor"))
        .arg("--config")
        .arg(file)
        .output()
        .unwrap()
}

#[test]
fn a_configuration_is_examined_in_the_portal_s_own_words() {
    let wrong =
        r#"{"patient":{"baseURL":"https://a.example"},"sesion":{},"staff":{"enabled":"no"}}"#;
    let output = doctor(wrong);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    let error = Config::parse(wrong.as_bytes()).unwrap_err().to_string();
    assert_eq!(error.lines().count(), 3);
    assert!(said.contains(&error), "{said}");

    // Its own origin has no address that the doctor could ask.
    let output = doctor(r#"{"staff":{"enabled":false}}"#);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("there is nothing to look at"), "{said}");
}

//! The commands' messages about a configuration, before they build anything with it.

#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::process::Command;

#[test]
fn all_mistakes_of_a_configuration_are_printed_with_the_portal_s_sentences() {
    let mistakes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/config/tests/mistakes");
    let expected = std::fs::read_to_string(mistakes.join("five.txt")).unwrap();
    for command in ["start", "build", "headers"] {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg(command)
            .arg("--config")
            .arg(mistakes.join("five.json"))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains(&expected), "{command}: {stderr}");
    }
}

//! The two services' contracts as documents that machines read: they are linted, and the sandbox is
//! held against them, so that what the tests stand on is what is written down. What the portal sends is
//! held against them by the native tests of the crate `wire-check` and, with its program, by an
//! end-to-end test.

use std::path::Path;

use anyhow::{Context, Result};

use super::needs::Provided;
use crate::build::sandbox;
use crate::setup::{packages, paths, process};

const DOCUMENTS: [&str; 2] = ["patient.yaml", "staff.yaml"];

/// Lints the documents and, where there are the Python packages, tests the sandbox against them.
pub fn check(with: &Provided) -> Result<Vec<&'static str>> {
    let folder = paths::root().join("docs/openapi/check");
    let documents = DOCUMENTS.map(|name| Path::new("..").join(name));
    let mut redocly = packages::npm_program("redocly");
    process::run(
        redocly
            .current_dir(&folder)
            .args(["lint", "--config", "redocly.yaml"])
            .args(&documents)
            // It would report each run to its makers, and ask them for newer versions.
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"),
    )?;
    if !with.python {
        return Ok(vec![]);
    }
    for document in &documents {
        // One sandbox a document: the wrong passwords it is tried with lock accounts.
        let sandbox = sandbox::start(sandbox::command(0).arg("--quiet"), false)?;
        process::run(
            packages::python_program("schemathesis")
                .current_dir(&folder)
                .args(["--config-file", "schemathesis.toml", "run"])
                .arg(document)
                .args(["--checks", "all", "--url", &sandbox.url])
                // It would keep its tables beside the documents.
                .env(
                    "HYPOTHESIS_STORAGE_DIRECTORY",
                    paths::target().join("hypothesis"),
                ),
        )
        .with_context(|| format!("the sandbox does not answer as {} says", document.display()))?;
    }
    Ok(vec![])
}

//! Checks of the OpenAPI documents of the two services: they are linted, and the sandbox is tested against
//! them. The portal's requests are validated against them by the native tests of the crate `wire-check`
//! and, with its program, by an end-to-end test.

use std::path::Path;

use anyhow::{Context, Result};

use super::needs::Provided;
use crate::build::sandbox;
use crate::setup::{packages, paths, process};

const DOCUMENTS: [&str; 2] = ["patient.yaml", "staff.yaml"];

/// Lints the documents and, if the Python packages are installed, tests the sandbox against them.
pub fn check(with: &Provided) -> Result<Vec<&'static str>> {
    let folder = paths::root().join("docs/openapi/check");
    let documents = DOCUMENTS.map(|name| Path::new("..").join(name));
    let mut redocly = packages::npm_program("redocly");
    process::run(
        redocly
            .current_dir(&folder)
            .args(["lint", "--config", "redocly.yaml"])
            .args(&documents)
            // Without telemetry and the search for a newer version.
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"),
    )?;
    if !with.python {
        return Ok(vec![]);
    }
    for document in &documents {
        // One sandbox per document, since the failed attempts of a run lock accounts.
        let sandbox = sandbox::start(sandbox::command(0).arg("--quiet"), false)?;
        process::run(
            packages::python_program("schemathesis")
                .current_dir(&folder)
                .args(["--config-file", "schemathesis.toml", "run"])
                .arg(document)
                .args(["--checks", "all", "--url", &sandbox.url])
                // The default is a folder beside the documents.
                .env(
                    "HYPOTHESIS_STORAGE_DIRECTORY",
                    paths::target().join("hypothesis"),
                ),
        )
        .with_context(|| format!("the sandbox differs from {}", document.display()))?;
    }
    Ok(vec![])
}

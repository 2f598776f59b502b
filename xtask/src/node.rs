//! Node and npm: the end-to-end tests' packages, and a few words of JavaScript where JSON has to
//! be understood (a parser of our own would only make this crate slower to compile).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::{places, process};

/// npm, or a sentence saying how to get it.
pub fn npm() -> Result<Command> {
    let Some(npm) = places::on_path(&["npm"]) else {
        bail!(
            "npm is not on PATH: install Node 20 or newer, with npm, from your system or nodejs.org"
        );
    };
    Ok(Command::new(npm))
}

/// The end-to-end tests' packages, exactly as their lock file says.
pub fn e2e_packages() -> Result<()> {
    let folder = places::e2e();
    let lock =
        fs::read(folder.join("package-lock.json")).context("cannot read e2e/package-lock.json")?;
    // A copy of the lock file they were installed by: no guess from times, and no half-made
    // installation, since it is written last.
    let stamp = folder.join("node_modules").join(".installed-by-lock");
    if fs::read(&stamp).is_ok_and(|made_by| made_by == lock) {
        return Ok(());
    }
    println!("Installing the end-to-end tests' packages: usually under a minute …");
    let started = Instant::now();
    let mut command = npm()?;
    command
        .current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund"])
        // The browser is the system's own.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::logged(&mut command, &places::cache()?.join("logs").join("e2e.log"))?;
    fs::write(&stamp, lock)?;
    println!("  done in {}", process::spoken(started.elapsed()));
    Ok(())
}

/// A program of one of the end-to-end tests' packages.
pub fn e2e_program(name: &str) -> Command {
    let folder = places::e2e();
    let mut command = Command::new(folder.join("node_modules").join(".bin").join(name));
    command.current_dir(folder);
    command
}

const MERGE: &str = r#"
const [from, patient, staff] = process.argv.slice(1);
const config = from ? JSON.parse(require("node:fs").readFileSync(from, "utf8")) : {};
if (patient) config.patient = { ...config.patient, baseUrl: patient };
if (staff) config.staff = { ...config.staff, baseUrl: staff };
process.stdout.write(JSON.stringify(config, null, 2) + "\n");
"#;

/// Writes the portal's configuration with the services at other addresses; returns where.
pub fn merged_config(
    from: Option<&Path>,
    patient: Option<&str>,
    staff: Option<&str>,
) -> Result<PathBuf> {
    let mut node = Command::new("node");
    node.args(["-e", MERGE, "--"])
        .arg(from.unwrap_or(Path::new("")))
        .args([patient.unwrap_or_default(), staff.unwrap_or_default()]);
    let config = process::output(&mut node).with_context(|| match from {
        Some(file) => format!("{} is not JSON, or Node is missing", file.display()),
        None => "cannot run Node".to_owned(),
    })?;
    let folder = places::target();
    fs::create_dir_all(&folder)?;
    let path = folder.join("start-config.json");
    fs::write(&path, config)?;
    Ok(path)
}

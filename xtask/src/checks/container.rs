//! The container images of `deploy/Containerfile`: built from the source archive of HEAD, run, and signed in to.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::needs::Provided;
use crate::build::sandbox;
use crate::setup::process::{self, Background, run};
use crate::setup::{paths, system::Program};

/// More build arguments, such as `--build-arg DEBIAN=localhost/debian`.
const ARGUMENTS: &str = "LOGISTRATION_IMAGE_ARGS";

/// The port that both images listen at.
const PORT: u16 = 8080;

/// Builds both images and signs in to each.
pub fn check(with: &Provided) -> Result<Vec<&'static str>> {
    let buildah = Program::Buildah.require()?;
    let folder = paths::target().join("container");
    let source = archive(&folder)?;
    let more = std::env::var(ARGUMENTS).unwrap_or_default();
    for target in ["portal", "demo"] {
        let image = format!("localhost/logistration-{target}");
        let mut build = Command::new(&buildah);
        build
            .args(["build", "--isolation", "chroot", "--file"])
            .arg(source.join("deploy/Containerfile"))
            .args(["--target", target, "--tag", &image])
            .args(more.split_whitespace())
            .arg(&source);
        run(&mut build)?;
    }
    sandbox::free_port(Some(PORT), 0)?;
    let services = sandbox::start(&mut sandbox::command(0), false)?;
    let service = folder.join("service.conf");
    fs::write(&service, format!("proxy_pass {}$call;\n", services.url))?;
    for target in ["portal", "demo"] {
        let image = format!("localhost/logistration-{target}");
        let container = process::output(Command::new(&buildah).args(["from", &image]))?;
        let container = container.trim();
        let format = "{{range .OCIv1.Config.Entrypoint}}{{.}} {{end}}";
        let mut inspect = Command::new(&buildah);
        let entrypoint = process::output(inspect.args(["inspect", "--format", format, container]))?;
        let mut start = Command::new(&buildah);
        start.args(["run", "--isolation", "chroot"]);
        if target == "portal" {
            for name in ["patient-service.conf", "staff-service.conf"] {
                let to = format!("/etc/logistration/local/{name}:ro");
                start
                    .arg("--volume")
                    .arg(format!("{}:{to}", service.display()));
            }
        }
        start
            .args([container, "--"])
            .args(entrypoint.split_whitespace());
        let started = Background::start(start.stdout(Stdio::null()), false)?;
        let signed_in = sign_in(with, target);
        drop(started);
        run(Command::new(&buildah).args(["rm", container]))?;
        signed_in?;
    }
    Ok(vec![])
}

/// The files of HEAD, as a release's source archive has them.
fn archive(folder: &Path) -> Result<std::path::PathBuf> {
    let source = folder.join("source");
    if source.exists() {
        fs::remove_dir_all(&source)?;
    }
    fs::create_dir_all(&source)?;
    let mut git = Command::new("git");
    git.current_dir(paths::root())
        .args(["archive", "HEAD"])
        .stdout(Stdio::piped());
    let mut git = git.spawn().context("cannot run git")?;
    let archive = git.stdout.take().context("git has no output")?;
    run(Command::new("tar")
        .arg("--extract")
        .current_dir(&source)
        .stdin(archive))?;
    anyhow::ensure!(git.wait()?.success(), "git archive failed");
    Ok(source)
}

fn sign_in(with: &Provided, target: &str) -> Result<()> {
    let mut journeys = with.playwright()?;
    run(journeys
        .args(["--project=container", "--grep", &format!("@{target}")])
        .env("LOGISTRATION_CONTAINER", format!("http://127.0.0.1:{PORT}")))
}

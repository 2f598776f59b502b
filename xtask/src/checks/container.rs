//! The container images of `deploy/Containerfile`: built from the source archive of HEAD, run, and signed in to. As root.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::needs::Provided;
use crate::build::sandbox;
use crate::setup::process::{self, Background, run};
use crate::setup::{paths, system::Program};

/// More build arguments, such as `--build-arg DEBIAN=localhost/debian`.
const ARGUMENTS: &str = "LOGISTRATION_IMAGE_ARGS";

/// The port that both images listen at.
const PORT: u16 = 8080;

/// The targets of the Containerfile, and their images.
const IMAGES: [(&str, &str); 2] = [
    ("portal", "localhost/logistration-portal"),
    ("demo", "localhost/logistration-demo"),
];

/// Builds both images.
pub fn build(_: &Provided) -> Result<Vec<&'static str>> {
    let source = archive(&folder())?;
    let more = std::env::var(ARGUMENTS).unwrap_or_default();
    for (target, image) in IMAGES {
        let mut build = Command::new(Program::Buildah.require()?);
        build
            .args(["build", "--layers", "--isolation", "chroot", "--file"])
            .arg(source.join("deploy/Containerfile"))
            .args(["--target", target, "--tag", image])
            .args(more.split_whitespace())
            .arg(&source);
        run(&mut build)?;
    }
    Ok(vec![])
}

fn folder() -> PathBuf {
    paths::target().join("container")
}

/// Runs each image and signs in to it.
pub fn check(with: &Provided) -> Result<Vec<&'static str>> {
    let buildah = Program::Buildah.require()?;
    sandbox::free_port(Some(PORT), 0)?;
    let services = sandbox::start(&mut sandbox::command(0), false)?;
    let service = folder().join("service.conf");
    fs::write(&service, format!("proxy_pass {}$call;\n", services.url))?;
    for (target, image) in IMAGES {
        let container = process::output(Command::new(&buildah).args(["from", image]))?;
        let container = container.trim();
        let signed_in = run_and_sign_in(with, &buildah, container, target, &service);
        run(Command::new(&buildah).args(["rm", container]))?;
        signed_in?;
    }
    Ok(vec![])
}

/// Starts the entrypoint in the container's root file system, as its user, and signs in. By `unshare` and `chroot`: unlike a
/// container engine, `buildah run` leaves the output to root, and nginx cannot open it.
fn run_and_sign_in(
    with: &Provided,
    buildah: &Path,
    container: &str,
    target: &str,
    service: &Path,
) -> Result<()> {
    let of = |words: &[&str]| -> Result<String> {
        Ok(process::output(Command::new(buildah).args(words))?
            .trim()
            .to_owned())
    };
    if target == "portal" {
        for name in ["patient-service.conf", "staff-service.conf"] {
            let to = format!("/etc/logistration/local/{name}");
            run(Command::new(buildah)
                .args(["copy", container])
                .arg(service)
                .arg(to))?;
        }
    }
    let config = |part: &str| {
        of(&[
            "inspect",
            "--format",
            &format!("{{{{.OCIv1.Config.{part}}}}}"),
            container,
        ])
    };
    let (user, entrypoint) = (config("User")?, config("Entrypoint")?);
    let root = of(&["mount", container])?;
    let log = folder().join(format!("{target}.log"));
    let output = fs::File::create(&log)?;
    output.set_permissions(fs::Permissions::from_mode(0o666))?;
    let mut start = Command::new("unshare");
    start
        .args(["--mount", "sh", "-ec"])
        .arg(r#"mount --bind /dev "$1/dev"; mount -t proc proc "$1/proc"; user=$2; root=$1; shift 2; exec chroot --userspec="$user" "$root" "$@""#)
        .args(["sh", &root, &user])
        .args(entrypoint.trim_matches(['[', ']']).split_whitespace())
        .stdout(output);
    // Each command is replaced by the next, so it is the entrypoint itself.
    let started = Background::start(&mut start, false)?;
    let signed_in = sign_in(with, target);
    started.terminate()?;
    print!("{}", fs::read_to_string(log)?);
    signed_in
}

/// The files of HEAD, as a release's source archive has them.
fn archive(folder: &Path) -> Result<PathBuf> {
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
    ensure!(git.wait()?.success(), "git archive failed");
    Ok(source)
}

fn sign_in(with: &Provided, target: &str) -> Result<()> {
    let mut journeys = with.playwright()?;
    run(journeys
        .args(["--project=container", "--grep", &format!("@{target}")])
        .env("LOGISTRATION_CONTAINER", format!("http://127.0.0.1:{PORT}")))
}

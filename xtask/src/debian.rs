//! Programs from Debian's archive. On Debian, as root, they are installed from it; anywhere else whoever
//! needs one says what to install.

use std::fs;
use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use crate::{places, process};

/// Whether packages can be installed here.
pub fn can_install() -> bool {
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    is_debian(&system)
        && places::on_path(&["apt-get"]).is_some()
        && process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Ubuntu is left out on purpose: its package `chromium` is a snap, which does not run in containers.
fn is_debian(os_release: &str) -> bool {
    os_release
        .lines()
        .any(|line| matches!(line.trim(), "ID=debian" | "ID=\"debian\""))
}

/// Installs packages, which usually takes as long as `usual` says.
pub fn install(packages: &[&str], usual: &str) -> Result<()> {
    println!(
        "Installing {} with apt-get: usually {usual} …",
        packages.join(", ")
    );
    let started = Instant::now();
    let logs = places::cache()?.join("logs");
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    process::logged(apt().arg("update"), &logs.join("apt-update.log"))?;
    process::logged(
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
        &logs.join("apt-install.log"),
    )?;
    println!("  done in {}", process::spoken(started.elapsed()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_debian;

    #[test]
    fn debian_is_told_from_its_descendants() {
        assert!(is_debian(
            "PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n"
        ));
        assert!(!is_debian("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(!is_debian(""));
    }
}

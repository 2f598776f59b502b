//! The scanner for tests: zbar, which reads the codes on a picture of the page as a desk's scanner
//! would. A code that only its own encoder can read is no code.

use anyhow::{Result, bail};

use crate::{debian, places};

const PROGRAM: &str = "zbarimg";
const DEBIAN: [&str; 1] = ["zbar-tools"];

/// Finds `zbarimg`, or installs it.
pub fn ready() -> Result<()> {
    if places::on_path(&[PROGRAM]).is_none() && debian::can_install() {
        debian::install(&DEBIAN)?;
    }
    if places::on_path(&[PROGRAM]).is_none() {
        bail!(
            "tests need {PROGRAM}, which reads bar codes off pictures. On Debian, as root: apt-get \
             install {}. Elsewhere: install zbar (with Homebrew: brew install zbar) so that \
             `{PROGRAM}` is on PATH",
            DEBIAN.join(" ")
        )
    }
    Ok(())
}

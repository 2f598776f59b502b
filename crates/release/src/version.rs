//! `version.json`: which source a portal was built from. It has no time, so that two builds of a commit are the same
//! bytes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Result;
use serde_json::{Value, json};

/// The file that `git archive` writes the commit into: see `.gitattributes`.
const ARCHIVED: &str = ".commit";

/// Writes the file.
pub fn write(folder: &Path) -> Result<()> {
    let archived = fs::read_to_string(ARCHIVED).unwrap_or_default();
    let version = version(described().as_deref(), &archived);
    Ok(fs::write(
        folder.join("version.json"),
        format!("{version:#}\n"),
    )?)
}

/// The version and the commit: of the repository, else of the source archive, else `null`.
fn version(described: Option<&str>, archived: &str) -> Value {
    let [described, archived] = [described.unwrap_or_default(), archived].map(str::trim);
    let commit = [described, archived]
        .into_iter()
        .find(|name| name.starts_with(|first: char| first.is_ascii_hexdigit()));
    json!({ "version": env!("CARGO_PKG_VERSION"), "commit": commit })
}

/// The commit of the repository, which ends in `-dirty` where files differ from it; `None` without git or a
/// repository.
fn described() -> Option<String> {
    let git = Command::new("git")
        .args("describe --always --abbrev=40 --exclude=* --dirty".split(' '))
        .stderr(Stdio::null())
        .output()
        .ok()?;
    String::from_utf8(git.stdout).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::version;

    #[test]
    fn commit_is_of_the_repository_else_of_the_archive_else_unknown() {
        const COMMIT: &str = "9755a33be6f1f6a2d9ba6b1cbd4f3c8a5a0e7d11";
        let commit = |described: Option<&str>, archived: &str| {
            version(described, archived)["commit"].clone()
        };
        assert_eq!(commit(Some("9755a33-dirty\n"), COMMIT), "9755a33-dirty");
        assert_eq!(commit(None, &format!("{COMMIT}\n")), COMMIT);
        assert_eq!(commit(Some(""), COMMIT), COMMIT);
        // As the file is in the repository.
        assert_eq!(commit(None, "$Format:%H$\n"), Value::Null);
        assert_eq!(version(None, "")["version"], env!("CARGO_PKG_VERSION"));
    }
}

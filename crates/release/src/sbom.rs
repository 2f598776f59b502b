//! Bill of materials of the program, as a `CycloneDX` document: each crate that is compiled into it, with
//! version, licence, checksum and dependencies. Reproducible for a commit: it has no time and no random
//! number.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

/// Creates the document for the portal's program.
pub fn of_the_program() -> Result<Value> {
    let tree = Command::new("cargo")
        .args("tree --locked --package logistration --features hydrate".split(' '))
        .args(["--target", "wasm32-unknown-unknown"])
        // Procedural macros run in the compiler and are not in the program.
        .args(["--edges", "normal,no-proc-macro"])
        .args(["--prefix", "depth", "--format", "\t{p}\t{l}\t"])
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(tree.status.success(), "cargo tree failed");
    let lock = fs::read_to_string("Cargo.lock").context("cannot read Cargo.lock")?;
    document(&String::from_utf8(tree.stdout)?, &lock)
}

fn document(tree: &str, lock: &str) -> Result<Value> {
    let mut needs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut components: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    let mut above: Vec<String> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let (depth, reference, component) =
            read(line, lock).with_context(|| format!("unexpected output of cargo tree: {line}"))?;
        above.truncate(depth);
        needs.entry(reference.clone()).or_default();
        if let Some(parent) = above.last() {
            needs
                .entry(parent.clone())
                .or_default()
                .insert(reference.clone());
        }
        above.push(reference.clone());
        components.insert(reference, component);
    }
    let root = above.first().context("cargo tree had no output")?;
    let mut whole = components.remove(root).unwrap_or_default();
    whole.insert("type".to_owned(), "application".into());
    let components: Vec<_> = components.into_values().collect();
    let dependencies: Vec<Value> = needs
        .into_iter()
        .map(|(reference, needed)| json!({ "ref": reference, "dependsOn": needed }))
        .collect();
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "lifecycles": [{ "phase": "build" }], "component": whole },
        "components": components,
        "dependencies": dependencies,
    }))
}

/// Parses a line such as `2\tname v1.0.0 (path)\tMIT\t`, followed by ` (*)` if the crate was listed before:
/// the depth, the reference and the component.
fn read(line: &str, lock: &str) -> Option<(usize, String, Map<String, Value>)> {
    let mut cells = line.split('\t');
    let depth = cells.next()?.parse().ok()?;
    let mut words = cells.next()?.split(' ');
    let name = words.next()?;
    let version = words.next()?.strip_prefix('v')?;
    let reference = format!("pkg:cargo/{name}@{version}");
    let mut component = Map::from_iter([
        ("type".to_owned(), "library".into()),
        ("bom-ref".to_owned(), reference.as_str().into()),
        ("name".to_owned(), name.into()),
        ("version".to_owned(), version.into()),
        ("purl".to_owned(), reference.as_str().into()),
    ]);
    // `MIT/Apache-2.0` is a deprecated form and no SPDX expression.
    let licence = cells.next().unwrap_or_default().replace('/', " OR ");
    if !licence.is_empty() {
        let licences = json!([{ "expression": licence }]);
        component.insert("licenses".to_owned(), licences);
    }
    // Crates of this repository have no checksum.
    let start = format!("name = \"{name}\"\nversion = \"{version}\"\n");
    let package = lock
        .split("[[package]]\n")
        .find(|it| it.starts_with(&start))?;
    if let Some((_, rest)) = package.split_once("checksum = \"") {
        let sum = rest.split('"').next()?;
        let hashes = json!([{ "alg": "SHA-256", "content": sum }]);
        component.insert("hashes".to_owned(), hashes);
    }
    Some((depth, reference, component))
}

#[cfg(test)]
mod tests {
    use super::document;

    const TREE: &str = "0\tportal v0.1.0 (/somewhere)\tMIT\t\n1\ta v1.0.0\tMIT/Apache-2.0\t\n\
        2\tb v2.0.0\tMIT\t\n1\tb v2.0.0\tMIT\t (*)\n";
    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n\
        source = \"registry\"\nchecksum = \"00ff\"\n\n[[package]]\nname = \"b\"\nversion = \"2.0.0\"\n\
        \n[[package]]\nname = \"portal\"\nversion = \"0.1.0\"\n";

    #[test]
    fn sbom_lists_each_crate_once_with_its_dependencies() {
        let bom = document(TREE, LOCK).unwrap();
        assert_eq!(bom["metadata"]["component"]["name"], "portal");
        assert_eq!(bom["components"].as_array().unwrap().len(), 2);
        assert_eq!(bom["components"][0]["hashes"][0]["content"], "00ff");
        assert_eq!(
            bom["components"][0]["licenses"][0]["expression"],
            "MIT OR Apache-2.0"
        );
        assert!(bom["components"][1].get("hashes").is_none());
        assert_eq!(bom["dependencies"][0]["dependsOn"][0], "pkg:cargo/b@2.0.0");
        let whole = &bom["dependencies"][2];
        assert_eq!(whole["ref"], "pkg:cargo/portal@0.1.0");
        assert_eq!(whole["dependsOn"].as_array().unwrap().len(), 2);
        // The build path is private, and would make builds differ.
        assert!(!bom.to_string().contains("somewhere"));
    }
}

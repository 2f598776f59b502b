//! What the program is made of, as a `CycloneDX` document: each crate that is compiled into it, with its
//! version, licence and checksum, and who needs whom. The same for every build of a commit: no time, no
//! random number.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::finish::hex;
use crate::{places, process};

/// A crate in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    name: String,
    version: String,
    licence: String,
}

impl Part {
    fn reference(&self) -> String {
        format!("pkg:cargo/{}@{}", self.name, self.version)
    }
}

/// The document for the portal's program.
pub fn of_the_program() -> Result<Value> {
    // What runs in the compiler only, as macros do, is not in the program.
    let tree = process::output(process::cargo().args([
        "tree",
        "--package",
        "logistration",
        "--features",
        "hydrate",
        "--target",
        "wasm32-unknown-unknown",
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "depth",
        "--format",
        "\t{p}\t{l}",
    ]))?;
    let lock = fs::read_to_string(places::root().join("Cargo.lock"))?;
    document(&tree, &lock)
}

fn document(tree: &str, lock: &str) -> Result<Value> {
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    let mut above: Vec<String> = Vec::new();
    let mut whole = None;
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let (depth, part) = read(line).with_context(|| format!("cargo tree said: {line}"))?;
        let reference = part.reference();
        above.truncate(depth);
        needs.entry(reference.clone()).or_default();
        if let Some(parent) = above.last() {
            let needed = needs.entry(parent.clone()).or_default();
            if !needed.contains(&reference) {
                needed.push(reference.clone());
            }
        }
        above.push(reference.clone());
        if depth == 0 {
            whole = Some(part);
        } else {
            parts.insert(reference, part);
        }
    }
    let whole = whole.context("cargo tree said nothing")?;
    let components: Vec<Value> = parts
        .values()
        .map(|part| component(part, "library", lock))
        .collect();
    let dependencies: Vec<Value> = needs
        .into_iter()
        .map(|(reference, mut needed)| {
            needed.sort();
            json!({ "ref": reference, "dependsOn": needed })
        })
        .collect();
    let number = hex(
        &Sha256::digest(json!([components, dependencies]).to_string()),
        16,
    );
    let part = |from: usize, to: usize| number.get(from..to).unwrap_or_default();
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!(
            "urn:uuid:{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)
        ),
        "version": 1,
        "metadata": {
            "lifecycles": [{ "phase": "build" }],
            "component": component(&whole, "application", lock),
        },
        "components": components,
        "dependencies": dependencies,
    }))
}

/// `2\tname v1.0.0 (path)\tMIT`, perhaps with ` (*)` where it was said before.
fn read(line: &str) -> Option<(usize, Part)> {
    let mut cells = line.split('\t');
    let depth = cells.next()?.parse().ok()?;
    let mut words = cells.next()?.split(' ');
    let name = words.next()?.to_owned();
    let version = words.next()?.strip_prefix('v')?.to_owned();
    let licence = cells.next().unwrap_or_default();
    let licence = licence.strip_suffix(" (*)").unwrap_or(licence).trim();
    Some((
        depth,
        Part {
            name,
            version,
            // The old way to write a choice is none in the language of licences.
            licence: licence.replace('/', " OR "),
        },
    ))
}

fn component(part: &Part, kind: &str, lock: &str) -> Value {
    let mut component = json!({
        "type": kind,
        "bom-ref": part.reference(),
        "name": part.name,
        "version": part.version,
        "purl": part.reference(),
    });
    if let Some(component) = component.as_object_mut() {
        if !part.licence.is_empty() {
            component.insert(
                "licenses".to_owned(),
                json!([{ "expression": part.licence }]),
            );
        }
        if let Some(checksum) = checksum(lock, part) {
            component.insert(
                "hashes".to_owned(),
                json!([{ "alg": "SHA-256", "content": checksum }]),
            );
        }
    }
    component
}

/// The checksum of a crate's package, which those of this repository have none of.
fn checksum<'a>(lock: &'a str, part: &Part) -> Option<&'a str> {
    let start = format!("name = \"{}\"\nversion = \"{}\"\n", part.name, part.version);
    let package = lock
        .split("[[package]]\n")
        .find(|package| package.starts_with(&start))?;
    let line = package
        .lines()
        .find_map(|line| line.strip_prefix("checksum = \""))?;
    line.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::document;

    const TREE: &str = "0\tportal v0.1.0 (/somewhere)\tMIT\n1\ta v1.0.0\tMIT/Apache-2.0\n\
        2\tb v2.0.0\tMIT\n1\tb v2.0.0\tMIT (*)\n";
    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n\
        source = \"registry\"\nchecksum = \"00ff\"\n\n[[package]]\nname = \"b\"\nversion = \"2.0.0\"\n";

    #[test]
    fn each_crate_is_there_once_with_what_it_needs() {
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
        // Where it was built is nobody's business, and would make every build another one.
        assert!(!bom.to_string().contains("somewhere"));
    }
}

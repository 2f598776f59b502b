//! `.meta/licences.txt`: the licence texts of everything that is compiled into the program, which those licences ask
//! to be passed on. A text that several crates share is there once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

const APACHE: &str = include_str!("../../../LICENSE-APACHE");
const MIT: &str = include_str!("../../../LICENSE-MIT");

/// The crates with each text.
type Texts = BTreeMap<String, BTreeSet<String>>;

/// The texts of the crates in a bill of materials, and of Rust's own library.
pub fn of_the_crates(sbom: &Value) -> Result<String> {
    let packages = packages()?;
    let mut texts = Texts::new();
    let rust = "Rust's standard library";
    add(
        &mut texts,
        rust,
        [mit("The Rust Project contributors"), APACHE.to_owned()],
    );
    let own = sbom.pointer("/metadata/component");
    for component in sbom["components"]
        .as_array()
        .into_iter()
        .flatten()
        .chain(own)
    {
        let (name, version) = (text(component, "name")?, text(component, "version")?);
        let package = packages
            .iter()
            .find(|package| package["name"] == name && package["version"] == version)
            .with_context(|| format!("cargo metadata does not name {name} {version}"))?;
        add(
            &mut texts,
            &format!("{name} {version}"),
            of_package(package)?,
        );
    }
    Ok(written(&texts))
}

fn add(texts: &mut Texts, name: &str, found: impl IntoIterator<Item = String>) {
    for text in found {
        let text = text.replace("\r\n", "\n").trim().to_owned();
        texts.entry(text).or_default().insert(name.to_owned());
    }
}

/// Each text below the names of its crates.
fn written(texts: &Texts) -> String {
    let line = "=".repeat(80);
    let part = |(text, names): (&String, &BTreeSet<String>)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!("{line}\n{}\n{line}\n\n{text}\n\n", names.join("\n"))
    };
    texts.iter().map(part).collect()
}

/// The packages of the workspace and their dependencies, as Cargo knows them.
fn packages() -> Result<Vec<Value>> {
    let metadata = Command::new("cargo")
        .args("metadata --locked --format-version 1 --features hydrate".split(' '))
        .args(["--filter-platform", "wasm32-unknown-unknown"])
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(metadata.status.success(), "cargo metadata failed");
    let mut metadata: Value = serde_json::from_slice(&metadata.stdout)?;
    match metadata.get_mut("packages").map(Value::take) {
        Some(Value::Array(packages)) => Ok(packages),
        _ => bail!("cargo metadata has no packages"),
    }
}

/// The licence files of a package; where it brings none, the texts of its licence expression.
fn of_package(package: &Value) -> Result<Vec<String>> {
    let manifest = PathBuf::from(text(package, "manifest_path")?);
    let folder = manifest.parent().context("a manifest is in a folder")?;
    let mut files = licence_files(folder)?;
    if let Some(file) = package["license_file"].as_str() {
        files.insert(folder.join(file));
    }
    if !files.is_empty() {
        let read = |file: &PathBuf| {
            fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
        };
        return files.iter().map(read).collect();
    }
    let authors = package["authors"].as_array().into_iter().flatten();
    let authors: Vec<&str> = authors.filter_map(Value::as_str).collect();
    let name = text(package, "name")?;
    let holder = if authors.is_empty() {
        format!("the authors of {name}")
    } else {
        authors.join(", ")
    };
    of_expression(text(package, "license")?, &holder)
        .with_context(|| format!("{name} brings no licence text"))
}

/// `LICENSE`, `LICENSE-MIT`, `COPYING`, `NOTICE.txt` and the like.
fn licence_files(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let name = name.to_ascii_uppercase();
        let starts = [
            "LICENSE",
            "LICENCE",
            "COPYING",
            "COPYRIGHT",
            "NOTICE",
            "UNLICENSE",
        ];
        if file.is_file() && starts.iter().any(|start| name.starts_with(start)) {
            files.insert(file);
        }
    }
    Ok(files)
}

/// The texts of the licences of an expression that this program has: enough of them to use the package.
fn of_expression(expression: &str, holder: &str) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for all in expression.split(" AND ") {
        let mut any = all.split(['/', '(', ')', ' ']);
        let text = any.find_map(|licence| match licence {
            "MIT" => Some(mit(holder)),
            "Apache-2.0" => Some(APACHE.to_owned()),
            _ => None,
        });
        texts.push(text.with_context(|| format!("no text is known for the licence {all}"))?);
    }
    Ok(texts)
}

/// The MIT licence of another holder.
fn mit(holder: &str) -> String {
    let permission = MIT.find("Permission is hereby").unwrap_or_default();
    let permission = MIT.get(permission..).unwrap_or_default();
    format!("MIT License\n\nCopyright (c) {holder}\n\n{permission}")
}

fn text<'json>(json: &'json Value, key: &str) -> Result<&'json str> {
    json[key]
        .as_str()
        .with_context(|| format!("no {key} in {json:.80}"))
}

#[cfg(test)]
mod tests {
    use super::{Texts, add, of_expression, written};

    #[test]
    fn a_text_is_there_once_below_all_its_crates() {
        let mut texts = Texts::new();
        add(&mut texts, "b 1.0.0", ["One\r\ntext\n".to_owned()]);
        add(
            &mut texts,
            "a 2.0.0",
            ["One\ntext".to_owned(), "Other".to_owned()],
        );
        let all = written(&texts);
        assert_eq!(all.matches("One\ntext\n").count(), 1);
        assert!(all.contains("=\na 2.0.0\nb 1.0.0\n="), "{all}");
        assert!(all.contains("=\na 2.0.0\n="), "{all}");
    }

    #[test]
    fn expression_without_a_file_becomes_a_known_text_or_an_error() {
        let mit = of_expression("Apache-2.0 WITH LLVM-exception OR MIT", "x").unwrap();
        assert!(mit[0].contains("Apache License"));
        assert!(
            of_expression("MIT", "Ada").unwrap()[0].contains("Copyright (c) Ada\n\nPermission")
        );
        assert_eq!(
            of_expression("(MIT OR Apache-2.0) AND MIT", "x")
                .unwrap()
                .len(),
            2
        );
        assert!(of_expression("(MIT OR Apache-2.0) AND Unicode-3.0", "x").is_err());
    }
}

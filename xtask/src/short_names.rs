//! Short names where the program and its glue meet. wasm-bindgen names each function that one has
//! of the other after what it does, with a number that nothing compresses:
//! `__wbg_addEventListener_2f891d22985fd3c8`, twice for each of some two hundred.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use anyhow::{Result, anyhow};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{Parser, Payload};

/// The module that wasm-bindgen has the program import from, as it stands in the glue.
const GLUE: &str = "./logistration_bg.js";
const GLUE_SHORT: &str = "g";

/// What wasm-bindgen's own names begin with. All others are somebody's to rely on.
const MADE_UP: [&str; 4] = ["__wbg_", "__wbindgen_", "__externref_", "wasm_bindgen__"];

/// The program and its glue, with short names between them.
pub fn shortened(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let names = names(wasm, glue)?;
    let mut module = Module::new();
    Renaming(&names)
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow!("the program cannot be read: {error}"))?;
    let quoted = |name: &str| format!("\"{name}\"");
    let glue = renamed(glue, &names).replace(&quoted(GLUE), &quoted(GLUE_SHORT));
    Ok((module.finish(), glue))
}

/// A short name for each long one that the program imports or exports.
fn names(wasm: &[u8], glue: &str) -> Result<HashMap<String, String>> {
    let taken: HashSet<&str> = words(glue).collect();
    let mut free = (0..)
        .map(name)
        .filter(|name| !taken.contains(name.as_str()));
    let mut names = HashMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let found: Vec<String> = match payload? {
            Payload::ImportSection(section) => section
                .into_imports()
                .map(|import| Ok(import?.name.to_owned()))
                .collect::<Result<_>>()?,
            Payload::ExportSection(section) => section
                .into_iter()
                .map(|export| Ok(export?.name.to_owned()))
                .collect::<Result<_>>()?,
            _ => continue,
        };
        for long in found {
            if MADE_UP.iter().any(|start| long.starts_with(start))
                && !names.contains_key(&long)
                && let Some(short) = free.next()
            {
                names.insert(long, short);
            }
        }
    }
    Ok(names)
}

/// `A` to `Z`, then `Aa` to `Zz`, and so on: JavaScript has no words of its own that look like this.
fn name(number: usize) -> String {
    let letter = |first: u8, number: usize| {
        char::from(first + u8::try_from(number % 26).unwrap_or_default())
    };
    let mut name = String::from(letter(b'A', number));
    let mut rest = number / 26;
    while rest > 0 {
        rest -= 1;
        name.push(letter(b'a', rest));
        rest /= 26;
    }
    name
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn words(script: &str) -> impl Iterator<Item = &str> {
    script.split(|c| !in_word(c))
}

/// The script with every word that `names` knows put shortly.
fn renamed(script: &str, names: &HashMap<String, String>) -> String {
    let mut short = String::with_capacity(script.len());
    for piece in script.split_inclusive(|c| !in_word(c)) {
        let (word, rest) = piece.split_at(piece.trim_end_matches(|c| !in_word(c)).len());
        short.push_str(names.get(word).map_or(word, String::as_str));
        short.push_str(rest);
    }
    short
}

struct Renaming<'a>(&'a HashMap<String, String>);

impl Renaming<'_> {
    fn of<'n>(&'n self, name: &'n str) -> &'n str {
        self.0.get(name).map_or(name, String::as_str)
    }
}

impl Reencode for Renaming<'_> {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        for import in section.into_imports() {
            let import = import?;
            let module = if import.module == GLUE {
                GLUE_SHORT
            } else {
                import.module
            };
            let kind = self.entity_type(import.ty)?;
            imports.import(module, self.of(import.name), kind);
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        let index = self.external_index(export.kind, export.index)?;
        let kind = self.export_kind(export.kind)?;
        exports.export(self.of(export.name), kind, index);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{name, renamed};

    #[test]
    fn names_are_short_and_differ() {
        let all: std::collections::HashSet<_> = (0..2000).map(name).collect();
        assert_eq!(all.len(), 2000);
        assert!(all.iter().all(|name| name.len() <= 3));
        assert_eq!(
            [name(0), name(25), name(26), name(52)],
            ["A", "Z", "Aa", "Ab"]
        );
    }

    #[test]
    fn only_whole_words_are_renamed() {
        let names = HashMap::from([("__wbg_get_1f".to_owned(), "A".to_owned())]);
        assert_eq!(
            renamed("x.__wbg_get_1f(), __wbg_get_1f2: é.__wbg_get_1f", &names),
            "x.A(), __wbg_get_1f2: é.A"
        );
    }
}

//! What is in a wasm file that the compiler made, by name and place.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, Result};
use wasm_encoder::Encode;
use wasmparser::{
    BinaryReader, KnownCustom, Linking, Name, Parser, Payload, RelocSectionReader, RelocationType,
    SymbolInfo, TypeRef,
};

/// The title of the section with words and other constants.
pub const DATA: &str = "(words and other constants)";

/// What is in a wasm file.
#[derive(Default)]
pub struct Contents {
    /// Each function's name, as in Rust, and where its body is in the file.
    pub functions: Vec<(String, Range<usize>)>,
    /// Where the sections are that are no functions, with their names.
    pub sections: Vec<(&'static str, Range<usize>)>,
    /// How many functions come from outside; the others are counted after them.
    imported: u32,
    /// Of each symbol that references name, which function it is.
    symbols: Vec<Option<u32>>,
    /// Where the contents of the section with the functions begin; references are counted from there.
    code: usize,
    /// Where the custom section with the functions' references is, header and all.
    references: Option<Range<usize>>,
}

impl Contents {
    /// Reads a file.
    pub fn of(wasm: &[u8]) -> Result<Self> {
        let mut contents = Self::default();
        let mut names: BTreeMap<u32, String> = BTreeMap::new();
        let mut bodies = Vec::new();
        let mut end_of_last = 8;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            let start = end_of_last;
            if let Some((_, range)) = payload.as_section() {
                end_of_last = usize_range(&range)?.end;
            }
            let title = match &payload {
                Payload::CodeSectionStart { .. } => {
                    if let Some((_, range)) = payload.as_section() {
                        contents.code = usize_range(&range)?.start;
                    }
                    continue;
                }
                Payload::CodeSectionEntry(body) => {
                    bodies.push(usize_range(&body.range())?);
                    continue;
                }
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        if matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)) {
                            contents.imported += 1;
                        }
                    }
                    "(imports and exports)"
                }
                Payload::CustomSection(custom) => {
                    if custom.name() == "reloc.CODE" {
                        contents.references = Some(start..end_of_last);
                    }
                    match custom.as_known() {
                        KnownCustom::Name(sections) => {
                            for section in sections {
                                if let Ok(Name::Function(map)) = section {
                                    for naming in map {
                                        let naming = naming?;
                                        names.insert(naming.index, readable(naming.name));
                                    }
                                }
                            }
                        }
                        KnownCustom::Linking(sections) => {
                            for section in sections {
                                if let Linking::SymbolTable(symbols) = section? {
                                    for symbol in symbols {
                                        contents.symbols.push(match symbol? {
                                            SymbolInfo::Func { index, .. } => Some(index),
                                            _ => None,
                                        });
                                    }
                                }
                            }
                        }
                        _ => {}
                    }
                    continue;
                }
                Payload::DataSection(_) => DATA,
                Payload::ExportSection(_) => "(imports and exports)",
                Payload::TypeSection(_)
                | Payload::FunctionSection(_)
                | Payload::ElementSection(_) => "(types and tables)",
                _ => continue,
            };
            if let Some((_, range)) = payload.as_section() {
                contents.sections.push((title, usize_range(&range)?));
            }
        }
        for (index, body) in (contents.imported..).zip(bodies) {
            let name = names.remove(&index).unwrap_or_default();
            contents.functions.push((name, body));
        }
        Ok(contents)
    }

    /// Which of the functions call or hand on which, by their places in [`Self::functions`]. What is
    /// referred to by data only, such as by the table behind a `dyn`, is not in it.
    pub fn callers(&self, wasm: &[u8]) -> Result<Vec<(usize, usize)>> {
        let mut callers = Vec::new();
        for entry in self.references(wasm)?.2.entries() {
            let entry = entry?;
            let at = self.code + usize::try_from(entry.offset)?;
            let caller = self.functions.partition_point(|(_, body)| body.end <= at);
            // A type is named by its number, all else by that of a symbol.
            let symbol = self.symbols.get(usize::try_from(entry.index)?);
            if entry.ty != RelocationType::TypeIndexLeb
                && let Some(Some(function)) = symbol
                && let Some(called) = function.checked_sub(self.imported)
            {
                callers.push((caller, usize::try_from(called)?));
            }
        }
        Ok(callers)
    }

    /// The custom section with the functions' references: where it is, its name, what is in it.
    fn references<'a>(
        &self,
        wasm: &'a [u8],
    ) -> Result<(Range<usize>, &'a str, RelocSectionReader<'a>)> {
        let place = self
            .references
            .clone()
            .context("the program was compiled without --emit-relocs")?;
        let section = wasm.get(place.clone()).unwrap_or_default();
        let mut header = BinaryReader::new(section, 0);
        header.read_u8()?;
        header.read_var_u32()?;
        let name = header.read_string()?;
        let body = section.get(usize::try_from(header.original_position())?..);
        let reader = RelocSectionReader::new(BinaryReader::new(body.unwrap_or_default(), 0))?;
        Ok((place, name, reader))
    }

    /// `wasm`, this file with some functions emptied, without the references from there.
    pub fn without_references_in(&self, wasm: &[u8], empty: &[Range<usize>]) -> Result<Vec<u8>> {
        let (place, name, reader) = self.references(wasm)?;
        let mut kept = Vec::new();
        let mut count: u32 = 0;
        let of_section = reader.section_index();
        for entry in reader.entries() {
            let entry = entry?;
            let at = self.code + usize::try_from(entry.offset)?;
            if empty.iter().any(|body| body.contains(&at)) {
                continue;
            }
            count += 1;
            kept.push(entry.ty as u8);
            entry.offset.encode(&mut kept);
            entry.index.encode(&mut kept);
            if entry.ty.addend_kind() != wasmparser::RelocAddendKind::None {
                entry.addend.encode(&mut kept);
            }
        }
        let mut contents = Vec::new();
        name.encode(&mut contents);
        of_section.encode(&mut contents);
        count.encode(&mut contents);
        contents.extend(kept);
        let mut replaced = wasm.get(..place.start).unwrap_or_default().to_vec();
        replaced.push(0);
        contents.encode(&mut replaced);
        replaced.extend_from_slice(wasm.get(place.end..).unwrap_or_default());
        Ok(replaced)
    }
}

fn usize_range(range: &Range<u64>) -> Result<Range<usize>> {
    Ok(usize::try_from(range.start)?..usize::try_from(range.end)?)
}

/// A function's name without the compiler's own numbers.
fn readable(name: &str) -> String {
    let mut text = format!("{:#}", rustc_demangle::demangle(name));
    while let Some((start, rest)) = text.split_once('[')
        && let Some((number, end)) = rest.split_once(']')
        && number.len() > 9
        && number.bytes().all(|b| b.is_ascii_hexdigit())
    {
        text = [start, end].concat();
    }
    match text.rsplit_once("::h") {
        Some((path, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            path.to_owned()
        }
        _ => text,
    }
}

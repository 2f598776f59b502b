//! `cargo xtask bytes`: who owns the bytes of the program. Every function and every constant goes
//! to the crate it was written in, or to the module within the portal's own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use lexopt::{Arg, ValueExt};

use crate::contents::Contents;
use crate::tools::Toolbox;
use crate::{portal, program};

const HELP: &str = "\
Show who owns the bytes of the program

Usage: cargo xtask bytes [OPTIONS]

Options:
  --functions N   also the N largest functions
  --matching TEXT of these only such as have TEXT in their name
  --no-build      of the program as it was built before
  --help          show this

The sizes are of the program as it is delivered, before compression; brotli takes about two thirds
off, of code and words alike. A function that the compiler made for a type of another crate counts
for the crate it was written in.
";

#[derive(Debug, Default)]
struct Options {
    functions: usize,
    matching: String,
    no_build: bool,
}

/// `cargo xtask bytes`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut options = Options::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("functions") => options.functions = parser.value()?.parse()?,
            Arg::Long("matching") => options.matching = parser.value()?.string()?,
            Arg::Long("no-build") => options.no_build = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let tools = Toolbox::for_portal()?;
    if !options.no_build {
        portal::build(&tools, &portal::Release::default())?;
    }
    let program = program::parts(&tools, true)?;
    for (title, file) in ["What a guest loads", "The interior"]
        .iter()
        .zip(program.wasm)
    {
        let parts = parts(&read(&file)?)?;
        println!("{title}\n\n{}", table(&parts));
        let largest = parts
            .iter()
            .filter(|part| part.name.contains(&options.matching));
        for Part { bytes, name, .. } in largest.take(options.functions) {
            println!("{bytes:>8}  {name}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// A function, or a section that is no code.
struct Part {
    bytes: usize,
    owner: String,
    name: String,
}

/// The parts of a program, the largest first.
fn parts(program: &[u8]) -> Result<Vec<Part>> {
    let contents = Contents::of(program)?;
    let sections = contents.sections.into_iter().map(|(title, range)| Part {
        bytes: range.len(),
        owner: title.to_owned(),
        name: title.to_owned(),
    });
    let functions = contents.functions.into_iter().map(|(name, range)| Part {
        bytes: range.len(),
        owner: owner(&name),
        name,
    });
    let mut parts: Vec<_> = sections.chain(functions).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.bytes));
    Ok(parts)
}

/// The crate a function was written in, by its full name; of the portal's own also the module.
fn owner(name: &str) -> String {
    // The one function of the portal's own that goes by the name it is exported under.
    if name == "start" {
        return "logistration::start".to_owned();
    }
    let start = name.trim_start_matches(['<', '&', '[', '(', '*']);
    let start = ["mut ", "const ", "dyn ", "dyn for<'a> "]
        .iter()
        .fold(start, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let end = start
        .find(|c: char| !(c.is_alphanumeric() || "_:".contains(c)))
        .unwrap_or(start.len());
    let path = start.get(..end).unwrap_or(start);
    // `<T as tachys::View>`: written where the trait was.
    if let (Some(_), Some((_, of_trait))) = (name.strip_prefix('<'), start.split_once(" as "))
        && !path.contains("::")
    {
        return owner(of_trait);
    }
    let mut steps = path.split("::").filter(|step| !step.is_empty());
    match (steps.next(), steps.next()) {
        (Some("logistration"), Some(module)) => format!("logistration::{module}"),
        (Some(name), Some(_)) => name.to_owned(),
        _ => "(glue)".to_owned(),
    }
}

fn table(parts: &[Part]) -> String {
    use std::fmt::Write;
    let total: usize = parts.iter().map(|part| part.bytes).sum();
    let mut owners: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for part in parts {
        let (bytes, count) = owners.entry(&part.owner).or_default();
        *bytes += part.bytes;
        *count += 1;
    }
    let mut owners: Vec<_> = owners.into_iter().collect();
    owners.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    let mut table = String::from("| owner | bytes | share | functions |\n|---|--:|--:|--:|\n");
    let mut line = |owner: &str, bytes: usize, count: usize| {
        let tenths = bytes * 1000 / total.max(1);
        let (whole, tenth) = (tenths / 10, tenths % 10);
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {owner} | {bytes} | {whole}.{tenth} % | {count} |");
    };
    let (mut rest, mut rest_count) = (0, 0);
    for (owner, (bytes, count)) in owners {
        if bytes * 200 < total {
            rest += bytes;
            rest_count += count;
        } else {
            line(owner, bytes, count);
        }
    }
    line("(all others, each under 0.5 %)", rest, rest_count);
    line("**all**", total, parts.len());
    table
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn a_function_belongs_to_the_crate_it_was_written_in() {
        for (name, crate_name) in [
            ("core::fmt::write", "core"),
            (
                "<logistration::config::At>::inside::<()>",
                "logistration::config",
            ),
            (
                "<tachys::view::iterators::OptionState<tachys::x> as tachys::y>::unmount",
                "tachys",
            ),
            (
                "<&mut alloc::vec::Vec<u8> as core::fmt::Write>::write_str",
                "alloc",
            ),
            ("<dyn core::any::Any>::is", "core"),
            (
                "<T as reactive_graph::traits::Read>::try_read",
                "reactive_graph",
            ),
            ("start", "logistration::start"),
            ("memcpy", "(glue)"),
            ("", "(glue)"),
        ] {
            assert_eq!(owner(name), crate_name, "{name}");
        }
    }
}

//! The commands of the documentation: each `sh` block of README and the other pages is run line by line, in a clone.
//! A block that another test runs is preceded by `<!-- run: FILE -->`, one that cannot run by `<!-- not run: REASON -->`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::setup::paths;
use crate::setup::process::{self, Background};

/// Lines that start a server: they are run until they have printed its address.
const SERVERS: [&str; 4] = [
    "cargo xtask start",
    "cargo run --package sandbox",
    "cargo run -p sandbox",
    "trunk serve",
];

/// The line that `.ci/run` runs.
const SUITE: &str = "cargo xtask test";

/// What the reader replaces, and what is there instead.
const PLACEHOLDERS: [(&str, &str); 2] = [
    ("YOUR.json", "examples/demo-hospital/config.json"),
    ("YOURS/", "examples/demo-hospital/"),
];

/// How a block is run.
#[derive(Debug, PartialEq, Eq)]
enum Run {
    /// Line by line, by this module.
    Here,
    /// By this test.
    By(String),
    /// Not at all, for this reason.
    Not(String),
}

/// A block of commands.
struct Block {
    page: PathBuf,
    lines: Vec<String>,
    run: Run,
}

/// The blocks of all pages of a repository.
fn blocks(root: &Path) -> Result<Vec<Block>> {
    let mut pages = Vec::new();
    for folder in ["", "docs", "docs/adr", "crates/*", "examples/*"] {
        let folders: Vec<PathBuf> = match folder.strip_suffix("/*") {
            Some(parent) => fs::read_dir(root.join(parent))?
                .map(|entry| Ok(entry?.path()))
                .collect::<Result<_>>()?,
            None => vec![root.join(folder)],
        };
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            for entry in fs::read_dir(folder)? {
                pages.push(entry?.path());
            }
        }
    }
    pages.retain(|page| page.extension().is_some_and(|end| end == "md"));
    pages.sort();
    let mut found = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page)?;
        found.extend(of_page(&text).map(|(lines, run)| Block {
            page: page.clone(),
            lines,
            run,
        }));
    }
    Ok(found)
}

/// The blocks of a page, without comments.
fn of_page(text: &str) -> impl Iterator<Item = (Vec<String>, Run)> {
    text.match_indices("```sh\n").filter_map(|(at, fence)| {
        let (before, rest) = (text.get(..at)?, text.get(at + fence.len()..)?);
        let mark = before.lines().last().unwrap_or_default();
        let inner = |start| mark.strip_prefix(start)?.strip_suffix(" -->");
        let run = match (inner("<!-- run: "), inner("<!-- not run: ")) {
            (Some(test), _) => Run::By(test.to_owned()),
            (_, Some(reason)) => Run::Not(reason.to_owned()),
            _ => Run::Here,
        };
        let lines = rest.split("```").next()?.lines();
        let command = |line: &str| {
            let words = line.split(" #").next().unwrap_or_default().trim();
            if words.starts_with('#') {
                String::new()
            } else {
                words.to_owned()
            }
        };
        let lines = lines.map(command).filter(|line| !line.is_empty());
        Some((lines.collect(), run))
    })
}

/// Runs the blocks in a clone; `command` is a shell with its tools on PATH.
pub fn run(clone: &Path, command: impl Fn(&str) -> Result<Command>) -> Result<()> {
    for block in blocks(clone)? {
        if block.run != Run::Here {
            continue;
        }
        println!("\n{}", block.page.strip_prefix(clone)?.display());
        // Until the end of the block: later commands need them.
        let mut servers = Vec::new();
        for line in block.lines {
            let place = |line: String, (from, to): (&str, &str)| line.replace(from, to);
            let line = PLACEHOLDERS.into_iter().fold(line, place);
            run_line(&line, &command, &mut servers).with_context(|| line.clone())?;
        }
    }
    Ok(())
}

fn run_line(
    line: &str,
    command: &impl Fn(&str) -> Result<Command>,
    servers: &mut Vec<Background>,
) -> Result<()> {
    println!("$ {line}");
    if line == SUITE {
        let ci = fs::read_to_string(paths::root().join(".ci/run"))?;
        ensure!(ci.contains(SUITE), ".ci/run does not run it");
    } else if SERVERS.iter().any(|server| line.starts_with(server)) {
        let mut server = Background::start(&mut command(&format!("exec {line} 2>&1"))?, true)?;
        let mut output = server.output()?;
        let address = output.by_ref().find(|line| {
            line.as_ref()
                .map_or(true, |line| line.contains("http://127.0.0.1:"))
        });
        let Some(Ok(address)) = address else {
            bail!("it ended without an address");
        };
        println!("{address}");
        process::drain(output, false);
        servers.push(server);
    } else {
        // Answers the question whether packages may be installed.
        let line = line.replace("apt-get install", "apt-get install --yes");
        let status = command(&line)?.stdin(Stdio::null()).status()?;
        ensure!(status.success(), "it ended with {status}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Run, blocks, of_page};
    use crate::setup::paths;

    #[test]
    fn every_block_is_run_or_says_why_not_and_few_are_not() {
        let blocks = blocks(paths::root()).unwrap();
        assert!(blocks.len() > 10);
        let mut not = 0;
        for block in blocks {
            match block.run {
                Run::Here => {}
                Run::By(test) => {
                    let text = std::fs::read_to_string(paths::root().join(&test)).unwrap();
                    let page = block.page.file_name().unwrap().to_str().unwrap();
                    assert!(text.contains(page), "{test} does not name {page}");
                }
                Run::Not(reason) => {
                    assert!(reason.len() > 10, "{reason}");
                    not += 1;
                }
            }
        }
        assert!(not <= 10, "{not} blocks are not run");
    }

    #[test]
    fn blocks_are_read_with_their_marks_and_without_comments() {
        let page = "a\n```sh\ncargo test   # all\n\n# alone\n```\n<!-- run: e2e/a.ts -->\n```sh\nb\n```\n\
            <!-- not run: needs a cluster -->\n```sh\nc\n```\n```json\n{}\n```\n";
        let found: Vec<_> = of_page(page).collect();
        assert_eq!(
            found,
            [
                (vec!["cargo test".to_owned()], Run::Here),
                (vec!["b".to_owned()], Run::By("e2e/a.ts".to_owned())),
                (vec!["c".to_owned()], Run::Not("needs a cluster".to_owned())),
            ]
        );
    }
}

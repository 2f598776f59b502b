//! `cargo xtask bench`: how fast and how heavy the built portal is, in a real browser that plays a
//! slow phone, against a page written by hand and against whatever else one has a build of.
//!
//! What is measured, and how, is in `bench/`; this only builds, serves, and passes the word on.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use anyhow::{Context, Result, bail};
use lexopt::{Arg, ValueExt};

use crate::arguments::Usage;
use crate::tools::Toolbox;
use crate::{browser, node, places, portal, process, sandbox};

const HELP: &str = "\
Measure the built portal in a browser that plays a slow phone

Usage: cargo xtask bench [OPTIONS]

Options:
  --runs N          visit each site N times (default: 7); 0, with --lighthouse, for none
  --peer NAME=DIR   measure this folder of a built site as well (may be given again)
  --lighthouse      ask Lighthouse, too, what it thinks of / and /staff
  --json            write the report to standard output as JSON, and everything else to standard error
  --no-build        measure dist/ and the sandbox as they were built before
  --micro           only the micro-benchmarks of crates/input and crates/contract
  --help            show this

Every first visit is without a cache, at 150 ms to and fro, 1.6 Mbit/s down, 750 kbit/s up, and with
the processor four times slower; the sites take turns. docs/performance.md says what the numbers
mean. A missed target is printed and fails nothing.
";

/// The sites that are always measured.
const OWN: [&str; 2] = ["portal", "hand-written"];

#[derive(Debug)]
struct Options {
    runs: u32,
    peers: Vec<Peer>,
    lighthouse: bool,
    no_build: bool,
    /// Where the report goes as JSON; how `--json` asks for it.
    out: Option<PathBuf>,
}

/// A built site that is not ours.
#[derive(Debug, PartialEq, Eq)]
struct Peer {
    name: String,
    folder: PathBuf,
}

/// `cargo xtask bench`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut options = Options {
        runs: 7,
        peers: Vec::new(),
        lighthouse: false,
        no_build: false,
        out: None,
    };
    let (mut json, mut micro) = (false, false);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("runs") => options.runs = parser.value()?.parse()?,
            Arg::Long("peer") => {
                let peer = peer(&parser.value()?.string()?)?;
                if options.peers.iter().any(|other| other.name == peer.name) {
                    return Err(Usage::new(format!(
                        "there are two peers called '{}'",
                        peer.name
                    )));
                }
                options.peers.push(peer);
            }
            Arg::Long("lighthouse") => options.lighthouse = true,
            Arg::Long("no-build") => options.no_build = true,
            Arg::Long("json") => json = true,
            Arg::Long("micro") => micro = true,
            Arg::Long("out") => options.out = Some(PathBuf::from(parser.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    if options.runs == 0 && !options.lighthouse {
        return Err(Usage::new("--runs 0 leaves nothing to do but --lighthouse"));
    }
    if micro {
        if json || options.lighthouse || options.no_build || !options.peers.is_empty() {
            return Err(Usage::new("--micro goes with no other option"));
        }
        let packages = ["--package", "input", "--package", "contract"];
        process::run(process::cargo().arg("bench").args(packages))?;
    } else if json {
        return as_json();
    } else {
        bench(&options)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn peer(text: &str) -> Result<Peer> {
    let Some((name, folder)) = text.split_once('=') else {
        return Err(Usage::new(format!("'{text}' is not NAME=DIR")));
    };
    if name.is_empty() || OWN.contains(&name) {
        return Err(Usage::new(format!("'{name}' is no name for a peer")));
    }
    // Node runs in another folder: make it mean the same there.
    Path::new(folder)
        .canonicalize()
        .ok()
        .filter(|folder| folder.join("index.html").is_file())
        .map(|folder| Peer {
            name: name.to_owned(),
            folder,
        })
        .ok_or_else(|| Usage::new(format!("there is no {folder}/index.html")))
}

/// The same once more, with all that it says on standard error: building and set-up speak from many
/// places, none of which should have to know who listens.
fn as_json() -> Result<ExitCode> {
    let out = places::target().join("bench").join("report.json");
    if out.is_file() {
        fs::remove_file(&out)?;
    }
    let words = env::args_os().skip(1).filter(|word| word != "--json");
    let status = Command::new(process::this_program()?)
        .args(words)
        .arg("--out")
        .arg(&out)
        .stdout(io::stderr())
        .status()?;
    if !status.success() {
        return Ok(ExitCode::FAILURE);
    }
    let report = fs::read_to_string(&out)
        .with_context(|| format!("there is no report in {}", out.display()))?;
    print!("{report}");
    Ok(ExitCode::SUCCESS)
}

fn bench(options: &Options) -> Result<()> {
    let browser = browser::ready()?;
    node::e2e_packages()?;
    let mut tools = Toolbox::default();
    if options.lighthouse {
        tools.add_lighthouse()?;
    }
    if options.no_build {
        for built in [places::dist().join("index.html"), places::sandbox_program()] {
            if !built.is_file() {
                bail!("--no-build, but there is no {}", built.display());
            }
        }
    } else {
        portal::build(&Toolbox::for_portal()?, &portal::Release::default())?;
        sandbox::build()?;
    }
    let compiled = places::target().join("bench");
    process::run(
        node::e2e_program("tsc")
            .arg("--project")
            .arg(places::bench())
            .args(["--noEmit", "false", "--outDir"])
            .arg(&compiled),
    )?;

    let mut program = sandbox::program(0);
    program.arg("--quiet").arg("--portal").arg(places::dist());
    let sandbox = sandbox::start(&program, false)?;
    let mut node = Command::new("node");
    node.current_dir(places::e2e())
        .arg(compiled.join("main.mjs"))
        .args(["--portal", &sandbox.url])
        .args(["--runs", &options.runs.to_string()])
        .arg("--chromium")
        .arg(browser.chromium)
        .arg("--hand-written")
        .arg(places::bench().join("hand-written"));
    for Peer { name, folder } in &options.peers {
        node.arg("--peer")
            .arg(format!("{name}={}", folder.display()));
    }
    if options.lighthouse {
        node.arg("--lighthouse");
    }
    if let Some(out) = &options.out {
        node.arg("--out").arg(out);
    }
    process::run(tools.lend(&mut node)?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Peer, peer};

    #[test]
    fn a_peer_is_a_name_and_a_folder_with_a_page() {
        let folder = std::env::temp_dir().join(format!("xtask-peer-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let text = format!("other={}", folder.display());
        assert!(peer(&text).is_err());
        fs::write(folder.join("index.html"), "").unwrap();
        let expected = Peer {
            name: "other".to_owned(),
            folder: folder.canonicalize().unwrap(),
        };
        assert_eq!(peer(&text).unwrap(), expected);
        for wrong in [
            folder.display().to_string(),
            format!("={}", folder.display()),
            format!("portal={}", folder.display()),
        ] {
            assert!(peer(&wrong).is_err(), "{wrong}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}

//! `cargo xtask headers`: the headers that go with a build, in the words of nginx and of Caddy.
//!
//! The style within the pages is allowed by its hash, and the services by their origins, so these
//! belong to one build and one configuration. What they are is said in one place only, the sandbox;
//! here they are merely written down for other servers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::{Arg, ValueExt};
use serde_json::Value;

use crate::{arguments, places, process, sandbox};

const HELP: &str = "\
Write the headers that go with the build in dist/, for nginx, for Caddy, and as data

Usage: cargo xtask headers [OPTIONS]

Options:
  --config FILE   the configuration the portal will be served with (default: dist/config.json);
                  services at other origins must be allowed by name
  --to DIR        where to write headers.nginx.conf, headers.caddy and headers.json (default: target/deploy)
  --help          show this
";

/// `cargo xtask headers`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut config = None;
    let mut folder = default_folder();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("config") => config = Some(arguments::config(&mut parser)?),
            Arg::Long("to") => {
                folder = std::path::absolute(parser.value()?.string()?)?;
            }
            other => return Err(other.unexpected().into()),
        }
    }
    sandbox::build()?;
    write(&places::dist(), config.as_deref(), &folder)?;
    println!(
        "Wrote {} and its like for Caddy and for programs.",
        nginx_file(&folder).display()
    );
    Ok(ExitCode::SUCCESS)
}

/// Where they are written when nobody says otherwise.
pub fn default_folder() -> PathBuf {
    places::target().join("deploy")
}

/// The file for nginx in `folder`.
pub fn nginx_file(folder: &Path) -> PathBuf {
    folder.join("headers.nginx.conf")
}

/// The file for Caddy in `folder`.
pub fn caddy_file(folder: &Path) -> PathBuf {
    folder.join("headers.caddy")
}

/// Writes them into `folder`, for the build in `dist`. The sandbox must have been built.
pub fn write(dist: &Path, config: Option<&Path>, folder: &Path) -> Result<()> {
    let mut program = sandbox::program(0);
    program.args(["--headers", "--portal"]).arg(dist);
    if let Some(config) = config {
        program.arg("--config").arg(config);
    }
    let said = process::output(&mut program)?;
    let headers = parse(&said)?;
    fs::create_dir_all(folder)?;
    for (file, text) in [
        (nginx_file(folder), for_nginx(&headers)),
        (caddy_file(folder), for_caddy(&headers)),
        (folder.join("headers.json"), as_data(&headers)?),
    ] {
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// Names and values. Anything that could end a word early in either server's file is refused, so
/// that a header can never become a directive.
fn parse(said: &str) -> Result<Vec<(&str, &str)>> {
    said.lines()
        .map(|line| {
            let (name, value) = line
                .split_once(": ")
                .with_context(|| format!("this is no header: {line}"))?;
            let plain = |c: char| c == ' ' || c.is_ascii_graphic() && !"\"\\${}`".contains(c);
            if !value.chars().all(plain) {
                bail!("the value of {name} has characters that a server could misread: {value}");
            }
            Ok((name, value))
        })
        .collect()
}

const MADE: &str =
    "# Made by `cargo xtask headers` for one build and one configuration; do not edit.\n";

fn for_nginx(headers: &[(&str, &str)]) -> String {
    let mut text = MADE.to_owned();
    for (name, value) in headers {
        // A service behind the portal's origin has no say in these.
        text.extend(["proxy_hide_header ", name, ";\n"]);
        text.extend(["add_header ", name, " \"", value, "\" always;\n"]);
    }
    text
}

fn for_caddy(headers: &[(&str, &str)]) -> String {
    let mut text = format!("{MADE}header {{\n\tdefer\n");
    for (name, value) in headers {
        text.extend(["\t", name, " \"", value, "\"\n"]);
    }
    text + "}\n"
}

/// For whatever else can hand out files: an object whose keys are the names.
fn as_data(headers: &[(&str, &str)]) -> Result<String> {
    let all: serde_json::Map<_, _> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
        .collect();
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::{as_data, for_caddy, for_nginx, parse};

    #[test]
    fn headers_are_said_in_each_server_s_words() {
        let headers = parse("x-frame-options: DENY\nreferrer-policy: no-referrer\n").unwrap();
        assert!(for_nginx(&headers).contains("\nadd_header x-frame-options \"DENY\" always;\n"));
        assert!(for_nginx(&headers).contains("\nproxy_hide_header referrer-policy;\n"));
        assert!(for_caddy(&headers).contains("\n\treferrer-policy \"no-referrer\"\n"));
        assert!(
            as_data(&headers)
                .unwrap()
                .contains("\"x-frame-options\": \"DENY\"")
        );
    }

    #[test]
    fn a_value_cannot_become_a_directive() {
        for odd in [
            "x: a\"; return 200",
            "x: $host",
            "x: {env.HOME}",
            "no header",
        ] {
            assert!(parse(odd).is_err(), "{odd}");
        }
        let policy = "csp: style-src 'self' 'sha256-a+b/c='; img-src data:";
        assert!(parse(policy).is_ok());
    }
}

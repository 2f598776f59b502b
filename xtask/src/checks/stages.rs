//! The stages of `cargo xtask test`: what each is called, what it needs, and how it runs.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::needs::{Need, Provided};
use super::{audit, contract_kit, plain_commands};
use crate::build::{portal, reproducible, sandbox};
use crate::setup::process::{self, cargo, run};
use crate::setup::system::{self, Program};
use crate::setup::{packages, paths, tools};

/// One stage, counted in the summary.
pub struct Stage {
    /// Its name for `--only` and in the summary.
    pub name: &'static str,
    /// How many minutes it may take before it counts as hanging: several times what it takes on two slow
    /// cores from nothing.
    pub minutes: u64,
    /// Runs it. Returns the names of parts that turned out not to be possible here, beyond `wishes`.
    pub run: fn(&Provided) -> Missing,
    /// The stages without whose success it cannot run.
    pub after: &'static [&'static str],
    /// What set-up must have provided.
    pub needs: &'static [Need],
    /// What it can do without. It then checks a part of what it is for, and counts as skipped.
    pub optional: &'static [Need],
}

type Missing = Result<Vec<&'static str>>;

/// All of them, in the order they run: the quick and the most telling first. The longest is last: what it
/// found then stands at the end of the log.
#[rustfmt::skip]
pub const STAGES: [Stage; 16] = {
    use Need::{Fonts, NpmPackages, PythonPackages, System, Tool};
    use Program::{Brotli, Caddy, Chromedriver, Chromium, Firefox, Git, Kustomize, Nginx, Node, Openssl, Zbar};
    use tools::Tool::{Binaryen, Geckodriver, Trunk, WasmBindgen};
    [
        stage("fmt", 2, fmt),
        stage("audit", 15, audit::check).needs(&[System(Node)]).optional(&[PythonPackages]),
        stage("clippy", 25, clippy),
        stage("native", 25, native),
        stage("clippy-wasm", 25, clippy_wasm),
        stage("docs", 25, docs),
        stage("sandbox", 15, |_| complete(sandbox::build())),
        stage("contract-kit", 15, contract_kit::check).after(&["sandbox"])
            .needs(&[NpmPackages]).optional(&[PythonPackages]),
        stage("browser", 25, in_chromium).after(&["sandbox"])
            .needs(&[Tool(WasmBindgen), System(Chromium), System(Chromedriver)]).optional(&[Fonts]),
        stage("build", 25, build).needs(&[Tool(Binaryen), Tool(WasmBindgen), Tool(Trunk)]),
        stage("servers", 25, servers).after(&["sandbox", "build"])
            .needs(&[NpmPackages, System(Chromium), System(Openssl)])
            .optional(&[System(Nginx), System(Brotli), System(Caddy), PythonPackages, System(Kustomize), Fonts]),
        stage("release", 25, release).after(&["sandbox", "build"])
            .needs(&[Tool(Binaryen), Tool(WasmBindgen), Tool(Trunk), NpmPackages, System(Chromium)])
            .optional(&[PythonPackages, Fonts]),
        stage("reproducible", 45, reproducible).after(&["release"]).needs(&[System(Git)]),
        stage("commands", 45, plain_commands::check).after(&["build"])
            .needs(&[Tool(Binaryen), Tool(WasmBindgen), Tool(Trunk), NpmPackages, System(Chromium),
                System(Chromedriver), System(Git)]),
        // Playwright's settings name Chromium, though it stays closed.
        stage(FIREFOX, 45, in_firefox).after(&["sandbox", "build"])
            .needs(&[NpmPackages, System(Firefox), Tool(Geckodriver), System(Chromium)]).optional(&[Fonts]),
        stage("e2e", 45, end_to_end).after(&["sandbox", "build"])
            .needs(&[NpmPackages, System(Chromium)])
            .optional(&[System(Nginx), System(Brotli), System(Zbar), Fonts]),
    ]
};

/// The one that runs only where it is asked for by name.
pub const FIREFOX: &str = "firefox";

/// What `--fast` runs.
pub const FAST: [&str; 3] = ["fmt", "clippy", "native"];

const fn stage(name: &'static str, minutes: u64, run: fn(&Provided) -> Missing) -> Stage {
    Stage {
        name,
        minutes,
        run,
        after: &[],
        needs: &[],
        optional: &[],
    }
}

impl Stage {
    const fn after(self, after: &'static [&'static str]) -> Self {
        Self { after, ..self }
    }

    const fn needs(self, needs: &'static [Need]) -> Self {
        Self { needs, ..self }
    }

    const fn optional(self, optional: &'static [Need]) -> Self {
        Self { optional, ..self }
    }
}

fn complete(result: Result<()>) -> Missing {
    result.map(|()| vec![])
}

fn fmt(_: &Provided) -> Missing {
    complete(run(&mut cargo("fmt --all --check")))
}

/// As compiled for this machine, with the code that only a browser runs.
fn clippy(_: &Provided) -> Missing {
    let options = "--workspace --all-targets --features hydrate -- -D warnings";
    complete(run(cargo("clippy").args(options.split(' '))))
}

/// Tests that need no browser, and the examples in the documentation.
fn native(_: &Provided) -> Missing {
    // nextest runs the tests of all crates at once; Cargo's own runner serves where it is missing.
    if process::output(&mut cargo("nextest --version")).is_err() {
        return complete(run(&mut cargo("test --workspace --no-fail-fast")));
    }
    run(&mut cargo(
        "nextest run --workspace --no-fail-fast --no-tests pass",
    ))?;
    complete(run(&mut cargo("test --workspace --doc")))
}

/// As compiled for the browser.
fn clippy_wasm(_: &Provided) -> Missing {
    let options = "--package logistration --target wasm32-unknown-unknown --all-targets";
    for feature in ["csr", "hydrate"] {
        let mut clippy = cargo("clippy");
        clippy
            .args(options.split(' '))
            .args(["--features", feature]);
        run(clippy.args(["--", "-D", "warnings"]))?;
    }
    Ok(vec![])
}

fn docs(_: &Provided) -> Missing {
    let mut doc = cargo("doc --workspace --no-deps --document-private-items");
    complete(run(doc.env("RUSTDOCFLAGS", "-D warnings")))
}

fn in_chromium(with: &Provided) -> Missing {
    let driver = Program::Chromedriver.require()?;
    complete(component_tests(with, "CHROMEDRIVER", &driver))
}

/// The wasm-bindgen tests, in the browser whose driver the runner is told of by the name `variable`.
fn component_tests(with: &Provided, variable: &str, driver: &Path) -> Result<()> {
    let port = sandbox::free_port(None, sandbox::PORT)?;
    let mut program = sandbox::command(port);
    let sandbox = sandbox::start(program.arg("--quiet"), false)?;
    // Not the examples in the documentation: in a browser each would cost seconds. And no `-q`, ever: the
    // runner then waits for output that does not come.
    let mut command = cargo(plain_commands::COMPONENTS);
    with.fonts(with.tools.add_to_path(&mut command)?);
    command
        .args(["--lib", "--tests", "--no-fail-fast"])
        // Of several, the runner would take one.
        .env_remove("CHROMEDRIVER")
        .env_remove("GECKODRIVER")
        .env(variable, driver)
        .envs(portal::WITHOUT_DEBUG_INFO);
    if port != sandbox::PORT {
        command.env("LOGISTRATION_SANDBOX", &sandbox.url);
    }
    run(&mut command)
}

fn build(with: &Provided) -> Missing {
    complete(portal::build(&with.tools, &portal::Options::default()))
}

/// Both releases again, by Trunk alone and elsewhere: the same bytes.
fn reproducible(_: &Provided) -> Missing {
    reproducible::check(&in_a_folder())?;
    reproducible::check(&portal::Options::default())
}

/// The release build behind nginx, driven as a person would.
fn end_to_end(with: &Provided) -> Missing {
    if !paths::dist().join("index.html").is_file() {
        bail!("there is no dist/index.html: run `cargo xtask build`");
    }
    // In the profile of the native tests, which have built most of it.
    run(&mut cargo("build --package wire-check"))?;
    run(&mut packages::npm_program("tsc"))?;
    // What `cargo xtask bench` runs is compiled only then; it must not rot in between.
    let mut bench = packages::npm_program("tsc");
    run(bench.arg("--project").arg(paths::root().join("bench")))?;
    // Without it they go straight to the sandbox, and say so when they have ended.
    let mut journeys = match Program::Nginx.find() {
        Some(_) if !with.direct => {
            let mut journeys = with_servers(with)?;
            journeys.env("LOGISTRATION_FRONT", "nginx");
            journeys
        }
        _ => with.playwright()?,
    };
    if Program::Zbar.find().is_none() {
        journeys.args(["--grep-invert", "@scanner"]);
    }
    if let Some(shell) = paths::on_path(&["chromium-headless-shell", "headless_shell"])
        && system::from_env("CHROMIUM").is_none()
    {
        journeys.env("HEADLESS_SHELL", shell);
    }
    journeys
        .arg("--project=journeys")
        .env("LOGISTRATION_WIRE_CHECK", paths::program("wire-check"))
        .args(&with.e2e_args);
    run(&mut journeys)?;
    Ok(Vec::from_iter(with.direct.then_some(Program::Nginx.id())))
}

/// Playwright, with the servers at hand and the headers they take.
fn with_servers(with: &Provided) -> Result<Command> {
    let mut command = with.playwright()?;
    command.env("LOGISTRATION_HEADERS", paths::dist().join(".meta"));
    for (name, program) in [
        ("LOGISTRATION_NGINX", Program::Nginx),
        ("LOGISTRATION_NGINX_BROTLI", Program::Brotli),
        ("LOGISTRATION_CADDY", Program::Caddy),
        ("LOGISTRATION_KUSTOMIZE", Program::Kustomize),
    ] {
        command.envs(program.find().map(|program| (name, program)));
    }
    Ok(command)
}

/// The configurations in deploy/, each asked for what it hands out and guards.
fn servers(with: &Provided) -> Missing {
    complete(run(with_servers(with)?.arg("--project=servers")))
}

fn in_a_folder() -> portal::Options {
    portal::Options {
        to: paths::target().join("release-in-a-folder"),
        base_path: "/portal/".to_owned(),
        config: Some(paths::e2e().join("release/release.config.json")),
    }
}

/// A release as a hospital would have it made: its own pages, in a folder of its site.
fn release(with: &Provided) -> Missing {
    let release = in_a_folder();
    portal::build(&with.tools, &release)?;
    let mut journeys = with.playwright()?;
    journeys.arg("--project=release");
    complete(run(journeys.env("LOGISTRATION_RELEASE", &release.to)))
}

/// The wasm-bindgen tests and every journey once, in Firefox.
fn in_firefox(with: &Provided) -> Missing {
    let found = || with.tools.program("geckodriver");
    let driver = system::from_env("GECKODRIVER").map_or_else(found, Ok)?;
    component_tests(with, "GECKODRIVER", &driver)?;
    let mut journeys = with.playwright()?;
    journeys
        .arg("--project=firefox")
        .env("FIREFOX", Program::Firefox.require()?)
        .env("GECKODRIVER", driver);
    complete(run(&mut journeys))
}

//! The stages of `cargo xtask test`, with their names, needs and functions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::needs::{Need, Provided};
use super::{audit, container, contract_kit, pictures, plain_commands, published_people};
use crate::build::{portal, reproducible, sandbox};
use crate::setup::process::{self, cargo, run};
use crate::setup::system::{self, Program};
use crate::setup::{packages, paths, tools};

/// A stage, counted in the summary.
pub struct Stage {
    /// Its name for `--only` and in the summary.
    pub name: &'static str,
    /// Its time limit, several times its duration on two slow cores without any cache.
    pub minutes: u64,
    /// Runs it. Returns the names of what it missed, beyond `optional`.
    pub run: fn(&Provided) -> StageResult,
    /// The stages without whose success it cannot run.
    pub after: &'static [&'static str],
    /// The needs without which it cannot run.
    pub needs: &'static [Need],
    /// The needs without which it checks only a part, and counts as skipped.
    pub optional: &'static [Need],
}

/// The names of what a stage missed, or its error.
type StageResult = Result<Vec<&'static str>>;

/// All stages in the order they run, quick ones first. The longest is last, so that its errors are at the
/// end of the log.
#[rustfmt::skip]
pub const STAGES: [Stage; 27] = {
    use Need::{Fonts, NpmPackages, OldBrowsers, PythonPackages, System, Tool};
    use Program::{Brotli, Buildah, Caddy, Chromedriver, Chromium, Firefox, Git, Kustomize, Mtail, Nginx, Node, Openssl, Poppler, Promtool, WebKit, Wrk, Xvfb, Zbar};
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
        stage(pictures::NAME, 25, pictures::check).after(&["sandbox", "build"])
            .needs(&[Tool(Binaryen), Tool(WasmBindgen), Tool(Trunk), NpmPackages, System(Chromium)])
            .optional(&[Fonts]),
        // Playwright's settings name Chromium, though it stays closed.
        stage("floor", 25, floor).after(&["sandbox", "build"])
            .needs(&[NpmPackages, OldBrowsers, System(Chromium)]).optional(&[Fonts]),
        // Playwright's settings name Chromium, though it stays closed.
        stage(FIREFOX, 45, in_firefox).after(&["sandbox", "build"])
            .needs(&[NpmPackages, System(Firefox), Tool(Geckodriver), System(Chromium)]).optional(&[Fonts]),
        stage("firefox-components", 25, components_in_firefox).after(&["sandbox"])
            .needs(&[Tool(WasmBindgen), System(Firefox), Tool(Geckodriver)]).optional(&[Fonts]),
        // Playwright's settings name Chromium, though it stays closed.
        stage("webkit", 25, in_webkit).after(&["sandbox", "build"])
            .needs(&[NpmPackages, System(WebKit), System(Xvfb), System(Chromium)]).optional(&[Fonts]),
        stage("published", 45, published).after(&["build"])
            .needs(&[NpmPackages, System(Chromium), System(Nginx)]).optional(&[Fonts]),
        // Playwright's settings name Chromium, though it stays closed.
        stage("traffic", 45, traffic).after(&["build"])
            .needs(&[NpmPackages, System(Nginx), System(Chromium)]).optional(&[System(Brotli)]),
        // Playwright's settings name Chromium, though it stays closed.
        stage("monitoring", 25, monitoring).after(&["build"])
            .needs(&[NpmPackages, System(Nginx), System(Mtail), System(Promtool), System(Chromium)]),
        stage("images", 60, container::build).needs(&[System(Git), System(Buildah)]),
        stage("container", 25, container::check).after(&["sandbox", "images"])
            .needs(&[NpmPackages, System(Buildah), System(Chromium)]).optional(&[Fonts]),
        stage("load", 25, load).after(&["sandbox", "build"])
            .needs(&[NpmPackages, System(Nginx), System(Brotli), System(Wrk), System(Chromium), System(Openssl)]),
        // Playwright's settings name Chromium, which few tests need.
        stage("deletions", 110, deletions).after(&["sandbox", "build"])
            .needs(&[NpmPackages, System(Nginx), System(Brotli), System(Caddy), System(Chromium), System(Openssl)])
            .optional(&[Fonts]),
        stage("e2e", 45, end_to_end).after(&["sandbox", "build"])
            .needs(&[NpmPackages, System(Chromium)])
            .optional(&[System(Nginx), System(Brotli), System(Zbar), System(Poppler), Fonts]),
    ]
};

/// The stages that run only if they are named.
pub const ON_REQUEST: [&str; 10] = [
    "reproducible",
    "commands",
    "firefox-components",
    "published",
    "traffic",
    "monitoring",
    "images",
    "container",
    "load",
    "deletions",
];
pub const FIREFOX: &str = "firefox";

/// The stages of `--fast`.
pub const FAST: [&str; 3] = ["fmt", "clippy", "native"];

const fn stage(name: &'static str, minutes: u64, run: fn(&Provided) -> StageResult) -> Stage {
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

fn complete(result: Result<()>) -> StageResult {
    result.map(|()| vec![])
}

fn fmt(_: &Provided) -> StageResult {
    complete(run(&mut cargo("fmt --all --check")))
}

/// Clippy for this machine, with the code that only runs in browsers.
fn clippy(_: &Provided) -> StageResult {
    let options = "--workspace --all-targets --features hydrate -- -D warnings";
    complete(run(cargo("clippy").args(options.split(' '))))
}

/// Tests that need no browser, and the examples in the documentation.
fn native(_: &Provided) -> StageResult {
    // nextest runs the tests of all crates in parallel; `cargo test` is the fallback.
    if process::output(&mut cargo("nextest --version")).is_err() {
        return complete(run(&mut cargo("test --workspace --no-fail-fast")));
    }
    run(&mut cargo(
        "nextest run --workspace --no-fail-fast --no-tests pass",
    ))?;
    complete(run(&mut cargo("test --workspace --doc")))
}

/// Clippy for the browser.
fn clippy_wasm(_: &Provided) -> StageResult {
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

fn docs(_: &Provided) -> StageResult {
    let mut doc = cargo("doc --workspace --no-deps --document-private-items");
    complete(run(doc.env("RUSTDOCFLAGS", "-D warnings")))
}

fn in_chromium(with: &Provided) -> StageResult {
    let driver = Program::Chromedriver.require()?;
    complete(component_tests(with, "CHROMEDRIVER", &driver))
}

/// Firefox crashes where its sandbox lets it read none of the fonts, and these are outside of the system's folders.
const FIREFOX_READS_FONTS: [(&str, &str); 1] = [("MOZ_DISABLE_CONTENT_SANDBOX", "1")];

/// Runs the wasm-bindgen tests with a driver, which the runner finds by the environment's `variable`.
fn component_tests(with: &Provided, variable: &str, driver: &Path) -> Result<()> {
    let port = sandbox::free_port(None, sandbox::PORT)?;
    let mut program = sandbox::command(port);
    let sandbox = sandbox::start(program.arg("--quiet"), false)?;
    // Without doc tests, which take seconds each in a browser. With `-q` the runner hangs, waiting for
    // output that does not come.
    let mut command = cargo(plain_commands::COMPONENTS);
    with.fonts(with.tools.add_to_path(&mut command)?);
    command
        .args(["--lib", "--tests", "--no-fail-fast"])
        // With several drivers in the environment the runner would choose one.
        .env_remove("CHROMEDRIVER")
        .env_remove("GECKODRIVER")
        .env(variable, driver)
        .envs(FIREFOX_READS_FONTS)
        .envs(portal::WITHOUT_DEBUG_INFO);
    if port != sandbox::PORT {
        command.env("LOGISTRATION_SANDBOX", &sandbox.url);
    }
    run(&mut command)
}

fn build(with: &Provided) -> StageResult {
    complete(portal::build(&with.tools, &portal::Options::default()))
}

/// Builds a hospital's release again, in another environment, and compares every byte.
fn reproducible(_: &Provided) -> StageResult {
    reproducible::check(&in_a_folder())
}

/// The journeys in Chromium, with the release build behind nginx.
fn end_to_end(with: &Provided) -> StageResult {
    if !paths::dist().join("index.html").is_file() {
        bail!("there is no dist/index.html: run `cargo xtask build`");
    }
    // In the profile of the native tests, which have compiled most of it.
    run(&mut cargo(
        "build --package wire-check --package doctor --package new-application",
    ))?;
    run(&mut packages::npm_program("tsc"))?;
    // Only `cargo xtask bench` runs this code; checking it here keeps it valid.
    let mut bench = packages::npm_program("tsc");
    run(bench.arg("--project").arg(paths::root().join("bench")))?;
    // Without nginx they run against the sandbox.
    let mut journeys = match Program::Nginx.find() {
        Some(_) if !with.direct => {
            let mut journeys = with_servers(with)?;
            journeys.env("LOGISTRATION_FRONT", "nginx");
            journeys
        }
        _ => with.playwright()?,
    };
    let absent = [(Program::Zbar, "@scanner"), (Program::Poppler, "@paper")]
        .into_iter()
        .filter(|(program, _)| program.find().is_none())
        .map(|(_, tag)| tag);
    let absent = Vec::from_iter(absent).join("|");
    if !absent.is_empty() {
        journeys.args(["--grep-invert", &absent]);
    }
    journeys
        .arg("--project=journeys")
        .env("LOGISTRATION_WIRE_CHECK", paths::program("wire-check"))
        .env("LOGISTRATION_DOCTOR_BIN", paths::program("doctor"))
        .env(
            "LOGISTRATION_NEW_APPLICATION",
            paths::program("new-application"),
        )
        .args(&with.e2e_args);
    run(&mut journeys)?;
    Ok(Vec::from_iter(with.direct.then_some(Program::Nginx.id())))
}

/// Playwright with the installed servers and the headers for them.
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

/// The tests of the server configurations in deploy/.
fn servers(with: &Provided) -> StageResult {
    complete(run(with_servers(with)?.arg("--project=servers")))
}

/// Half an hour of calls through nginx at its limits, to a service that restarts and moves.
fn traffic(with: &Provided) -> StageResult {
    complete(run(with_servers(with)?.arg("--project=traffic")))
}

/// Metrics and alerts of deploy/monitoring, over the log that nginx writes.
fn monitoring(with: &Provided) -> StageResult {
    complete(run(with_servers(with)?.arg("--project=monitoring")))
}

/// What one node carries; `cargo xtask load` writes it into the documentation.
fn load(with: &Provided) -> StageResult {
    let wrk = Program::Wrk.require()?;
    complete(run(with_servers(with)?
        .arg("--project=load")
        .env("LOGISTRATION_WRK", wrk)))
}

/// Takes each line of the server configurations out, one at a time, and expects a test of `servers` to fail.
fn deletions(with: &Provided) -> StageResult {
    let mut tests = with_servers(with)?;
    tests.arg("--project=deletions").args(&with.e2e_args);
    complete(run(&mut tests))
}

/// Staff journeys against running SPICE services, whose addresses and people are options.
fn published(with: &Provided) -> StageResult {
    let options = &with.published;
    let people = options
        .people
        .as_deref()
        .context("--people FILE is missing")?;
    let services = [
        ("1", "LOGISTRATION_SPICE1", &options.spice1),
        ("2", "LOGISTRATION_SPICE2", &options.spice2),
    ];
    let given = services
        .iter()
        .filter(|(_, _, url)| url.is_some())
        .map(|(version, _, _)| *version);
    let checked = fs::read_to_string(people)
        .map_err(anyhow::Error::new)
        .and_then(|file| published_people::check(&file, &Vec::from_iter(given)));
    for client in checked.with_context(|| people.display().to_string())? {
        println!("{}: no person with {client:?}", people.display());
    }
    let mut journeys = with_servers(with)?;
    journeys.arg("--project=published").args(&with.e2e_args);
    for (_, name, url) in services {
        journeys.envs(url.as_ref().map(|url| (name, url)));
    }
    complete(run(
        journeys.env("LOGISTRATION_PEOPLE", fs::canonicalize(people)?)
    ))
}

fn in_a_folder() -> portal::Options {
    portal::Options {
        to: paths::target().join("release-in-a-folder"),
        base_path: "/portal/".to_owned(),
        config: Some(paths::root().join("examples/folder-of-a-site/config.json")),
    }
}

/// The tests of a release with a hospital's configuration, in a folder of its site.
fn release(with: &Provided) -> StageResult {
    let release = in_a_folder();
    portal::build(&with.tools, &release)?;
    let mut journeys = with.playwright()?;
    journeys.arg("--project=release");
    complete(run(journeys.env("LOGISTRATION_RELEASE", &release.to)))
}

/// The program that drives Firefox: GECKODRIVER, or the project's own.
fn geckodriver(with: &Provided) -> Result<PathBuf> {
    let found = || with.tools.program("geckodriver");
    system::from_env("GECKODRIVER").map_or_else(found, Ok)
}

/// The wasm-bindgen tests in Firefox.
fn components_in_firefox(with: &Provided) -> StageResult {
    complete(component_tests(with, "GECKODRIVER", &geckodriver(with)?))
}

/// The journeys that every engine must pass, in Firefox.
fn in_firefox(with: &Provided) -> StageResult {
    let driver = geckodriver(with)?;
    let mut journeys = with.playwright()?;
    journeys
        .arg("--project=firefox")
        .env("FIREFOX", Program::Firefox.require()?)
        .envs(FIREFOX_READS_FONTS)
        .env("GECKODRIVER", driver);
    complete(run(&mut journeys))
}

/// Sign-ins in the oldest browser in which the portal works, what older ones show, and what the built files need.
fn floor(with: &Provided) -> StageResult {
    let mut tsc = packages::npm_program("tsc");
    run(tsc.arg("--project").arg(paths::e2e().join("floor")))?;
    complete(run(with.playwright()?.arg("--project=floor")))
}

/// The journeys that every engine must pass, in WebKit on a screen of its own.
fn in_webkit(with: &Provided) -> StageResult {
    let mut journeys = with.playwright()?;
    journeys
        .arg("--project=webkit")
        .env("WEBKIT_DRIVER", Program::WebKit.require()?)
        .env("MINIBROWSER", mini_browser()?);
    let mut on_a_screen = Command::new(Program::Xvfb.require()?);
    on_a_screen
        .args(["-a", "-s", "-screen 0 1400x1000x24"])
        .arg(journeys.get_program())
        .args(journeys.get_args());
    if let Some(folder) = journeys.get_current_dir() {
        on_a_screen.current_dir(folder);
    }
    let set = journeys.get_envs();
    on_a_screen.envs(set.filter_map(|(name, value)| Some((name, value?))));
    complete(run(&mut on_a_screen))
}

/// WebKitGTK's own small browser, which is not on PATH: `/usr/lib/<machine>/webkit2gtk-<version>/MiniBrowser`.
fn mini_browser() -> Result<PathBuf> {
    let folders = |of: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(of).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let mut found = folders(Path::new("/usr/lib"))
        .into_iter()
        .flat_map(|machine| folders(&machine))
        .filter(|folder| folder.to_string_lossy().contains("/webkit2gtk-"))
        .map(|folder| folder.join("MiniBrowser"))
        .filter(|browser| browser.is_file());
    found
        .next()
        .context("there is no MiniBrowser below /usr/lib")
}

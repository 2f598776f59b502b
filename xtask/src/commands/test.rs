//! `cargo xtask test`: set-up, then the stages, then a summary whose last line is
//! `N passed, N failed, N skipped`.

use std::ffi::OsString;
use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};

use crate::checks::needs::{Need, Provided, Published};
use crate::checks::stages::{FAST, FIREFOX, ON_REQUEST, STAGES, Stage};
use crate::setup::system::{self, Program};
use crate::setup::{fonts::Fonts, paths, process, time_limit::with_limit};

/// Install what the tests need, run them all, and print a summary
///
/// The last line is `N passed, N failed, N skipped`, counting stages. A stage that could not run has
/// failed; a stage that checked only a part is skipped and names what was missing. The seconds of each
/// stage are in target/test-summary.json. The first run on a machine installs tools; programs of the
/// operating system are installed by apt-get on Debian and Ubuntu as root, and named elsewhere.
#[derive(clap::Args, Debug, Default)]
pub struct Options {
    /// Only fmt, clippy and native
    #[arg(long)]
    fast: bool,
    /// Only the stage firefox: journeys in Firefox
    #[arg(long)]
    firefox: bool,
    /// Only this stage and those it depends on (may be given again); they run in the order of this list
    #[arg(long, value_name = "STAGE", value_parser = PossibleValuesParser::new(STAGES.map(|it| it.name)))]
    only: Vec<String>,
    /// With --only: use the existing builds of dist/ and the sandbox
    #[arg(long)]
    no_build: bool,
    /// Count a stage that checked only a part as failed
    #[arg(long)]
    strict: bool,
    /// With --strict: this may be missing (may be given again)
    #[arg(long, value_name = "NAME", requires = "strict")]
    allow_missing: Vec<String>,
    /// In the stage e2e: run the journeys against the sandbox, without nginx
    #[arg(long)]
    direct: bool,
    #[command(flatten)]
    published: Published,
    /// The fonts that browsers see
    #[arg(long, value_name = "NAME", value_enum, default_value_t)]
    fonts: Fonts,
    /// Pass everything after this to Playwright: --e2e-args --grep 'wrong password'
    #[arg(long, num_args = 0.., allow_hyphen_values = true)]
    e2e_args: Vec<OsString>,
}

/// The stages to run, in order.
fn selected(options: &Options) -> Vec<Stage> {
    let mut only: Vec<&str> = options.only.iter().map(String::as_str).collect();
    only.extend(if options.fast { &FAST[..] } else { &[] });
    only.extend(options.firefox.then_some(FIREFOX));
    if only.is_empty() {
        only.extend(
            STAGES
                .map(|stage| stage.name)
                .iter()
                .filter(|name| !ON_REQUEST.contains(name)),
        );
    }
    if !options.no_build {
        // A stage comes after those it depends on, so one pass in reverse order finds all of them.
        for stage in STAGES.iter().rev() {
            if only.contains(&stage.name) {
                only.extend(stage.after);
            }
        }
    }
    let wanted = |stage: &Stage| only.contains(&stage.name);
    STAGES.into_iter().filter(wanted).collect()
}

/// The result of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Passed,
    /// It checked only a part; the names of what was missing.
    Skipped(Vec<&'static str>),
    /// It failed or could not run; the cause.
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

    /// What was missing or failed, in one line.
    fn detail(&self) -> String {
        match self {
            Self::Passed => String::new(),
            Self::Skipped(parts) => format!("without {}", parts.join(", ")),
            Self::Failed(cause) => cause.lines().next().unwrap_or_default().to_owned(),
        }
    }
}

/// A run of a stage.
struct StageRun {
    stage: Stage,
    took: Duration,
    outcome: Outcome,
}

/// The needs that could not be provided, with the cause.
type Missing = Vec<(Need, String)>;

/// `cargo xtask test`
pub fn command(options: Options) -> Result<ExitCode> {
    let stages = selected(&options);
    let mut provided = Provided {
        direct: options.direct,
        fonts: options.fonts,
        published: options.published,
        e2e_args: options.e2e_args,
        ..Provided::default()
    };
    let started = Instant::now();
    let missing = set_up(&stages, &mut provided);
    let set_up = started.elapsed();
    let mut runs: Vec<StageRun> = Vec::new();
    for stage in stages {
        println!("\n== {} ==", stage.name);
        let started = Instant::now();
        let result = match blocker(&stage, &missing, &runs) {
            Some(cause) => Err(cause),
            None => with_limit(stage.name, Duration::from_mins(stage.minutes), || {
                (stage.run)(&provided)
            })
            .map_err(|error| format!("{error:#}")),
        };
        let allowed = options.strict.then_some(options.allow_missing.as_slice());
        let outcome = outcome_of(&stage, result, &missing, allowed);
        if outcome != Outcome::Passed {
            eprintln!("{} {}: {}", stage.name, outcome.name(), outcome.detail());
        }
        runs.push(StageRun {
            stage,
            took: started.elapsed(),
            outcome,
        });
    }
    print!("\n{}", summary(&runs));
    let file = paths::target().join("test-summary.json");
    fs::write(&file, format!("{:#}\n", machine_summary(&runs, set_up)))
        .with_context(|| format!("cannot write {}", file.display()))?;
    let failed = |it: &StageRun| matches!(it.outcome, Outcome::Failed(_));
    Ok(ExitCode::from(u8::from(runs.iter().any(failed))))
}

/// The time limit for the installation of one need.
const INSTALLATION_LIMIT: Duration = Duration::from_mins(40);

/// Installs all that the stages need; returns what could not be provided.
fn set_up(stages: &[Stage], provided: &mut Provided) -> Missing {
    let mut needs: Vec<Need> = Vec::new();
    for need in stages
        .iter()
        .flat_map(|stage| stage.needs.iter().chain(stage.optional))
    {
        if !needs.contains(need) {
            needs.push(*need);
        }
    }
    // Tools to compile are last, so that missing needs are reported before the long installations.
    needs.sort_by_key(|need| matches!(need, Need::Tool(tool) if tool.is_compiled()));
    let programs: Vec<Program> = needs.iter().filter_map(|need| need.program()).collect();
    let absent = system::ensure_installed(&programs);
    let mut missing: Missing = (absent.iter())
        .map(|program| {
            (
                Need::System(*program),
                format!("{} is missing", program.name()),
            )
        })
        .collect();
    for need in needs {
        let result = with_limit(need.name(), INSTALLATION_LIMIT, || need.provide(provided));
        if let Err(error) = result
            && !missing.iter().any(|(other, _)| *other == need)
        {
            eprintln!("set-up: {error:#}");
            missing.push((need, format!("{error:#}")));
        }
    }
    missing
}

/// The cause that keeps a stage from running, if any.
fn blocker(stage: &Stage, missing: &Missing, before: &[StageRun]) -> Option<String> {
    let lacks = missing.iter().find(|(need, _)| stage.needs.contains(need));
    if let Some((_, cause)) = lacks {
        return Some(format!("could not run: {cause}"));
    }
    let mut failed = before.iter().map(|it| (it.stage.name, &it.outcome));
    let (name, _) = failed.find(|(name, outcome)| {
        matches!(outcome, Outcome::Failed(_)) && stage.after.contains(name)
    })?;
    Some(format!("could not run: {name} failed"))
}

/// The outcome of a stage with this result. `allowed` has the names of what may be missing in a strict
/// run; it is `None` in others.
fn outcome_of(
    stage: &Stage,
    result: Result<Vec<&'static str>, String>,
    missing: &Missing,
    allowed: Option<&[String]>,
) -> Outcome {
    let mut parts = match result {
        Ok(parts) => parts,
        Err(cause) => return Outcome::Failed(cause),
    };
    let optional = stage.optional.iter();
    parts.extend(
        optional
            .filter(|need| missing.iter().any(|(other, _)| other == *need))
            .map(|need| need.name()),
    );
    if let Some(allowed) = allowed {
        let not_allowed = |part: &&&str| !allowed.iter().any(|name| name == *part);
        let not_allowed: Vec<_> = parts.iter().filter(not_allowed).copied().collect();
        if !not_allowed.is_empty() {
            let names = not_allowed.join(", ");
            return Outcome::Failed(format!("could not check all: without {names}"));
        }
    }
    if parts.is_empty() {
        Outcome::Passed
    } else {
        Outcome::Skipped(parts)
    }
}

fn summary(runs: &[StageRun]) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for it in runs {
        let line = format!(
            "{:<12}  {:<7}  {:>11}  {}",
            it.stage.name,
            it.outcome.name(),
            process::format_duration(it.took),
            it.outcome.detail(),
        );
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let count = |name| runs.iter().filter(|it| it.outcome.name() == name).count();
    let (passed, failed, skipped) = (count("passed"), count("FAILED"), count("skipped"));
    let _ = writeln!(text, "{passed} passed, {failed} failed, {skipped} skipped");
    text
}

/// The summary as JSON: seconds and outcome of each stage, and the seconds of the set-up.
fn machine_summary(runs: &[StageRun], set_up: Duration) -> Value {
    let seconds = |time: Duration| (time.as_secs_f64() * 10.0).round() / 10.0;
    let stages = runs.iter().map(|it| {
        json!({
            "stage": it.stage.name,
            "outcome": it.outcome.name().to_lowercase(),
            "seconds": seconds(it.took),
            "detail": it.outcome.detail(),
        })
    });
    let total = runs.iter().map(|it| it.took).sum::<Duration>() + set_up;
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
        Options, Outcome, StageRun, blocker, machine_summary, outcome_of, selected, summary,
    };
    use crate::checks::needs::Need;
    use crate::checks::stages::{ON_REQUEST, STAGES, Stage};
    use crate::setup::system::Program;

    fn stage(name: &str) -> Stage {
        STAGES.into_iter().find(|stage| stage.name == name).unwrap()
    }

    fn run(name: &str, outcome: Outcome) -> StageRun {
        StageRun {
            stage: stage(name),
            took: Duration::from_secs(2),
            outcome,
        }
    }

    fn failed(why: &str) -> Outcome {
        Outcome::Failed(why.to_owned())
    }

    #[test]
    fn selected_stage_adds_the_stages_it_depends_on() {
        let names = |only: &[&str], fast, no_build| -> Vec<_> {
            let only = only.iter().map(|&name| name.to_owned()).collect();
            let options = Options {
                fast,
                only,
                no_build,
                ..Options::default()
            };
            selected(&options).iter().map(|stage| stage.name).collect()
        };
        assert_eq!(names(&["e2e"], false, false), ["sandbox", "build", "e2e"]);
        assert_eq!(names(&["e2e"], false, true), ["e2e"]);
        assert_eq!(
            names(&["reproducible"], false, false),
            ["sandbox", "build", "release", "reproducible"]
        );
        assert_eq!(names(&[], true, false), ["fmt", "clippy", "native"]);
        let usual = names(&[], false, false);
        let all = STAGES.iter().map(|stage| stage.name);
        assert!(all.filter(|name| !ON_REQUEST.contains(name)).eq(usual));
        for (index, stage) in STAGES.iter().enumerate() {
            let before = |name| STAGES.iter().take(index).any(|it| it.name == name);
            assert!(stage.after.iter().all(|&name| before(name)));
        }
    }

    #[test]
    fn stage_without_a_need_or_a_passed_dependency_has_a_blocker() {
        let none = vec![];
        let missing = vec![(Need::NpmPackages, "no npm".to_owned())];
        let before = [run("build", failed("no"))];
        let why = |name, missing, before| blocker(&stage(name), missing, before);
        assert_eq!(
            why("e2e", &missing, &[]).as_deref(),
            Some("could not run: no npm")
        );
        assert_eq!(
            why("e2e", &none, &before).as_deref(),
            Some("could not run: build failed")
        );
        assert_eq!(why("fmt", &missing, &before), None);
    }

    #[test]
    fn strict_run_fails_a_stage_unless_all_it_misses_is_allowed() {
        let missing = vec![
            (Need::System(Program::Caddy), "no Caddy".to_owned()),
            (Need::System(Program::Kustomize), "no kustomize".to_owned()),
        ];
        let servers = stage("servers");
        let skipped = Outcome::Skipped(vec!["caddy", "kustomize"]);
        assert_eq!(blocker(&servers, &missing, &[]), None);
        assert_eq!(outcome_of(&servers, Ok(vec![]), &missing, None), skipped);
        let strict = |allowed: &[&str]| {
            let allowed: Vec<_> = allowed.iter().map(|&name| name.to_owned()).collect();
            outcome_of(&servers, Ok(vec![]), &missing, Some(&allowed))
        };
        let lacks_caddy = failed("could not check all: without caddy");
        assert_eq!(strict(&["kustomize"]), lacks_caddy);
        assert_eq!(strict(&["kustomize", "caddy"]), skipped);
        let audited = outcome_of(&stage("audit"), Ok(vec!["advisories"]), &missing, None);
        assert_eq!(audited, Outcome::Skipped(vec!["advisories"]));
    }

    #[test]
    fn summary_has_a_line_per_stage_and_the_counts() {
        let stages = [
            run("fmt", Outcome::Passed),
            run("audit", Outcome::Skipped(vec!["advisories"])),
            run("clippy-wasm", failed("`cargo clippy` failed\nand more")),
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
    }
}

//! `cargo xtask load`: what one node carries, and from that the plan of docs/operations.md. The measurement is
//! `e2e/servers/one_node.load.ts`; its JSON is docs/load.json, and every figure of the page is computed from it.

use std::fmt::Write;
use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::setup::{paths, process};

/// Measure what one node carries, and write it into docs/operations.md
///
/// nginx of deploy/, with TLS, on the loopback address, loaded by wrk. The figures of two machines differ: the page
/// says on which they were measured.
#[derive(clap::Args)]
pub struct Options {
    /// Seconds of each of the three measurements
    #[arg(long, value_name = "N", default_value_t = 20)]
    seconds: u32,
    /// Measure the existing builds of dist/ and the sandbox
    #[arg(long)]
    no_build: bool,
}

const PAGE: &str = "docs/operations.md";
const REPORT: &str = "docs/load.json";
const START: &str = "<!-- load: made by cargo xtask load -->\n";
const END: &str = "<!-- /load -->";

/// Sign-ins of the plan's day.
const A_DAY: f64 = 1e6;
/// The busiest hour's share of a day, and how much busier than that hour's average its busiest minute is.
const BUSIEST_HOUR: f64 = 0.15;
const BUSIEST_MINUTE: f64 = 3.0;

/// `cargo xtask load`
pub fn command(options: &Options) -> Result<ExitCode> {
    let mut test = Command::new(process::this_program()?);
    test.args(["test", "--only", "load"])
        .args(options.no_build.then_some("--no-build"))
        .env("LOGISTRATION_LOAD_SECONDS", options.seconds.to_string())
        .env("LOGISTRATION_LOAD_REPORT", paths::root().join(REPORT));
    process::run(&mut test)?;
    let (page, report) = (read(PAGE)?, read(REPORT)?);
    let page = with(&page, &rendered(&serde_json::from_str(&report)?)?)?;
    fs::write(paths::root().join(PAGE), page)?;
    println!("{PAGE} has the figures of {REPORT}");
    Ok(ExitCode::SUCCESS)
}

fn read(name: &str) -> Result<String> {
    fs::read_to_string(paths::root().join(name)).with_context(|| format!("cannot read {name}"))
}

/// The page with this text between the two marks.
fn with(page: &str, text: &str) -> Result<String> {
    let (before, rest) = page
        .split_once(START)
        .context("the page has no start mark")?;
    let (_, after) = rest.split_once(END).context("the page has no end mark")?;
    Ok([before, START, text, END, after].concat())
}

/// The part of the page.
fn rendered(report: &Value) -> Result<String> {
    let number = |path: &str| {
        let found = report.pointer(path).and_then(Value::as_f64);
        found.with_context(|| format!("the report has no {path}"))
    };
    let mut text = String::new();
    writeln!(
        text,
        "Measured by `cargo xtask load`: nginx of `deploy/nginx` with one worker process, TLS as delivered with a \
         certificate of RSA 2048, and `wrk` with {} connections, together on a machine with {} cores ({}). *A core* is \
         a second of nginx's own processor time, so that it does not matter what else the machine did.\n",
        number("/connections")?,
        number("/machine/cores")?,
        report
            .pointer("/machine/processor")
            .and_then(Value::as_str)
            .unwrap_or("unknown"),
    )?;
    writeln!(
        text,
        "| of a visit | requests | of these to a service | bytes, with headers | of these in hashed files, which a CDN serves |\n|---|---|---|---|---|"
    )?;
    for (who, name) in [("patient", "patient"), ("staff", "staff member")] {
        for (step, what) in [
            ("first", "first page of a"),
            ("calls", "sign-in of a"),
            ("again", "next page, files in the browser's cache, of a"),
        ] {
            let of = |key: &str| number(&format!("/visits/{who}/{step}/{key}"));
            writeln!(
                text,
                "| {what} {name} | {} | {} | {} | {} |",
                of("requests")?,
                of("serviceCalls")?,
                grouped(of("bytes")?),
                grouped(of("hashedBytes")?)
            )?;
        }
    }
    let visits =
        number("/firstVisits/requestsPerCoreSecond")? / number("/firstVisits/requestsPerVisit")?;
    let behind_cdn =
        number("/behindCdn/requestsPerCoreSecond")? / number("/behindCdn/requestsPerVisit")?;
    let sign_ins = number("/calls/requestsPerCoreSecond")? / number("/calls/callsPerSignIn")?;
    writeln!(
        text,
        "\n| a core of nginx carries | a second | half of the requests within | 99 % within |\n|---|---|---|---|"
    )?;
    for (what, key, rate) in [
        (
            "first visits, each with a TLS connection of its own",
            "firstVisits",
            visits,
        ),
        (
            "the same behind a CDN, which serves the hashed files",
            "behindCdn",
            behind_cdn,
        ),
        (
            "sign-ins of patients through all limits, over http, to a service that answers at once",
            "calls",
            sign_ins,
        ),
    ] {
        let ms = |part: &str| number(&format!("/{key}/{part}"));
        writeln!(
            text,
            "| {what} | {} | {:.1} ms | {:.1} ms |",
            grouped(rate),
            ms("millisecondsHalf")?,
            ms("milliseconds99Percent")?
        )?;
    }

    let peak = A_DAY * BUSIEST_HOUR / 3600.0 * BUSIEST_MINUTE;
    let first = number("/visits/patient/first/bytes")?;
    let own = first - number("/visits/patient/first/hashedBytes")?;
    let calls = number("/visits/patient/calls/serviceCalls")?;
    let megabits = |bytes: f64| grouped(peak * bytes * 8.0 / 1e6);
    writeln!(
        text,
        "\n**A million sign-ins of patients a day** are {:.0} a second on average. If the busiest hour has {:.0} % of the \
         day, and its busiest minute {BUSIEST_MINUTE:.0} times that hour's average, the peak is {peak:.0} a second. If every visit \
         were a first one:\n",
        A_DAY / 86_400.0,
        BUSIEST_HOUR * 100.0
    )?;
    writeln!(
        text,
        "| at the peak | without a CDN | hashed files from a CDN |\n|---|---|---|"
    )?;
    writeln!(
        text,
        "| from the origin | {} Mbit/s | {} Mbit/s |",
        megabits(first),
        megabits(own)
    )?;
    writeln!(
        text,
        "| cores of nginx for pages and files | {:.2} | {:.2} |",
        peak / visits,
        peak / behind_cdn
    )?;
    writeln!(
        text,
        "| cores of nginx for calls | {0:.2} | {0:.2} |",
        peak / sign_ins
    )?;
    writeln!(
        text,
        "| calls a second that the middleware must bear | {0} | {0} |\n",
        grouped(peak * calls)
    )?;
    Ok(text)
}

/// A number without a fraction, in groups of three digits.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{END, PAGE, REPORT, START, grouped, read, rendered, with};

    #[test]
    fn figures_of_the_page_are_those_of_the_report() {
        let (page, report) = (read(PAGE).unwrap(), read(REPORT).unwrap());
        let made = rendered(&serde_json::from_str(&report).unwrap()).unwrap();
        assert_eq!(with(&page, &made).unwrap(), page);
        // No other figure is in the chapter.
        let chapter = page.split_once("\n## Capacity\n").unwrap().1;
        let chapter = chapter.split_once("\n## ").unwrap().0;
        let (before, rest) = chapter.split_once(START).unwrap();
        let (_, after) = rest.split_once(END).unwrap();
        for text in [before, after] {
            assert!(!text.contains(|c: char| c.is_ascii_digit()), "{text}");
        }
    }

    #[test]
    fn report_without_a_figure_is_an_error() {
        assert!(rendered(&serde_json::json!({})).is_err());
    }

    #[test]
    fn digits_are_in_groups_of_three() {
        assert_eq!(grouped(999.6), "1,000");
        assert_eq!(grouped(125.0), "125");
        assert_eq!(grouped(1_234_567.0), "1,234,567");
    }
}

//! The report as metrics of Prometheus, for the textfile collector of its `node_exporter`.

use std::fmt::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::report::{Check, Outcome, Report};

/// The metrics of a run, in the [text format](https://prometheus.io/docs/instrumenting/exposition_formats/): one
/// sample for each check, 0 if it failed, and two about the run itself.
pub fn metrics(report: &Report, duration: Duration, end: SystemTime) -> String {
    let mut text = String::new();
    let check = "logistration_doctor_check";
    head(
        &mut text,
        check,
        "0 if the check failed, else 1, also for what is only to be looked at.",
    );
    for Check {
        id,
        client,
        outcome,
        ..
    } in report.checks()
    {
        let value = u8::from(*outcome != Outcome::Fail);
        let client = client
            .as_ref()
            .map(|client| format!(",client=\"{}\"", escaped(client)))
            .unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{check}{{check=\"{}\"{client}}} {value}", escaped(id));
    }
    let name = "logistration_doctor_duration_seconds";
    head(&mut text, name, "How long the run took.");
    let _ = writeln!(text, "{name} {}", duration.as_secs_f64());
    let name = "logistration_doctor_end_timestamp_seconds";
    head(&mut text, name, "When the run ended, in Unix time.");
    let end = end.duration_since(UNIX_EPOCH).unwrap_or_default();
    let _ = writeln!(text, "{name} {}", end.as_secs());
    text
}

fn head(text: &mut String, name: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
}

/// A label's value with the three characters escaped that the format reserves.
fn escaped(value: &str) -> String {
    value
        .replace('\\', r"\\")
        .replace('"', r#"\""#)
        .replace('\n', r"\n")
}

#[cfg(test)]
mod tests {
    use super::metrics;
    use crate::report::Report;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn each_check_is_one_sample_and_a_failed_one_is_0() {
        let mut report = Report::default();
        let mut section = report.section("staff");
        section.pass("tls", "");
        section.warn("clock", "", "");
        let mut section = section.of_client("a \"b\\c");
        section.fail("logout", "not in the metrics", "");
        let end = UNIX_EPOCH + Duration::from_secs(1_000_000_007);
        let expected = "\
# HELP logistration_doctor_check 0 if the check failed, else 1, also for what is only to be looked at.
# TYPE logistration_doctor_check gauge
logistration_doctor_check{check=\"staff.tls\"} 1
logistration_doctor_check{check=\"staff.clock\"} 1
logistration_doctor_check{check=\"staff.logout\",client=\"a \\\"b\\\\c\"} 0
# HELP logistration_doctor_duration_seconds How long the run took.
# TYPE logistration_doctor_duration_seconds gauge
logistration_doctor_duration_seconds 1.5
# HELP logistration_doctor_end_timestamp_seconds When the run ended, in Unix time.
# TYPE logistration_doctor_end_timestamp_seconds gauge
logistration_doctor_end_timestamp_seconds 1000000007
";
        assert_eq!(metrics(&report, Duration::from_millis(1500), end), expected);
    }
}

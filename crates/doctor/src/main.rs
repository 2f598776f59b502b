//! `cargo xtask doctor`: reads its arguments, runs the checks, and prints the report.

#![forbid(unsafe_code)]

mod arguments;

use std::fs::File;
use std::io::Write;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Instant, SystemTime};

use arguments::{Format, Run};
use doctor::explain::explain;
use doctor::prometheus::metrics;
use doctor::record::Recorder;
use doctor::report::Outcome;
use doctor::{examine_and_record, probe, recording};
use lexopt::Parser;

const HELP: &str = "\
Check the hospital's services against what the portal needs

Usage: cargo xtask doctor [--config FILE|URL] [--patient-url URL] [--staff-url URL] [OPTIONS]
       cargo xtask doctor --explain REFERENCE    the meaning of a reference such as P2-SHAPE

Options:
  --config FILE|URL      a portal's config.json, or the address of a portal: mistakes in it are reported,
                         and the other options are taken from it; options take precedence
  --ca FILE              certificates (PEM) of a hospital's own authority, trusted beside the system's;
                         may be repeated
  --patient-url URL      the patient middleware, as in patient.baseUrl
  --staff-url URL        the staff service, as in staff.baseUrl
  --origin URL           the portal's origin, such as https://portal.hospital.example (default: that of
                         --config URL)
  --staff-protocol 1|2   the version of SPICE, as in staff.entrances (default: 1)
  --client NAME          the client header (default: each of staff.entrances; without --config
                         spice mobile, or web for protocol 2)
  --patient-id-type WORD the value of type for a Patient ID (default: patientId)
  --logout-method METHOD GET or POST (default: GET)
  --timeout SECONDS      the timeout of a request (default: 15, as in the portal)
  --json                 print one JSON document in place of lines
  --prometheus           a probe for every few minutes: sign the test user in with the first client, ask
                         once, sign out; sign the test patient in, unless that sends a code. Nothing else is
                         asked. Prints metrics of Prometheus, one for each check
  --record FILE          also write all requests and answers, with personal details replaced, for
                         cargo xtask start --replay FILE
  --help                 print this help

Environment, for the credentials of a test patient and a test user, never of real people:
  DOCTOR_PATIENT_PHONE         the mobile number, without country code and leading zero
  DOCTOR_PATIENT_NATIONAL_ID   the national ID, or
  DOCTOR_PATIENT_ID            the Patient ID
  DOCTOR_STAFF_USERNAME        the user name
  DOCTOR_STAFF_PASSWORD        the password
  DOCTOR_STAFF_PASSWORD_KEY    the key of its hash (default: as configured; may be empty)

The doctor uses unknown people, signs the test patient in once and the test user once with each client,
sends one wrong identifier and one wrong password, and signs out again. It prints no personal data: no name, number,
token or hash.

Exit status: 0 when all checks passed or need only a review, 1 when one failed, 2 for wrong usage.
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(message) => {
            eprintln!("doctor: {message}\nTry --help.");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("--explain") {
        let reference: Vec<_> = arguments.collect();
        print!("{}", explain(&reference.join(" "))?);
        return Ok(ExitCode::SUCCESS);
    }
    let Some(run) = arguments::read(Parser::from_env())? else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let Run {
        plan,
        format,
        record,
    } = run;
    let start = Instant::now();
    // A file that cannot be written is an error before the first request, not after the last.
    let record = match record {
        Some(path) => Some((
            File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?,
            Rc::new(Recorder::default()),
        )),
        None => None,
    };
    let report = match format {
        Format::Prometheus => probe(&plan)?,
        Format::Text | Format::Json => {
            examine_and_record(&plan, record.as_ref().map(|(_, recorder)| recorder))
        }
    };
    if let Some((mut file, recorder)) = record {
        let text = recording(&plan, &recorder)?;
        file.write_all(text.as_bytes())
            .map_err(|error| format!("--record: {error}"))?;
    }
    let text = match format {
        Format::Text => report.text(),
        Format::Json => report.json().map_err(|error| error.to_string())? + "\n",
        Format::Prometheus => metrics(&report, start.elapsed(), SystemTime::now()),
    };
    // A closed pipe is no error; the exit status has the result.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(match report.outcome() {
        Outcome::Pass | Outcome::Warn => ExitCode::SUCCESS,
        Outcome::Fail => ExitCode::FAILURE,
    })
}

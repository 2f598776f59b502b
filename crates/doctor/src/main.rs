//! `cargo xtask doctor`: reads its arguments, runs the checks, and prints the report.

#![forbid(unsafe_code)]

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use config::{BaseUrl, Config, StaffClientConfig};
use contract::request::Method;
use contract::staff::StaffClient;
use doctor::credentials::Credentials;
use doctor::report::Outcome;
use doctor::{Plan, examine};
use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
Check the hospital's services against what the portal needs

Usage: cargo xtask doctor [--config FILE] [--patient-url URL] [--staff-url URL] [OPTIONS]

Options:
  --config FILE          a portal's config.json: its mistakes are reported, and the other options are
                         taken from it; options after it take precedence
  --patient-url URL      the patient middleware, as in patient.baseUrl
  --staff-url URL        the staff service, as in staff.baseUrl
  --origin URL           the portal's origin, such as https://portal.hospital.example
  --staff-protocol 1|2   the version of SPICE, as in staff.entrances (default: 1)
  --client NAME          the client header (default: spice mobile; web for protocol 2)
  --patient-id-type WORD the value of type for a Patient ID (default: patientId)
  --logout-method METHOD GET or POST (default: GET)
  --timeout SECONDS      the timeout of a request (default: 15, as in the portal)
  --json                 print one JSON document in place of lines
  --help                 print this help

Environment, for the credentials of a test patient and a test user, never of real people:
  DOCTOR_PATIENT_PHONE         the mobile number, without country code and leading zero
  DOCTOR_PATIENT_NATIONAL_ID   the national ID, or
  DOCTOR_PATIENT_ID            the Patient ID
  DOCTOR_STAFF_USERNAME        the user name
  DOCTOR_STAFF_PASSWORD        the password
  DOCTOR_STAFF_PASSWORD_KEY    the key of its hash (default: spice_opensource; may be empty)

The doctor uses unknown people, signs the test patient and the test user in once each, sends one wrong
identifier and one wrong password, and signs out again. It prints no personal data: no name, number,
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
    let Some((plan, json)) = read(Parser::from_env())? else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let report = examine(&plan);
    let text = if json {
        report.json().map_err(|error| error.to_string())? + "\n"
    } else {
        report.text()
    };
    // A closed pipe is no error; the exit status has the result.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(match report.outcome() {
        Outcome::Pass | Outcome::Warn => ExitCode::SUCCESS,
        Outcome::Fail => ExitCode::FAILURE,
    })
}

/// The plan, and `true` for a JSON report; `None` for `--help`.
fn read(mut arguments: Parser) -> Result<Option<(Plan, bool)>, String> {
    let credentials = Credentials::read(|name| std::env::var(name))?;
    let mut plan = plan_from_config(&Config::default(), credentials);
    let (mut json, mut spice_2, mut client) = (false, false, None);
    while let Some(argument) = arguments.next().map_err(|error| error.to_string())? {
        match argument {
            Arg::Long("config") => {
                let config = read_config(&value(&mut arguments)?)?;
                plan = plan_from_config(&config, plan.credentials);
            }
            Arg::Long("patient-url") => {
                plan.patient = Some(service(&mut arguments, "--patient-url")?);
            }
            Arg::Long("staff-url") => plan.staff = Some(service(&mut arguments, "--staff-url")?),
            Arg::Long("origin") => {
                plan.origin = Some(service(&mut arguments, "--origin")?.origin());
            }
            Arg::Long("staff-protocol") => {
                spice_2 = match value(&mut arguments)?.as_str() {
                    "1" => false,
                    "2" => true,
                    _ => return Err("--staff-protocol is 1 or 2".to_owned()),
                };
            }
            Arg::Long("client") => client = Some(value(&mut arguments)?),
            Arg::Long("patient-id-type") => plan.patient_id_type = value(&mut arguments)?,
            Arg::Long("logout-method") => {
                plan.logout_method = match value(&mut arguments)?.as_str() {
                    "GET" => Method::Get,
                    "POST" => Method::Post,
                    _ => return Err("--logout-method is GET or POST".to_owned()),
                };
            }
            Arg::Long("timeout") => {
                let seconds = value(&mut arguments)?
                    .parse()
                    .ok()
                    .filter(|seconds| *seconds > 0);
                let seconds = seconds.ok_or("--timeout takes whole seconds, at least 1")?;
                plan.timeout = Duration::from_secs(seconds);
            }
            Arg::Long("json") => json = true,
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            other => return Err(other.unexpected().to_string()),
        }
    }
    plan.client = match (spice_2, client) {
        (false, None) => plan.client,
        (false, Some(name)) => StaffClient::SpiceV1(name),
        (true, None) => StaffClient::SpiceV2Web,
        (true, Some(name)) => {
            StaffClient::spice_v2(&name).ok_or("--client is web or mob for --staff-protocol 2")?
        }
    };
    if plan.patient.is_none() && plan.staff.is_none() {
        return Err(
            "there is no service to check: give --patient-url, --staff-url or both, or a --config \
             with their addresses"
                .to_owned(),
        );
    }
    Ok(Some((plan, json)))
}

/// The plan for a portal with this configuration. A service on the portal's own origin is left out,
/// because its address is not in the configuration.
fn plan_from_config(config: &Config, credentials: Credentials) -> Plan {
    let address =
        |enabled: bool, url: &BaseUrl| (enabled && !url.is_own_origin()).then(|| url.clone());
    let staff_client = config.staff.clients.first();
    Plan {
        patient: address(config.patient.enabled, &config.patient.base_url),
        staff: address(config.staff.enabled, &config.staff.base_url),
        origin: None,
        patient_id_type: config.patient.patient_id_type.clone(),
        client: staff_client.map_or(StaffClient::SpiceV2Web, StaffClientConfig::client),
        logout_method: config.staff.logout_method,
        timeout: Duration::from_millis(config.timeout().into()),
        credentials,
    }
}

fn read_config(file: &str) -> Result<Config, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    Config::parse(&bytes).map_err(|error| format!("{file} cannot be used:\n{error}"))
}

fn service(arguments: &mut Parser, option: &str) -> Result<BaseUrl, String> {
    BaseUrl::of_service(option, &value(arguments)?)
}

fn value(arguments: &mut Parser) -> Result<String, String> {
    let value = arguments.value().map_err(|error| error.to_string())?;
    value.string().map_err(|error| error.to_string())
}

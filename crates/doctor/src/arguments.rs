//! The arguments of the command line, and the plan that they and the portal's configuration make.

use std::path::PathBuf;
use std::time::Duration;

use config::{BaseUrl, Config, Protocol, StaffClientConfig, StaffConfig};
use contract::request::Method;
use contract::staff::StaffClient;
use doctor::Plan;
use doctor::configuration::Configured;
use doctor::credentials::Credentials;
use doctor::portal_config::{self, PortalConfig};
use doctor::roots::Roots;
use lexopt::{Arg, Parser, ValueExt};

/// The arguments, which take precedence over the configuration.
#[derive(Default)]
struct Arguments {
    config: Option<String>,
    authorities: Vec<String>,
    patient: Option<BaseUrl>,
    staff: Option<BaseUrl>,
    origin: Option<String>,
    /// `true` for SPICE 2.0.
    spice_2: Option<bool>,
    client: Option<String>,
    patient_id_type: Option<String>,
    logout_method: Option<Method>,
    timeout: Option<Duration>,
    format: Option<Format>,
    record: Option<PathBuf>,
}

/// The form of the report.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
    /// Of a probe, which makes fewer checks.
    Prometheus,
}

impl Arguments {
    fn set_format(&mut self, format: Format) -> Result<(), String> {
        match self.format.replace(format) {
            Some(other) if other != format => Err("give one of --json and --prometheus".to_owned()),
            _ => Ok(()),
        }
    }
}

/// What to check, and where the results go.
pub(crate) struct Run {
    pub(crate) plan: Plan,
    pub(crate) format: Format,
    /// The file for a recording.
    pub(crate) record: Option<PathBuf>,
}

/// The run; `None` for `--help`.
pub(crate) fn read(parser: Parser) -> Result<Option<Run>, String> {
    match parse(parser)? {
        Some(mut arguments) => {
            let format = arguments.format.unwrap_or(Format::Text);
            let record = arguments.record.take();
            if record.is_some() && format == Format::Prometheus {
                return Err("give one of --record and --prometheus".to_owned());
            }
            let plan = plan(arguments)?;
            Ok(Some(Run {
                plan,
                format,
                record,
            }))
        }
        None => Ok(None),
    }
}

fn parse(mut parser: Parser) -> Result<Option<Arguments>, String> {
    let mut given = Arguments::default();
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Arg::Long("config") => given.config = Some(value(&mut parser)?),
            Arg::Long("ca") => given.authorities.push(value(&mut parser)?),
            Arg::Long("patient-url") => {
                given.patient = Some(service(&mut parser, "--patient-url")?);
            }
            Arg::Long("staff-url") => given.staff = Some(service(&mut parser, "--staff-url")?),
            Arg::Long("origin") => {
                given.origin = Some(service(&mut parser, "--origin")?.origin());
            }
            Arg::Long("staff-protocol") => {
                given.spice_2 = match value(&mut parser)?.as_str() {
                    "1" => Some(false),
                    "2" => Some(true),
                    _ => return Err("--staff-protocol is 1 or 2".to_owned()),
                };
            }
            Arg::Long("client") => given.client = Some(value(&mut parser)?),
            Arg::Long("patient-id-type") => given.patient_id_type = Some(value(&mut parser)?),
            Arg::Long("logout-method") => {
                given.logout_method = match value(&mut parser)?.as_str() {
                    "GET" => Some(Method::Get),
                    "POST" => Some(Method::Post),
                    _ => return Err("--logout-method is GET or POST".to_owned()),
                };
            }
            Arg::Long("timeout") => {
                let seconds = value(&mut parser)?
                    .parse()
                    .ok()
                    .filter(|seconds| *seconds > 0);
                let seconds = seconds.ok_or("--timeout takes whole seconds, at least 1")?;
                given.timeout = Some(Duration::from_secs(seconds));
            }
            Arg::Long("json") => given.set_format(Format::Json)?,
            Arg::Long("prometheus") => given.set_format(Format::Prometheus)?,
            Arg::Long("record") => given.record = Some(PathBuf::from(value(&mut parser)?)),
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            other => return Err(other.unexpected().to_string()),
        }
    }
    Ok(Some(given))
}

fn plan(given: Arguments) -> Result<Plan, String> {
    let roots = read_roots(&given.authorities)?;
    let timeout = |config: &Config| {
        let configured = Duration::from_millis(config.timeout().into());
        given.timeout.unwrap_or(configured)
    };
    let portal = match &given.config {
        Some(source) => Some(portal_config::read(
            source,
            &roots,
            timeout(&Config::default()),
        )?),
        None => None,
    };
    let default = Config::default();
    let config = portal.as_ref().map_or(&default, |portal| &portal.config);
    let origin = given.origin.or_else(|| {
        let folder = portal.as_ref()?.folder.as_ref()?;
        Some(folder.origin())
    });
    let address = |given: Option<BaseUrl>, enabled: bool, configured: &BaseUrl| {
        given.or_else(|| {
            let portal = portal.as_ref().filter(|_| enabled)?;
            own_or_configured(portal, configured, origin.as_deref())
        })
    };
    let folder = portal.as_ref().and_then(|portal| portal.folder.clone());
    let plan = Plan {
        configured: portal.as_ref().map_or_else(Configured::default, |portal| {
            Configured::from(&portal.config)
        }),
        portal: folder.or_else(|| BaseUrl::parse(origin.as_deref()?)),
        patient: address(
            given.patient,
            config.patient.enabled,
            &config.patient.base_url,
        ),
        staff: address(given.staff, config.staff.enabled, &config.staff.base_url),
        patient_id_type: given
            .patient_id_type
            .unwrap_or_else(|| config.patient.patient_id_type.clone()),
        check_exists: config.patient.check_exists,
        one_time_code: portal.as_ref().map(|_| config.patient.one_time_code),
        clients: staff_clients(&config.staff, given.spice_2, given.client)?,
        logout_method: given.logout_method.unwrap_or(config.staff.logout_method),
        timeout: timeout(config),
        credentials: Credentials::read(|name| std::env::var(name), &config.staff.password_key)?,
        origin,
        roots,
    };
    if plan.patient.is_none() && plan.staff.is_none() {
        return Err(
            "there is no service to check: give --patient-url, --staff-url or both, or a --config \
             with their addresses"
                .to_owned(),
        );
    }
    Ok(plan)
}

fn read_roots(files: &[String]) -> Result<Roots, String> {
    let read = |file: &String| std::fs::read(file).map_err(|error| format!("{file}: {error}"));
    let contents: Vec<Vec<u8>> = files.iter().map(read).collect::<Result<_, _>>()?;
    let names = files.iter().map(String::as_str);
    Roots::with_pem(names.zip(contents.iter().map(Vec::as_slice)))
}

/// The address of a service. Without one it is in the portal's folder, which a file does not say: there it
/// is the root of the portal's origin, if that was given.
fn own_or_configured(
    portal: &PortalConfig,
    configured: &BaseUrl,
    origin: Option<&str>,
) -> Option<BaseUrl> {
    if !configured.is_own_origin() {
        return Some(configured.clone());
    }
    let root = || BaseUrl::parse(origin?);
    portal.folder.clone().or_else(root)
}

/// The staff clients: the configured ones that the options do not exclude, else the one that they name.
fn staff_clients(
    staff: &StaffConfig,
    spice_2: Option<bool>,
    name: Option<String>,
) -> Result<Vec<StaffClient>, String> {
    let is_asked = |client: &&StaffClientConfig| {
        name.as_ref().is_none_or(|name| client.client == *name)
            && spice_2.is_none_or(|spice_2| spice_2 == (client.protocol == Protocol::SpiceV2))
    };
    let configured: Vec<StaffClient> = staff
        .clients
        .iter()
        .filter(is_asked)
        .map(StaffClientConfig::client)
        .collect();
    if !configured.is_empty() {
        return Ok(configured);
    }
    let client = match (spice_2, name) {
        (Some(true), None) => StaffClient::SpiceV2Web,
        (Some(true), Some(name)) => {
            StaffClient::spice_v2(&name).ok_or("--client is web or mob for --staff-protocol 2")?
        }
        (_, Some(name)) => StaffClient::SpiceV1(name),
        (_, None) => StaffClient::SpiceV1("spice mobile".to_owned()),
    };
    Ok(vec![client])
}

fn service(parser: &mut Parser, option: &str) -> Result<BaseUrl, String> {
    BaseUrl::of_service(option, &value(parser)?)
}

fn value(parser: &mut Parser) -> Result<String, String> {
    let value = parser.value().map_err(|error| error.to_string())?;
    value.string().map_err(|error| error.to_string())
}

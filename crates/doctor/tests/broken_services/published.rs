//! The doctor against SPICE as it is published, in each of its modes.

use contract::staff::StaffClient;
use doctor::report::{Outcome, Report};
use doctor::{Plan, examine};
use sandbox::{Environment, Options, Running, Sandbox, SpiceVersion};

use crate::support::{findings, plan, staff_credentials, start, wire};

/// The password of the people of the recordings.
const PASSWORD: &str = "Horizon-7 é";

/// The path by which the portal checks a session.
type Probe = Option<&'static str>;

const VALIDATE: Probe = Some("GET /user-service/user/validate");
const PROFILE: Probe = Some("GET /user-service/user/profile");
const PROFILE_2: Probe = Some("POST /user-service/user/profile");

/// A test user, the client of the sign-in, and the probe of the session. Sessions of other roles are in
/// [`OTHER_ROLES`].
const PEOPLE: [(&str, &str, Probe); 13] = [
    ("nurse@example.org", "spice mobile", VALIDATE),
    ("screener@example.org", "SPICE Mobile", VALIDATE),
    ("region@example.org", "spice web", PROFILE),
    ("account@example.org", "spice web", PROFILE),
    ("super@example.org", "spice web", PROFILE),
    (
        "role-operating-unit-admin@example.org",
        "spice web",
        PROFILE,
    ),
    ("role-super-user@example.org", "spice web", VALIDATE),
    ("hfa@example.org", "web", PROFILE_2),
    ("superadmin@example.org", "web", PROFILE_2),
    ("mixed@example.org", "web", PROFILE_2),
    ("chw@example.org", "mob", PROFILE_2),
    ("provider@example.org", "mob", PROFILE_2),
    ("mixed@example.org", "mob", PROFILE_2),
];

/// Test users of roles whose session no probe confirms.
const OTHER_ROLES: [(&str, &str, Probe); 5] = [
    ("system@example.org", "spice web", None),
    ("role-emr-site-admin@example.org", "cfr web", None),
    ("role-emr-region-admin@example.org", "cfr web", None),
    ("counselor@example.org", "web", PROFILE_2),
    ("promoter@example.org", "mob", PROFILE_2),
];

/// Where the portal is, seen from the service.
#[derive(Clone, Copy, Debug)]
enum Portal {
    OtherSite,
    SameOrigin,
}

fn client(name: &str) -> StaffClient {
    StaffClient::spice_v2(name).unwrap_or_else(|| StaffClient::SpiceV1(name.to_owned()))
}

fn run(username: &str, name: &str, portal: Portal) -> (Running, Report) {
    let client = client(name);
    let mut options = Options::default();
    options.staff.version = Some(match client {
        StaffClient::SpiceV1(_) => SpiceVersion::V1,
        StaffClient::SpiceV2Web | StaffClient::SpiceV2Mobile => SpiceVersion::V2,
    });
    if let Portal::OtherSite = portal {
        options.staff.allowed_origins = Some(vec![crate::support::ORIGIN.to_owned()]);
        options.staff.environment = Environment::Dev;
    }
    let server = Sandbox::start(options).unwrap();
    let mut plan = Plan {
        patient: None,
        clients: vec![client],
        credentials: staff_credentials(username, PASSWORD),
        ..plan(&server.url())
    };
    if let Portal::SameOrigin = portal {
        plan.origin = Some(server.url());
    }
    let report = examine(&plan);
    (server, report)
}

/// The outcome of a check; `None` if it is not in the report.
fn outcome(report: &Report, id: &str) -> Option<Outcome> {
    let check = report.checks().iter().find(|check| check.id == id)?;
    Some(check.outcome)
}

/// The calls of a session that the service received, without preflights and without those of sessions that
/// no service has issued.
fn session_calls(server: &Running) -> Vec<String> {
    let calls = wire(server).into_iter().filter(|entry| {
        entry["method"] != "OPTIONS"
            && entry["call"] != "session"
            && !["authorization", "cookie"].iter().any(|name| {
                let value = entry["headers"][*name].as_str();
                value.is_some_and(|value| value.ends_with("made-up"))
            })
    });
    calls
        .map(|entry| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            assert!(entry["headers"]["client"].is_string(), "{entry}");
            [text(&entry["method"]), text(&entry["path"])].join(" ")
        })
        .collect()
}

#[test]
fn good_session_of_each_published_mode_has_no_finding() {
    for (username, name, probe) in PEOPLE {
        for portal in [Portal::OtherSite, Portal::SameOrigin] {
            let (server, report) = run(username, name, portal);
            let text = report.text();
            assert_eq!(
                findings(&report),
                [],
                "{username} {name} {portal:?}\n{text}"
            );
            for id in [
                "staff.validate.session",
                "staff.logout",
                "staff.logout.ends",
            ] {
                assert_eq!(outcome(&report, id), Some(Outcome::Pass), "{id}\n{text}");
            }
            let probe = probe.unwrap();
            let sign_out = match client(name) {
                StaffClient::SpiceV1(_) => "GET /auth-service/logout",
                _ => "POST /auth-service/logout",
            };
            assert_eq!(session_calls(&server), [probe, sign_out, probe]);
        }
    }
}

#[test]
fn session_that_no_probe_confirms_cannot_be_told() {
    for (username, name, probe) in OTHER_ROLES {
        let (server, report) = run(username, name, Portal::OtherSite);
        let found = findings(&report);
        let text = report.text();
        let [valid, ended] = found.as_slice() else {
            panic!("{username} {name}\n{text}");
        };
        for ((id, outcome, found), name) in [
            (valid, "staff.validate.session"),
            (ended, "staff.logout.ends"),
        ] {
            assert_eq!((id.as_str(), *outcome), (name, Outcome::Warn), "{text}");
            assert!(found.starts_with("cannot be told"), "{found}");
        }
        assert_eq!(outcome(&report, "staff.logout"), Some(Outcome::Pass));
        // The probe is not repeated after the sign-out, where its refusal would say nothing.
        let calls = session_calls(&server);
        assert_eq!(calls.len(), 1 + usize::from(probe.is_some()), "{calls:?}");
    }
}

#[test]
fn preflights_are_those_of_the_calls_that_follow() {
    for (username, name, _) in PEOPLE.into_iter().chain(OTHER_ROLES) {
        let (server, _) = run(username, name, Portal::OtherSite);
        let mut preflighted: Vec<(String, Vec<String>)> = Vec::new();
        for entry in wire(&server) {
            let header = |name: &str| {
                entry["headers"][name]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            };
            let path = entry["path"].as_str().unwrap();
            let is_unissued = header("authorization").ends_with("made-up")
                || header("cookie").ends_with("made-up");
            if entry["method"] == "OPTIONS" {
                let call = [header("access-control-request-method").as_str(), path].join(" ");
                let headers = header("access-control-request-headers");
                let headers: Vec<_> = headers.split(',').map(str::to_owned).collect();
                assert!(headers.is_sorted(), "{headers:?}");
                preflighted.push((call, headers));
            } else if !(is_unissued || path.ends_with("/session") && preflighted.is_empty()) {
                let call = [entry["method"].as_str().unwrap(), path].join(" ");
                let own: Vec<_> = ["authorization", "client", "tenantid"]
                    .into_iter()
                    .filter(|name| entry["headers"][*name].is_string())
                    .map(str::to_owned)
                    .collect();
                assert!(
                    preflighted.contains(&(call, own)),
                    "{entry}\n{preflighted:?}"
                );
            }
        }
        let logout = preflighted
            .iter()
            .any(|(call, _)| call.ends_with("/logout"));
        assert!(logout, "{username} {name}");
    }
}

#[test]
fn preflights_of_a_session_are_asked_without_a_test_user_too() {
    for (name, calls) in [
        (
            "spice mobile",
            vec![VALIDATE.unwrap(), "GET /auth-service/logout"],
        ),
        (
            "spice web",
            vec![PROFILE.unwrap(), "GET /auth-service/logout"],
        ),
        ("cfr web", vec!["GET /auth-service/logout"]),
        ("web", vec![PROFILE_2.unwrap(), "POST /auth-service/logout"]),
        ("mob", vec![PROFILE_2.unwrap(), "POST /auth-service/logout"]),
    ] {
        let server = start();
        let plan = Plan {
            patient: None,
            clients: vec![client(name)],
            credentials: doctor::credentials::Credentials::default(),
            ..plan(&server.url())
        };
        examine(&plan);
        let asked: Vec<String> = wire(&server)
            .iter()
            .filter(|entry| entry["method"] == "OPTIONS")
            .map(|entry| {
                let method = &entry["headers"]["access-control-request-method"];
                [method.as_str().unwrap(), entry["path"].as_str().unwrap()].join(" ")
            })
            .collect();
        assert_eq!(asked.first().unwrap(), "POST /auth-service/session");
        assert_eq!(asked[1..], calls, "{name}");
    }
}

#[test]
fn portal_s_own_origin_is_a_finding_where_spice_2_refuses_it() {
    let server = start();
    let plan = Plan {
        patient: None,
        clients: vec![StaffClient::SpiceV2Web],
        origin: Some(server.url()),
        credentials: doctor::credentials::Credentials::default(),
        ..plan(&server.url())
    };
    let report = examine(&plan);
    let found = findings(&report);
    assert!(
        found.iter().any(|(id, outcome, found)| {
            id == "staff.session.blank"
                && *outcome == Outcome::Fail
                && found.contains("SPICE 2.0 refuses every `Origin` that is not configured")
        }),
        "{}",
        report.text()
    );
}

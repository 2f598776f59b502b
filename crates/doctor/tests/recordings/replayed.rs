//! A recording of the sandbox, replayed.

use contract::staff::StaffClient;
use doctor::credentials::{Credentials, names};
use doctor::record::Recorder;
use doctor::report::Report;
use doctor::{Plan, examine_and_record, recording};
use recording::{Exchange, read};
use sandbox::{Environment, Options, Running, Sandbox};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::support::{ORIGIN, plan};

/// One sign-in: a patient, or a user of a staff client.
#[derive(Clone, Copy, Debug)]
enum Person {
    Patient {
        phone: &'static str,
        id: &'static str,
    },
    Staff {
        username: &'static str,
        client: &'static str,
    },
}

const PEOPLE: [Person; 8] = [
    Person::Patient {
        phone: "501234567",
        id: "1012345672",
    },
    Person::Patient {
        phone: "533334444",
        id: "1077889903",
    },
    Person::Staff {
        username: "nurse@example.org",
        client: "spice mobile",
    },
    Person::Staff {
        username: "region@example.org",
        client: "spice web",
    },
    Person::Staff {
        username: "hfa@example.org",
        client: "web",
    },
    Person::Staff {
        username: "mixed@example.org",
        client: "web",
    },
    Person::Staff {
        username: "chw@example.org",
        client: "mob",
    },
    Person::Staff {
        username: "mixed@example.org",
        client: "mob",
    },
];

/// The password of the people of the recordings, and any other one for their replay.
const PASSWORD: &str = "Horizon-7 é";
const OTHER_PASSWORD: &str = "Another-1";

fn credentials(pairs: &[(&str, &str)]) -> Credentials {
    let read = |name: &str| {
        let found = pairs.iter().find(|(known, _)| *known == name);
        let value = found.map(|(_, value)| (*value).to_owned());
        value.ok_or(std::env::VarError::NotPresent)
    };
    Credentials::read(read, "spice_opensource").unwrap()
}

fn plan_of(server: &Running, person: Person, credentials: Credentials) -> Plan {
    let mut plan = plan(&server.url());
    plan.credentials = credentials;
    match person {
        Person::Patient { .. } => plan.staff = None,
        Person::Staff { client, .. } => {
            plan.patient = None;
            plan.clients = vec![
                StaffClient::spice_v2(client)
                    .unwrap_or_else(|| StaffClient::SpiceV1(client.to_owned())),
            ];
        }
    }
    plan
}

/// The findings without the durations and sizes in them: a replay has other headers of its own.
fn findings(report: &Report) -> Vec<(String, String, String)> {
    let lasting = ["reachable", "clock", "response-size"];
    let checks = report.checks().iter();
    checks
        .map(|check| {
            let varies = lasting.iter().any(|name| check.id.ends_with(name));
            let found = if varies { "" } else { check.found.as_str() };
            (
                check.id.clone(),
                check.outcome.name().to_owned(),
                found.to_owned(),
            )
        })
        .collect()
}

fn record(plan: &Plan) -> (Report, String) {
    let recorder = Rc::new(Recorder::default());
    let report = examine_and_record(plan, Some(&recorder));
    (report, recording(plan, &recorder).unwrap())
}

fn sandbox() -> Running {
    let mut options = Options::default();
    options.staff.allowed_origins = Some(vec![ORIGIN.to_owned()]);
    options.staff.environment = Environment::Dev;
    Sandbox::start(options).unwrap()
}

fn replay(name: &str, text: &str) -> Running {
    let file: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.jsonl"));
    std::fs::write(&file, text).unwrap();
    Sandbox::start(Options {
        replay: Some(file),
        ..Options::default()
    })
    .unwrap()
}

/// The person in the recording whose sign-in succeeded.
fn replaced(exchanges: &[Exchange], person: Person) -> Vec<(&'static str, String)> {
    let of = |path: &str| {
        let mut all = exchanges.iter();
        let found = all.find(|one| {
            let request = &one.request;
            one.status == Some(200) && request.method == "POST" && request.path == path
        });
        &found.unwrap_or_else(|| panic!("{person:?}")).request
    };
    match person {
        Person::Patient { .. } => {
            let json = of("/api/customer/login").json.as_ref().unwrap();
            let json: serde_json::Value = serde_json::from_str(json.get()).unwrap();
            let text = |key: &str| json[key].as_str().unwrap().to_owned();
            vec![
                (names::PHONE, text("phone")),
                (names::NATIONAL_ID, text("value")),
            ]
        }
        Person::Staff { .. } => {
            let form = of("/auth-service/session").form.as_ref().unwrap();
            vec![
                (names::USERNAME, form[0].1.clone()),
                (names::PASSWORD, OTHER_PASSWORD.to_owned()),
            ]
        }
    }
}

/// The classes of a text's characters; words that stay are the same in both.
fn shape(text: &str) -> String {
    let class = |character: char| match character {
        'a'..='z' => 'a',
        'A'..='Z' => 'A',
        '0'..='9' => '0',
        '\u{620}'..='\u{64a}' => 'ا',
        other => other,
    };
    text.chars().map(class).collect()
}

#[test]
fn recording_of_the_sandbox_replayed_gets_the_same_report_and_answers() {
    for (number, person) in PEOPLE.into_iter().enumerate() {
        let server = sandbox();
        let pairs = match person {
            Person::Patient { phone, id } => [(names::PHONE, phone), (names::NATIONAL_ID, id)],
            Person::Staff { username, .. } => {
                [(names::USERNAME, username), (names::PASSWORD, PASSWORD)]
            }
        };
        let (report, text) = record(&plan_of(&server, person, credentials(&pairs)));
        assert!(!report.checks().is_empty(), "{person:?}");
        let first = read(&text).unwrap();

        let replayed = replay(&format!("replayed-{number}"), &text);
        let other = replaced(&first, person);
        let other: Vec<(&str, &str)> = other
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let (again, text) = record(&plan_of(&replayed, person, credentials(&other)));
        assert_eq!(findings(&report), findings(&again), "{person:?}");

        let second = read(&text).unwrap();
        assert_eq!(first.len(), second.len(), "{person:?}");
        for (one, other) in first.iter().zip(&second) {
            let name = &one.name;
            assert_eq!((name, one.status), (&other.name, other.status));
            assert_eq!(shape(&one.body), shape(&other.body), "{name}");
            let names = |exchange: &Exchange| -> Vec<String> {
                let names = exchange.headers.iter().map(|(name, _)| name.clone());
                names
                    .filter(|name| name != "date" && name != "content-length")
                    .collect()
            };
            assert_eq!(names(one), names(other), "{name}");
            assert_eq!(one.was, other.was, "{name}");
        }
    }
}

#[test]
fn recording_has_nothing_of_the_person_who_signed_in() {
    let server = sandbox();
    let patient = PEOPLE[0];
    let pairs = [
        (names::PHONE, "501234567"),
        (names::NATIONAL_ID, "1012345672"),
    ];
    let (_, text) = record(&plan_of(&server, patient, credentials(&pairs)));
    let staff = PEOPLE[2];
    let pairs = [
        (names::USERNAME, "nurse@example.org"),
        (names::PASSWORD, PASSWORD),
    ];
    let (_, more) = record(&plan_of(&server, staff, credentials(&pairs)));
    let text = text + &more;
    for detail in [
        "501234567",
        "1012345672",
        "0012345",
        "nurse@",
        "example.org",
        "Amina",
        "Otieno",
        "Machakos",
        "722000001",
        "Bearer ey",
        "127.0.0.1",
    ] {
        assert!(!text.contains(detail), "{detail}");
    }
    let shapes = [
        "<hash of the right password>",
        "Bearer <token ",
        "\"NURSE\\\"",
        "Session alive",
    ];
    for kept in shapes {
        assert!(text.contains(kept), "{kept}");
    }
}

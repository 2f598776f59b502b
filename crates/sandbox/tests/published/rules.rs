//! Who gets in and may make which calls: other people than the recorded ones, and another order.

use super::common::{Response, call, hash, multipart, session_with, sign_in};
use super::compare::differences;
use super::differences::row;
use super::replay::{PASSWORD, Replay, auth_cookie};
use recording::{Exchange, read};
use sandbox::Running;
use serde_json::json;

pub const WRONG: &str = "Invalid credentials";
pub const LOCKS: &str = "Account locked due to multiple invalid login attempts.";
pub const LOCKED: &str = "Disabled Account";
pub const NO_PERMISSION: &str = "You don't have a permission. Please contact administrator";
pub const WRONG_CLIENT: &str = "You don't have permission to perform this operation";

pub fn spice_1() -> Replay {
    Replay::start(1, "localhost", "prod")
}

pub fn spice_2() -> Replay {
    Replay::start(2, "localhost", "prod")
}

/// The message of a refused sign-in; empty for an empty body, `in` for a session.
pub fn told(response: &Response) -> String {
    match (response.status, response.body.is_empty()) {
        (200, false) => "in".to_owned(),
        (401, true) => String::new(),
        (401, false) => response.json()["message"].as_str().unwrap().to_owned(),
        _ => panic!("{response:?}"),
    }
}

pub fn enter(server: &Running, client: &str, username: &str) -> Response {
    sign_in(server, Some(client), username, PASSWORD)
}

pub fn tries(server: &Running, client: &str, username: &str, password: &str) -> String {
    told(&sign_in(server, Some(client), username, password))
}

pub fn token(response: &Response) -> String {
    response.header("authorization").unwrap().to_owned()
}

/// The person whom the sandbox has for a role.
pub fn person(role: &str) -> String {
    format!("role-{}@example.org", role.to_lowercase().replace('_', "-"))
}

fn roles(response: &Response) -> Vec<String> {
    let body = response.json();
    let roles = body["roles"].as_array().unwrap();
    roles
        .iter()
        .map(|role| role["name"].as_str().unwrap().to_owned())
        .collect()
}

pub const CLINICAL: [&str; 9] = [
    "HEALTH_SCREENER",
    "HEALTH_COACH",
    "NUTRITIONIST",
    "LAB_TECHNICIAN",
    "PHARMACIST",
    "HRIO",
    "PROVIDER",
    "NURSE",
    "PHYSICIAN_PRESCRIBER",
];

/// Role, the one client that admits it (none for `""`), validate, profile.
const SPICE_1: [(&str, &str, u16, u16); 15] = [
    ("SUPER_USER", "spice web", 200, 200),
    ("SUPER_ADMIN", "spice web", 401, 200),
    ("ACCOUNT_ADMIN", "spice web", 401, 200),
    ("REGION_ADMIN", "spice web", 401, 200),
    ("OPERATING_UNIT_ADMIN", "spice web", 401, 200),
    ("REPORT_ADMIN", "spice web", 401, 401),
    ("SYSTEM_ADMIN", "spice web", 401, 401),
    ("EMR_REPORT_ADMIN", "cfr web", 401, 401),
    ("EMR_REGION_ADMIN", "cfr web", 401, 401),
    ("EMR_ACCOUNT_ADMIN", "cfr web", 401, 401),
    ("EMR_OPERATING_UNIT_ADMIN", "cfr web", 401, 401),
    ("EMR_SITE_ADMIN", "cfr web", 401, 401),
    ("RED_RISK_USER", "", 401, 401),
    ("employee", "", 401, 401),
    ("job", "", 401, 401),
];

#[test]
fn each_role_of_spice_1_is_admitted_by_its_client_and_may_make_its_calls() {
    let spice = spice_1();
    let server = &spice.server;
    let clinical = CLINICAL.map(|role| (role, "spice mobile", 200, 401));
    for (role, its_client, validate, profile) in clinical.into_iter().chain(SPICE_1) {
        let name = person(role);
        for client in ["spice mobile", "spice web", "cfr web"] {
            let response = enter(server, &client.to_uppercase(), &name);
            if client != its_client {
                assert_eq!(told(&response), NO_PERMISSION, "{role} by {client}");
                continue;
            }
            assert_eq!(roles(&response), [role]);
        }
        // Any other client admits every role.
        for client in [None, Some(""), Some("portal"), Some("web")] {
            let response = sign_in(server, client, &name, PASSWORD);
            assert_eq!(roles(&response), [role]);
            let token = token(&response);
            let probe = |path: &str| {
                let headers = [("Authorization", token.as_str())];
                let path = format!("/user-service/user/{path}");
                call(server, "GET", &path, &headers, "").status
            };
            assert_eq!(probe("validate"), validate, "{role}");
            assert_eq!(probe("profile"), profile, "{role}");
            assert_eq!(probe("whoami"), 401, "{role}");
        }
    }
}

/// Role, the client that admits it, profile.
const SPICE_2: [(&str, &str, u16); 23] = [
    ("SUPER_USER", "web", 200),
    ("JOB_USER", "job", 200),
    ("CHW", "mob", 200),
    ("PEER_SUPERVISOR", "mob", 200),
    ("SUPER_ADMIN", "web", 200),
    ("HEALTH_FACILITY_ADMIN", "web", 200),
    ("SECHN", "mob", 200),
    ("MCHA", "mob", 200),
    ("PROVIDER", "mob", 200),
    ("CHA", "mob", 200),
    ("MID_WIFE", "mob", 200),
    ("LAB_ASSISTANT", "mob", 200),
    ("SRN", "mob", 200),
    ("FACILITY_REPORT_ADMIN", "web", 200),
    ("REPORT_ADMIN", "web", 200),
    ("INSIGHTS_DEVELOPER", "web", 200),
    ("INSIGHTS_USER", "web", 200),
    ("REGION_ADMIN", "web", 200),
    ("DISTRICT_ADMIN", "web", 200),
    ("CHIEFDOM_ADMIN", "web", 200),
    ("HF4_REPORT_USER", "web", 200),
    ("COUNSELOR", "web", 401),
    ("COMMUNITY_HEALTH_PROMOTER", "mob", 401),
];

#[test]
fn each_role_of_spice_2_is_admitted_by_its_client_and_may_make_its_calls() {
    let spice = spice_2();
    let server = &spice.server;
    for (role, its_client, profile) in SPICE_2 {
        let name = person(role);
        for client in ["web", "mob", "job"] {
            let response = enter(server, client, &name);
            if client != its_client {
                assert_eq!(told(&response), WRONG_CLIENT, "{role} by {client}");
                continue;
            }
            assert_eq!(roles(&response), [role]);
            assert_eq!(response.json()["client"], client);
            let cookie = auth_cookie(&response);
            assert_eq!(cookie.is_some(), client == "web");
            let proof = match &cookie {
                Some(cookie) => ("Cookie", format!("AuthCookie={cookie}")),
                None => ("Authorization", token(&response)),
            };
            let headers = [("client", client), (proof.0, proof.1.as_str())];
            let ask = |method: &str, path: &str| {
                let path = format!("/user-service/user/{path}");
                call(server, method, &path, &headers, "").status
            };
            assert_eq!(ask("POST", "profile"), profile, "{role}");
            let refused = |status| if profile == 200 { status } else { 401 };
            assert_eq!(ask("GET", "profile"), refused(405), "{role}");
            assert_eq!(ask("GET", "validate"), refused(404), "{role}");
            assert_eq!(ask("POST", "whoami"), refused(404), "{role}");
            // The table of calls has no other method; super users and jobs need no table.
            let is_exempt = matches!(role, "SUPER_USER" | "JOB_USER");
            let other = if is_exempt { 405 } else { 401 };
            assert_eq!(ask("PUT", "profile"), other, "{role}");
        }
        // Written in any other way a client is a phone; without one there is no permission.
        let as_phone = told(&enter(server, "WEB", &name));
        let expected = if its_client == "mob" {
            "in"
        } else {
            WRONG_CLIENT
        };
        assert_eq!(as_phone, expected, "{role}");
        let without = told(&sign_in(server, None, &name, PASSWORD));
        let expected = if its_client == "mob" {
            NO_PERMISSION
        } else {
            WRONG_CLIENT
        };
        assert_eq!(without, expected, "{role}");
    }
}

#[test]
fn person_with_roles_of_several_suites_gets_those_of_the_client() {
    let spice = spice_2();
    let web = enter(&spice.server, "web", "noterms@example.org");
    assert_eq!(roles(&web), ["HEALTH_FACILITY_ADMIN"]);
    let phone = enter(&spice.server, "mob", "noterms@example.org");
    assert_eq!(roles(&phone), ["PROVIDER"]);
    // The profile goes by the client of its own call.
    let authorization = token(&phone);
    let names = |client| {
        let headers = [
            ("Authorization", authorization.as_str()),
            ("client", client),
        ];
        let path = "/user-service/user/profile";
        let response = call(&spice.server, "POST", path, &headers, "");
        response.json()["entity"]["defaultRoleName"].clone()
    };
    assert_eq!(names("mob"), "PROVIDER");
    assert_eq!(names("web"), "HEALTH_FACILITY_ADMIN");

    let spice = spice_1();
    let many = enter(&spice.server, "spice mobile", "many@example.org");
    assert_eq!(roles(&many), ["LAB_TECHNICIAN"]);
    let all = sign_in(&spice.server, None, "many@example.org", PASSWORD);
    assert_eq!(roles(&all), ["LAB_TECHNICIAN", "NURSE", "PHARMACIST"]);
    // Some roles lead in by each client, and their table goes by the role that was given.
    let mixed = token(&enter(&spice.server, "spice web", "mixed@example.org"));
    let headers = [("Authorization", mixed.as_str())];
    let path = "/user-service/user/validate";
    assert_eq!(call(&spice.server, "GET", path, &headers, "").status, 401);
}

/// The questions of a recording that need no earlier one.
fn lone_sign_ins(text: &str) -> Vec<Exchange> {
    let mut cases = read(text).unwrap();
    cases.retain(|case| {
        case.request.path == "/auth-service/session"
            && case
                .request
                .headers
                .values()
                .all(|value| !value.contains('<'))
            && !["wrong try", "locked", "not hashed", "hash in capitals"]
                .iter()
                .any(|part| case.name.contains(part))
    });
    cases
}

const SPICE_1_CASES: &str = include_str!("../recordings/spice-1.jsonl");
const SPICE_2_CASES: &str = include_str!("../recordings/spice-2.jsonl");

#[test]
fn sign_ins_get_the_recorded_answers_in_reverse_order() {
    for (spice, text, number) in [
        (spice_1(), SPICE_1_CASES, 52),
        (Replay::start(2, "localhost", "dev"), SPICE_2_CASES, 47),
    ] {
        let mut cases = lone_sign_ins(text);
        cases.reverse();
        assert_eq!(cases.len(), number);
        for case in cases {
            let response = spice.ask(&case);
            for difference in differences(&case, &response) {
                assert!(
                    row(&case, &difference).is_some(),
                    "{}: {difference}",
                    case.name
                );
            }
        }
    }
}

#[test]
fn sign_ins_of_other_people_with_the_same_role_get_the_recorded_answers() {
    let others = [
        ("nurse@", "NURSE"),
        ("screener@", "HEALTH_SCREENER"),
        ("o'brien+ward3@", "PROVIDER"),
        ("region@", "REGION_ADMIN"),
        ("account@", "ACCOUNT_ADMIN"),
        ("system@", "SYSTEM_ADMIN"),
        ("redrisk@", "RED_RISK_USER"),
        ("employee@", "employee"),
        ("chw@", "CHW"),
        ("provider@", "PROVIDER"),
        ("superadmin@", "SUPER_ADMIN"),
        ("hfa@", "HEALTH_FACILITY_ADMIN"),
    ];
    let mut asked = 0;
    for (spice, text) in [
        (spice_1(), SPICE_1_CASES),
        (Replay::start(2, "localhost", "dev"), SPICE_2_CASES),
    ] {
        for mut case in lone_sign_ins(text) {
            let Some(fields) = &mut case.request.form else {
                continue;
            };
            let username = &mut fields[0].1;
            let Some((_, role)) = others.iter().find(|(name, _)| username.starts_with(name)) else {
                continue;
            };
            *username = person(role);
            asked += 1;
            let response = spice.ask(&case);
            for difference in differences(&case, &response) {
                // The person's own data differ, and who may sign in does not.
                assert!(
                    difference.what.starts_with("body.") && case.status == Some(200),
                    "{}: {difference}",
                    case.name
                );
            }
        }
    }
    assert_eq!(asked, 47);
}

#[test]
fn hash_is_compared_exactly_and_a_sign_in_needs_both_fields() {
    for (spice, client) in [(spice_1(), "spice mobile"), (spice_2(), "mob")] {
        let right = hash(PASSWORD);
        let name = person("PROVIDER");
        let ask =
            |fields: &[(&str, &str)]| told(&session_with(&spice.server, Some(client), fields));
        let upper = right.to_uppercase();
        for wrong in [upper.as_str(), &right[1..], PASSWORD] {
            let fields = [("username", name.as_str()), ("password", wrong)];
            assert_eq!(ask(&fields), WRONG);
        }
        let missing = "No Username and / or Password Provided";
        assert_eq!(ask(&[("username", &name), ("password", " ")]), missing);
        assert_eq!(ask(&[("username", " "), ("password", &right)]), missing);
        assert_eq!(ask(&[("password", &right)]), missing);
        // A field that no document has does no harm to the published services.
        let fields = [
            ("username", name.as_str()),
            ("password", &right),
            ("x", "y"),
        ];
        assert_eq!(ask(&fields), "in");
    }
}

#[test]
fn damaged_and_inactive_accounts_do_not_get_in() {
    let one = spice_1();
    let empty = enter(&one.server, "spice mobile", "notz@example.org");
    assert_eq!((empty.status, empty.body.len()), (200, 0));
    assert_eq!(empty.header("authorization"), None);
    let two = spice_2();
    assert_eq!(told(&enter(&two.server, "mob", "notz@example.org")), "in");
    assert_eq!(
        told(&enter(&two.server, "mob", "noattempts@example.org")),
        ""
    );
    for client in ["mob", "web"] {
        let broken = enter(&two.server, client, "nosuite@example.org");
        assert_eq!(broken.status, 500);
        assert_eq!(broken.json()["path"], "/session");
    }
    for (spice, client) in [(&one, "spice mobile"), (&two, "mob")] {
        for name in ["inactive@example.org", "norole@example.org"] {
            assert_eq!(told(&enter(&spice.server, client, name)), WRONG, "{name}");
        }
    }
}

#[test]
fn strict_layer_refuses_what_no_document_describes_and_records_it() {
    let server = super::common::start();
    let name = person("NURSE");
    let fields = [("username", name.as_str()), ("password", "as typed")];
    let headers = [
        ("Content-Type", "multipart/form-data; boundary=edge"),
        ("client", "spice mobile"),
    ];
    let path = "/auth-service/session";
    let ask = || call(&server, "POST", path, &headers, multipart(&fields));
    assert_eq!(ask().reason(), "passwordHash");
    assert_eq!(super::common::wire(&server)[0]["violation"], "passwordHash");
    let unknown = "/user-service/user/whoami";
    assert_eq!(
        call(&server, "GET", unknown, &[], "").reason(),
        "unknownCall"
    );
    let lenient = json!({ "strict": false }).to_string();
    call(&server, "PUT", "/__sandbox/staff", &[], lenient);
    assert_eq!(told(&ask()), WRONG);
    assert_eq!(call(&server, "GET", unknown, &[], "").status, 401);
    assert_eq!(super::common::wire(&server)[2]["violation"], json!(null));
}

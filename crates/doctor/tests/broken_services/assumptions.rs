//! The doctor against a sandbox that is switched back, one at a time, to an assumption that the published
//! services do not fulfil. That the published ones have no finding is in [`super::published`].

use contract::staff::StaffClient;
use doctor::report::{Outcome, Report};
use doctor::{Plan, examine};
use sandbox::{Environment, Options, Sandbox, StaffOptions};

use crate::support::{ORIGIN, control, findings, plan, staff_credentials};

/// The password of the people of the recordings.
const PASSWORD: &str = "Horizon-7 é";

/// Where the portal is, seen from the service, and what the service is told of it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Portal {
    OtherSite,
    SameOrigin,
}
use Portal::{OtherSite, SameOrigin};

/// An installation, and the one check that names what is wrong with it.
pub struct Case {
    assumption: &'static str,
    client: &'static str,
    username: &'static str,
    portal: Portal,
    options: fn(&mut StaffOptions),
    fault: &'static str,
    id: &'static str,
    outcome: Outcome,
}

fn as_published(_: &mut StaffOptions) {}

const WEB: Case = Case {
    assumption: "",
    client: "web",
    username: "hfa@example.org",
    portal: SameOrigin,
    options: as_published,
    fault: "",
    id: "",
    outcome: Outcome::Fail,
};
const MOBILE_1: Case = Case {
    client: "spice mobile",
    username: "nurse@example.org",
    portal: OtherSite,
    ..WEB
};

pub const CASES: [Case; 26] = [
    Case {
        assumption: "browsers keep a cookie for any Domain",
        options: |staff| staff.cookie_domain = Some("spice.example".to_owned()),
        id: "staff.session.cookie-domain",
        ..WEB
    },
    Case {
        assumption: "the cookie needs no Secure",
        fault: r#"{"call":"session","times":null,"fault":{"kind":"headers","set":{"Set-Cookie":"AuthCookie=x; Path=/; HttpOnly; SameSite=Strict"}}}"#,
        id: "staff.session.cookie-secure",
        ..WEB
    },
    Case {
        assumption: "scripts may read the cookie",
        fault: r#"{"call":"session","times":null,"fault":{"kind":"headers","set":{"Set-Cookie":"AuthCookie=x; Path=/; Secure; SameSite=Strict"}}}"#,
        id: "staff.session.cookie-http-only",
        ..WEB
    },
    Case {
        assumption: "browsers keep a cookie of any length",
        username: "big-100@example.org",
        id: "staff.session.cookie-length",
        ..WEB
    },
    Case {
        assumption: "a web session has a token, and no cookie",
        fault: r#"{"call":"session","times":null,"fault":{"kind":"headers","remove":["Set-Cookie"],"set":{"Authorization":"Bearer x"}}}"#,
        id: "staff.session.cookie",
        ..WEB
    },
    Case {
        assumption: "SameSite=None is right on the portal's own origin",
        options: |staff| staff.environment = Environment::Dev,
        id: "staff.session.cookie-same-site",
        outcome: Outcome::Warn,
        ..WEB
    },
    Case {
        assumption: "SameSite=Strict is right on another site",
        portal: OtherSite,
        options: |staff| staff.environment = Environment::Prod,
        id: "staff.session.cookie-same-site",
        ..WEB
    },
    Case {
        assumption: "later calls need no client (2.0 web)",
        portal: OtherSite,
        fault: r#"{"call":"preflight","times":1,"fault":{"kind":"delay","ms":0}},
            {"call":"preflight","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Headers":"tenantid"}}}"#,
        id: "staff.cors.preflight-probe",
        ..WEB
    },
    Case {
        assumption: "later calls need no client (1.x)",
        fault: r#"{"call":"preflight","times":1,"fault":{"kind":"delay","ms":0}},
            {"call":"preflight","times":null,"fault":{"kind":"headers","set":{"Access-Control-Allow-Headers":"authorization, tenantid"}}}"#,
        id: "staff.cors.preflight-logout",
        ..MOBILE_1
    },
    Case {
        assumption: "2.0 accepts the portal's origin on its own",
        options: |staff| staff.allowed_origins = Some(vec!["https://other.example".to_owned()]),
        id: "staff.origin.own",
        ..WEB
    },
    Case {
        assumption: "2.0 accepts any origin where it has no list",
        options: |staff| staff.allowed_origins = Some(Vec::new()),
        id: "staff.origin.own",
        ..WEB
    },
    Case {
        assumption: "SameSite alone keeps foreign origins out",
        options: |staff| {
            let all = staff.allowed_origins.get_or_insert_default();
            all.push("https://another-site.invalid".to_owned());
        },
        id: "staff.origin.foreign",
        ..WEB
    },
    Case {
        assumption: "foreign origins are refused at the sign-in alone",
        fault: r#"{"call":"profile","times":1,"fault":{"kind":"status","status":401}}"#,
        id: "staff.origin.foreign",
        ..WEB
    },
    Case {
        assumption: "administrators of 1.x may ask for validate, not for profile",
        client: "spice web",
        username: "region@example.org",
        fault: r#"{"call":"profile","times":null,"fault":{"kind":"status","status":401}}"#,
        id: "staff.validate.session",
        ..MOBILE_1
    },
    Case {
        assumption: "2.0 has validate, and no profile by POST",
        fault: r#"{"call":"profile","times":null,"fault":{"kind":"status","status":405}}"#,
        id: "staff.validate.session",
        ..WEB
    },
    Case {
        assumption: "1.x signs out by POST alone",
        fault: r#"{"call":"logout","times":null,"fault":{"kind":"status","status":405}}"#,
        id: "staff.logout",
        ..MOBILE_1
    },
    Case {
        assumption: "a sign-out ends no session",
        fault: r#"{"call":"logout","times":null,"fault":{"kind":"status","status":200}}"#,
        id: "staff.logout.ends",
        ..WEB
    },
    Case {
        assumption: "a portal on another origin needs no CORS",
        fault: r#"{"call":"session","times":null,"fault":{"kind":"noCors"}}"#,
        id: "staff.cors.sign-in",
        ..MOBILE_1
    },
    Case {
        assumption: "the default buffers of nginx hold every response",
        client: "mob",
        username: "big-200@example.org",
        options: |staff| staff.proxy_buffer = Some(4_096),
        id: "staff.session.response-size",
        ..WEB
    },
    Case {
        assumption: "a gateway's buffers of 4 KB hold every token",
        options: |staff| staff.header_buffer = Some(4_096),
        id: "staff.header-buffers",
        ..MOBILE_1
    },
    Case {
        // Longer ones than SPICE as published can send.
        assumption: "the default buffers of nginx hold every token",
        options: |staff| staff.header_buffer = Some(8_192),
        id: "staff.header-buffers",
        outcome: Outcome::Warn,
        ..MOBILE_1
    },
    Case {
        assumption: "a gateway's buffers of 4 KB hold every cookie",
        options: |staff| staff.header_buffer = Some(4_096),
        id: "staff.header-buffers",
        ..WEB
    },
    Case {
        // Longer ones than SPICE as published can send.
        assumption: "the default buffers of nginx hold every cookie",
        options: |staff| staff.header_buffer = Some(8_192),
        id: "staff.header-buffers",
        outcome: Outcome::Warn,
        ..WEB
    },
    Case {
        assumption: "every user fits in 8,192 bytes of headers",
        username: "big-90@example.org",
        id: "staff.session.response-size",
        ..MOBILE_1
    },
    Case {
        assumption: "every user fits in 8,192 bytes of headers, with a body that was begun",
        username: "big-150@example.org",
        id: "staff.session.response-size",
        ..MOBILE_1
    },
    Case {
        assumption: "a 200 has a cookie",
        username: "big-3000@example.org",
        id: "staff.session.response-size",
        ..WEB
    },
];

pub fn run(case: &Case) -> Report {
    let mut options = Options::default();
    if case.portal == OtherSite {
        options.staff.allowed_origins = Some(vec![ORIGIN.to_owned()]);
        options.staff.environment = Environment::Dev;
    }
    (case.options)(&mut options.staff);
    let staff = options.staff.clone();
    let server = Sandbox::start(options).unwrap();
    let mut origin = ORIGIN.to_owned();
    if case.portal == SameOrigin {
        origin = server.url();
        // A gateway removes `Origin`, once it has refused foreign ones: to the service, no origin is foreign.
        if let Some(mut allowed) = staff.allowed_origins
            && allowed.iter().any(|one| one.ends_with(".invalid"))
        {
            allowed.push(server.url());
            let change = serde_json::json!({ "allowedOrigins": allowed }).to_string();
            control(&server, "PUT", "staff", &change);
        }
    }
    control(&server, "PUT", "faults", &format!("[{}]", case.fault));
    examine(&Plan {
        patient: None,
        origin: Some(origin),
        clients: vec![client(case.client)],
        credentials: staff_credentials(case.username, PASSWORD),
        ..plan(&server.url())
    })
}

fn client(name: &str) -> StaffClient {
    StaffClient::spice_v2(name).unwrap_or_else(|| StaffClient::SpiceV1(name.to_owned()))
}

#[test]
fn each_old_assumption_is_named_by_its_check() {
    for case in &CASES {
        let report = run(case);
        let found = findings(&report);
        let named = found
            .iter()
            .any(|(id, outcome, _)| id == case.id && *outcome == case.outcome);
        assert!(named, "{}: {}\n{}", case.assumption, case.id, report.text());
    }
}

#[test]
fn checks_of_the_old_assumptions_pass_where_the_service_is_as_published() {
    for case in &CASES {
        let usual = match (case.client, case.portal) {
            ("web", portal) => Case { portal, ..WEB },
            ("mob", _) => Case {
                client: "mob",
                username: "chw@example.org",
                ..WEB
            },
            ("spice web", _) => Case {
                client: "spice web",
                username: "region@example.org",
                ..MOBILE_1
            },
            _ => MOBILE_1,
        };
        let report = run(&usual);
        let check = report.checks().iter().find(|check| check.id == case.id);
        let check = check.unwrap_or_else(|| panic!("{}\n{}", case.id, report.text()));
        assert_eq!(
            check.outcome,
            Outcome::Pass,
            "{}: {check:?}",
            case.assumption
        );
    }
}

#[test]
fn header_buffers_cannot_be_told_where_a_short_header_is_not_answered_as_documented() {
    let report = run(&Case {
        fault: r#"{"call":"validate","times":null,"fault":{"kind":"status","status":403}}"#,
        ..MOBILE_1
    });
    let found = findings(&report);
    let check = found.iter().find(|(id, ..)| id == "staff.header-buffers");
    assert_eq!(check.unwrap().1, Outcome::Warn, "{}", report.text());
}

/// What an engineer has in hand: a service with five differences, and the doctor's report.
#[test]
fn five_deviations_at_once_are_five_findings() {
    let mut options = Options::default();
    options.staff.cookie_domain = Some("spice.example".to_owned());
    options.staff.environment = Environment::Dev;
    options.staff.header_buffer = Some(8_192);
    let server = Sandbox::start(options).unwrap();
    control(
        &server,
        "PUT",
        "faults",
        r#"[{"call":"exists","times":null,"fault":{"kind":"headers","set":{"Date":"Sun, 06 Nov 1994 08:49:37 GMT"}}},
            {"call":"logout","times":null,"fault":{"kind":"status","status":405}}]"#,
    );
    let report = examine(&Plan {
        origin: Some(server.url()),
        clients: vec![StaffClient::SpiceV2Web],
        credentials: staff_credentials("hfa@example.org", PASSWORD),
        ..plan(&server.url())
    });
    let mut found: Vec<String> = findings(&report).into_iter().map(|(id, ..)| id).collect();
    // What follows from the refused sign-out, and what a test patient would be needed for.
    let follows = [
        "staff.logout.cookie",
        "staff.logout.ends",
        "patient.login.record",
    ];
    found.retain(|id| !follows.contains(&id.as_str()));
    assert_eq!(
        found,
        [
            "patient.clock",
            "staff.header-buffers",
            "staff.session.cookie-domain",
            "staff.session.cookie-same-site",
            "staff.logout",
        ],
        "{}",
        report.text()
    );
}

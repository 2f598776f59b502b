//! The calls to both services, through the browser's fetch, against a sandbox that answers as they
//! are documented, and that fails on order. `LOGISTRATION_SANDBOX` holds its address when this is
//! compiled; `cargo xtask test` starts one and sets it.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod in_page;

use std::{cell::RefCell, rc::Rc};

use contract::{
    password::PasswordHash,
    patient::{Login, Patient},
    personal::Personal,
    refusal::{Flaw, Refusal, RetryAfter},
    request::Method,
    staff::{Client, SignedIn},
};
use gloo_net::http::{Request, RequestBuilder};
use in_page::{enter, mishaps, show, sleep, until};
use leptos::{prelude::*, task::spawn_local};
use logistration::{
    api::{self, Abort, patient::Identifier},
    app::App,
    config::{BaseUrl, Config},
    failure::Failure,
    i18n,
    portal::Portal,
    route::{Entrance, Route, Router},
    session::Session,
};
use serde_json::Value;
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_browser);

// --- the sandbox ---

const fn sandbox() -> &'static str {
    match option_env!("LOGISTRATION_SANDBOX") {
        Some(address) => address,
        None => "http://127.0.0.1:8081",
    }
}

async fn tell(request: RequestBuilder, body: Option<String>) -> Vec<u8> {
    let request = match body {
        None => request.build(),
        Some(body) => request.body(body),
    };
    let response = request.unwrap().send().await.unwrap_or_else(|error| {
        panic!(
            "no sandbox answers at {} ({error}): start one by `cargo run --package sandbox -- --port 8081`",
            sandbox()
        );
    });
    let bytes = response.binary().await.unwrap();
    assert!(response.ok(), "{}", String::from_utf8_lossy(&bytes));
    bytes
}

fn control(name: &str) -> String {
    format!("{}/__sandbox/{name}", sandbox())
}

/// Begins anew: nothing fails, nobody is locked, nothing has come over the wire.
async fn reset() {
    tell(Request::post(&control("reset")), None).await;
}

/// From now on calls meet these faults, always.
async fn plan(faults: &[(&str, &str)]) {
    let lines: Vec<_> = faults
        .iter()
        .map(|(call, fault)| format!(r#"{{"call":"{call}","times":null,"fault":{fault}}}"#))
        .collect();
    plan_lines(&lines).await;
}

async fn plan_lines(lines: &[String]) {
    let plan = format!("[{}]", lines.join(","));
    tell(Request::put(&control("faults")), Some(plan)).await;
}

/// What came over the wire; a browser's own questions before a call are left out.
struct Wire(Value);

impl Wire {
    async fn read() -> Self {
        let bytes = tell(Request::get(&control("wire")), None).await;
        Self(serde_json::from_slice(&bytes).unwrap())
    }

    fn entries(&self) -> Vec<&Value> {
        let all = self.0.as_array().unwrap();
        all.iter()
            .filter(|entry| text(entry, &["call"]) != Some("preflight"))
            .collect()
    }

    fn calls(&self) -> Vec<&str> {
        let entries = self.entries();
        let names = entries.into_iter().map(|entry| text(entry, &["call"]));
        names.map(Option::unwrap).collect()
    }
}

fn text<'a>(value: &'a Value, path: &[&str]) -> Option<&'a str> {
    path.iter()
        .try_fold(value, |value, key| value.get(key))?
        .as_str()
}

// --- the calls ---

/// A portal that has its services in the sandbox.
fn config() -> Config {
    let mut config = Config::default();
    let services = BaseUrl::parse(sandbox()).unwrap();
    config.patient.base_url = services.clone();
    config.staff.base_url = services;
    config
}

fn impatient() -> Config {
    let mut config = config();
    config.request.timeout_seconds = 1;
    config
}

async fn patient_with(
    config: &Config,
    phone: &str,
    identifier: &Identifier,
) -> Result<Patient, Failure> {
    let phone = input::phone(phone, &config.patient.country_codes).unwrap();
    let abort = Abort::new();
    match api::patient::sign_in(config, &phone.value, identifier, &abort.signal()).await? {
        Login::Record(patient) => Ok(*patient),
        Login::CodeSent(_) => panic!("no code was to be asked for"),
    }
}

fn national_id(digits: &str) -> Identifier {
    Identifier::NationalId(input::national_id(digits).unwrap().value)
}

/// The patient of the documents' sample.
async fn patient(config: &Config) -> Result<Patient, Failure> {
    patient_with(config, "5368798202", &national_id("16898166021")).await
}

async fn staff_with(
    config: &Config,
    client: &str,
    username: &str,
    password: &str,
) -> Result<SignedIn, Failure> {
    let username = input::staff_username(username).unwrap();
    let abort = Abort::new();
    // As in the portal, where it outlives every page.
    let config: &'static Config = Box::leak(Box::new(config.clone()));
    let client = Client::two(client).unwrap_or_else(|| Client::One(client.to_owned()));
    api::staff::sign_in(config, &client, username, password, &abort.signal()).await
}

/// The member of staff of the documents' sample.
async fn staff(config: &Config) -> Result<SignedIn, Failure> {
    staff_with(config, "spice mobile", "kavya_pro@spice.mdt", "Spice@123").await
}

fn refused<T>(outcome: Result<T, Failure>) -> Option<Refusal> {
    match outcome {
        Err(Failure::Refused(refusal)) => Some(refusal),
        Err(other) => panic!("{other:?}"),
        Ok(_) => None,
    }
}

// --- as documented ---

#[wasm_bindgen_test]
async fn a_patient_signs_in_with_exactly_the_documented_requests() {
    reset().await;
    let patient = patient(&config()).await.expect("the sample patient");
    assert_eq!(
        patient.file_number.as_ref().map(Personal::as_str),
        Some("string")
    );

    let wire = Wire::read().await;
    assert_eq!(wire.calls(), ["exists", "login"]);
    let [exists, login] = wire.entries()[..] else {
        panic!()
    };
    assert_eq!(text(exists, &["method"]), Some("POST"));
    assert_eq!(
        text(exists, &["path"]),
        Some("/api/customer/is_patient_exists")
    );
    assert_eq!(text(exists, &["body"]), Some(r#"{"phoneNo":"5368798202"}"#));
    assert_eq!(text(login, &["method"]), Some("POST"));
    assert_eq!(text(login, &["path"]), Some("/api/customer/login"));
    assert_eq!(
        text(login, &["body"]),
        Some(r#"{"type":"nationalId","value":"16898166021","phone":"5368798202"}"#)
    );
    for entry in [exists, login] {
        let content_type = text(entry, &["headers", "content-type"]).unwrap();
        assert!(
            content_type.starts_with("application/json"),
            "{content_type}"
        );
        // The page's own address and cookies are none of the service's business.
        assert_eq!(text(entry, &["headers", "referer"]), None);
        assert_eq!(text(entry, &["headers", "cookie"]), None);
    }
}

#[wasm_bindgen_test]
async fn a_number_is_sent_the_same_however_it_is_typed() {
    reset().await;
    for typed in ["٠٥٠١ ٢٣٤ ٥٦٧", "+966 (0)50-123-4567", "00966501234567"] {
        let outcome = patient_with(&config(), typed, &national_id("1012345672")).await;
        let patient = outcome.expect(typed);
        let id = patient.national_id.as_ref().map(Personal::as_str);
        assert_eq!(id, Some("1012345672"));
    }
    for entry in Wire::read().await.entries() {
        assert!(text(entry, &["body"]).unwrap().contains(r#""501234567""#));
    }
}

#[wasm_bindgen_test]
async fn a_patient_id_goes_out_under_the_name_a_site_gives_it() {
    reset().await;
    let mut config = config();
    let number = || Identifier::PatientId(input::file_number("0012345").unwrap().value);
    "fileNo".clone_into(&mut config.patient.patient_id_type);
    let _ = patient_with(&config, "501234567", &number()).await;
    let wire = Wire::read().await;
    assert_eq!(
        text(wire.entries()[1], &["body"]),
        Some(r#"{"type":"fileNo","value":"0012345","phone":"501234567"}"#)
    );
    config.patient.patient_id_type = Config::default().patient.patient_id_type;
    let outcome = patient_with(&config, "501234567", &number()).await;
    assert_eq!(refused(outcome), None);
}

#[wasm_bindgen_test]
async fn an_unknown_phone_is_not_found_and_the_identifier_never_sent() {
    reset().await;
    let outcome = patient_with(&config(), "599999999", &national_id("1012345672")).await;
    assert_eq!(refused(outcome), Some(Refusal::NotFound));
    assert_eq!(Wire::read().await.calls(), ["exists"]);
}

#[wasm_bindgen_test]
async fn a_wrong_identifier_is_not_found_all_the_same() {
    reset().await;
    let outcome = patient_with(&config(), "5368798202", &national_id("1012345672")).await;
    assert_eq!(refused(outcome), Some(Refusal::NotFound));
    assert_eq!(Wire::read().await.calls(), ["exists", "login"]);
}

#[wasm_bindgen_test]
async fn a_site_may_spare_the_first_question() {
    reset().await;
    let mut config = config();
    config.patient.check_exists = false;
    assert_eq!(refused(patient(&config).await), None);
    assert_eq!(Wire::read().await.calls(), ["login"]);
}

#[wasm_bindgen_test]
async fn staff_sign_in_with_exactly_the_documented_request() {
    reset().await;
    let signed_in = staff(&config()).await.expect("the sample staff");
    let username = signed_in.staff.username.as_ref();
    assert_eq!(username.map(Personal::as_str), Some("kavya_pro@spice.mdt"));

    let wire = Wire::read().await;
    assert_eq!(wire.calls(), ["session"]);
    let entry = wire.entries()[0];
    assert_eq!(text(entry, &["method"]), Some("POST"));
    assert_eq!(text(entry, &["path"]), Some("/auth-service/session"));
    assert_eq!(text(entry, &["headers", "client"]), Some("spice mobile"));
    let form = entry.get("form").unwrap().as_object().unwrap();
    let names: Vec<_> = form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["password", "username"]);
    assert_eq!(
        text(entry, &["form", "username"]),
        username.map(Personal::as_str)
    );
    let hash = PasswordHash::of("Spice@123", "spice_opensource");
    assert_eq!(text(entry, &["form", "password"]), Some(hash.as_str()));
    assert!(!text(entry, &["body"]).unwrap().contains("Spice@123"));
}

#[wasm_bindgen_test]
async fn names_and_passwords_of_any_script_arrive() {
    reset().await;
    for (client, username, password) in [
        (
            "spice mobile",
            "amal.o'brien+ward7@care.hospital",
            "Nurse-2026!",
        ),
        ("cfr web", "rima.emr@spice.mdt", "كلمة السر ١٢٣"),
        ("spice mobile", "samir.roles@spice.mdt", "pässwörd"),
    ] {
        let outcome = staff_with(&config(), client, username, password).await;
        assert_eq!(refused(outcome), None, "{username}");
    }
}

#[wasm_bindgen_test]
async fn every_way_staff_are_turned_away_has_its_name() {
    reset().await;
    let config = config();
    let outcome = async |client: &str, username: &str, password: &str| {
        refused(staff_with(&config, client, username, password).await)
    };
    let mobile = "spice mobile";
    assert_eq!(
        outcome(mobile, "nobody@spice.mdt", "x").await,
        Some(Refusal::WrongCredentials)
    );
    assert_eq!(
        outcome(mobile, "dawud.disabled@spice.mdt", "Disabled-2026!").await,
        Some(Refusal::WrongCredentials)
    );
    assert_eq!(
        outcome(mobile, "huda.locked@spice.mdt", "Locked-2026!").await,
        Some(Refusal::AccountDisabled(None))
    );
    assert_eq!(
        outcome(mobile, "rima.emr@spice.mdt", "كلمة السر ١٢٣").await,
        Some(Refusal::NoPermission)
    );
    for _ in 0..4 {
        assert_eq!(
            outcome(mobile, "kavya_pro@spice.mdt", "wrong").await,
            Some(Refusal::WrongCredentials)
        );
    }
    assert_eq!(
        outcome(mobile, "kavya_pro@spice.mdt", "wrong").await,
        Some(Refusal::AccountLocked(None))
    );
    reset().await;
    assert_eq!(
        outcome(mobile, "kavya_pro@spice.mdt", "Spice@123").await,
        None
    );
}

#[wasm_bindgen_test]
async fn sign_out_revokes_the_token() {
    reset().await;
    for method in [Method::Get, Method::Post] {
        let mut config = config();
        config.staff.logout_method = method;
        let signed_in = staff(&config).await.ok().unwrap();
        assert_eq!(
            refused(api::staff::sign_out_of(&config, &signed_in).await),
            None
        );
        // It cannot be used again, which is all that is wanted: nobody tries a second time.
        assert_eq!(
            refused(api::staff::sign_out_of(&config, &signed_in).await),
            None
        );
    }
    let wire = Wire::read().await;
    let methods: Vec<_> = wire
        .entries()
        .into_iter()
        .filter(|entry| text(entry, &["call"]) == Some("logout"))
        .map(|entry| {
            (
                text(entry, &["method"]).unwrap(),
                entry.get("status").and_then(Value::as_u64),
            )
        })
        .collect();
    let ended_then_unknown = |method| [(method, Some(200)), (method, Some(401))];
    assert_eq!(
        methods,
        [ended_then_unknown("GET"), ended_then_unknown("POST")].concat()
    );
}

#[wasm_bindgen_test]
async fn sign_out_is_tried_twice() {
    reset().await;
    let config = config();
    let down = r#"{"kind":"status","status":503}"#;
    let signed_in = staff(&config).await.ok().unwrap();
    plan_lines(&[format!(r#"{{"call":"logout","times":1,"fault":{down}}}"#)]).await;
    assert_eq!(
        refused(api::staff::sign_out_of(&config, &signed_in).await),
        None
    );
    plan(&[("logout", down)]).await;
    assert_eq!(
        refused(api::staff::sign_out_of(&config, &signed_in).await),
        Some(Refusal::ServiceDown)
    );
    let calls = ["session", "logout", "logout", "logout", "logout"];
    assert_eq!(Wire::read().await.calls(), calls);
}

// --- when things go wrong ---

/// What a fault of each kind comes to, when it meets the only call there is.
const FAULTS: &[(&str, Failure)] = &[
    (
        r#"{"kind":"status","status":502,"contentType":"text/html","body":"<html>Bad gateway"}"#,
        Failure::Refused(Refusal::ServiceDown),
    ),
    (
        r#"{"kind":"status","status":200,"contentType":"text/html","body":"<html>Hello"}"#,
        Failure::Refused(Refusal::BadAnswer(Flaw::NotJson)),
    ),
    (
        r#"{"kind":"status","status":418}"#,
        Failure::Refused(Refusal::BadAnswer(Flaw::UnexpectedStatus(418))),
    ),
    (
        r#"{"kind":"status","status":301,"headers":{"Location":"/elsewhere"}}"#,
        Failure::Unreachable,
    ),
    // A page of another origin may only read that header if the service lets it.
    (
        r#"{"kind":"status","status":429,"headers":{"Retry-After":"90"}}"#,
        Failure::Refused(Refusal::TooManyTries(None)),
    ),
    (
        r#"{"kind":"status","status":429,"headers":{"Retry-After":"90",
            "Access-Control-Expose-Headers":"Retry-After"}}"#,
        Failure::Refused(Refusal::TooManyTries(Some(RetryAfter::Seconds(90)))),
    ),
    (
        r#"{"kind":"truncate","bytes":20}"#,
        Failure::Refused(Refusal::BadAnswer(Flaw::NotJson)),
    ),
    (r#"{"kind":"shortBody"}"#, Failure::Unreachable),
    (r#"{"kind":"dropBefore"}"#, Failure::Unreachable),
    (r#"{"kind":"dropAfterHeaders"}"#, Failure::Unreachable),
    (
        r#"{"kind":"endless"}"#,
        Failure::Refused(Refusal::BadAnswer(Flaw::TooLarge)),
    ),
    (
        r#"{"kind":"gzipBomb"}"#,
        Failure::Refused(Refusal::BadAnswer(Flaw::TooLarge)),
    ),
    (r#"{"kind":"noCors"}"#, Failure::Unreachable),
    (r#"{"kind":"redirectLoop"}"#, Failure::Unreachable),
];

#[wasm_bindgen_test]
async fn every_fault_of_a_patients_sign_in_has_its_name_and_the_next_try_works() {
    reset().await;
    for (fault, failure) in FAULTS {
        plan(&[("login", fault)]).await;
        assert_eq!(
            patient(&config()).await.err().as_ref(),
            Some(failure),
            "{fault}"
        );
        plan(&[]).await;
        assert_eq!(patient(&config()).await.err(), None, "after {fault}");
    }
}

#[wasm_bindgen_test]
async fn every_fault_of_the_first_question_stops_there() {
    reset().await;
    for (fault, failure) in FAULTS {
        // `true` is shorter than what is left of it, and so it is whole.
        if fault.contains("truncate") {
            continue;
        }
        plan(&[("exists", fault)]).await;
        assert_eq!(
            patient(&config()).await.err().as_ref(),
            Some(failure),
            "{fault}"
        );
    }
    assert!(!Wire::read().await.calls().contains(&"login"));
}

#[wasm_bindgen_test]
async fn every_fault_of_a_staff_sign_in_has_its_name_and_the_next_try_works() {
    reset().await;
    for (fault, failure) in FAULTS {
        plan(&[("session", fault)]).await;
        assert_eq!(
            staff(&config()).await.err().as_ref(),
            Some(failure),
            "{fault}"
        );
        plan(&[]).await;
        assert_eq!(staff(&config()).await.err(), None, "after {fault}");
    }
}

#[wasm_bindgen_test]
async fn a_sign_in_without_a_token_is_none() {
    reset().await;
    plan(&[("session", r#"{"kind":"noAuthorization"}"#)]).await;
    assert_eq!(refused(staff(&config()).await), Some(Refusal::NotASignIn));
}

#[wasm_bindgen_test]
async fn a_session_that_lets_nobody_in_is_ended_and_nobody_waits_for_that() {
    reset().await;
    let odd = r#"{"kind":"status","status":200,"contentType":"application/json",
        "body":"{\"error\":\"odd\"}","headers":{"Authorization":"Bearer of-nobody"}}"#;
    plan(&[
        ("session", odd),
        ("logout", r#"{"kind":"delay","ms":3000}"#),
    ])
    .await;
    let before = js_sys::Date::now();
    assert_eq!(refused(staff(&config()).await), Some(Refusal::NotASignIn));
    assert!(js_sys::Date::now() - before < 2_000.0);
    for _ in 0..50 {
        let wire = Wire::read().await;
        if let [_, sign_out] = wire.entries()[..] {
            assert_eq!(text(sign_out, &["call"]), Some("logout"));
            let token = text(sign_out, &["headers", "authorization"]);
            return assert_eq!(token, Some("Bearer of-nobody"));
        }
        sleep(20).await;
    }
    panic!("the session is left open");
}

#[wasm_bindgen_test]
async fn a_broken_staff_service_is_not_a_wrong_password() {
    reset().await;
    plan(&[("session", r#"{"kind":"status","status":401}"#)]).await;
    assert_eq!(refused(staff(&config()).await), Some(Refusal::ServiceDown));
}

#[wasm_bindgen_test]
async fn an_answer_of_null_is_nobody_but_no_answer_to_a_question() {
    reset().await;
    let null = r#"{"kind":"status","status":200,"contentType":"application/json","body":"null"}"#;
    plan(&[("login", null)]).await;
    assert_eq!(refused(patient(&config()).await), Some(Refusal::NotFound));
    plan(&[("exists", null)]).await;
    assert_eq!(
        refused(patient(&config()).await),
        Some(Refusal::BadAnswer(Flaw::WrongShape))
    );
}

#[wasm_bindgen_test]
async fn an_answer_that_does_not_come_in_time_is_too_late() {
    reset().await;
    for fault in [
        r#"{"kind":"delay","ms":8000}"#,
        r#"{"kind":"drip","bytesPerSecond":1}"#,
    ] {
        plan(&[("login", fault), ("session", fault)]).await;
        let before = js_sys::Date::now();
        assert_eq!(
            patient(&impatient()).await.err(),
            Some(Failure::TimedOut),
            "{fault}"
        );
        assert_eq!(
            staff(&impatient()).await.err(),
            Some(Failure::TimedOut),
            "{fault}"
        );
        let took = js_sys::Date::now() - before;
        assert!((1_900.0..6_000.0).contains(&took), "{took} ms");
    }
}

#[wasm_bindgen_test]
async fn an_answer_that_is_slow_but_in_time_counts() {
    reset().await;
    plan(&[
        ("exists", r#"{"kind":"delay","ms":300}"#),
        ("login", r#"{"kind":"drip","bytesPerSecond":5000}"#),
    ])
    .await;
    assert_eq!(patient(&config()).await.err(), None);
    // The deadline of a call that is over must not end the next one.
    sleep(1_200).await;
    plan(&[
        ("exists", r#"{"kind":"delay","ms":600}"#),
        ("login", r#"{"kind":"delay","ms":600}"#),
    ])
    .await;
    assert_eq!(patient(&impatient()).await.err(), None);
}

#[wasm_bindgen_test]
async fn a_service_that_is_not_there_is_unreachable() {
    let mut config = config();
    // The port of "discard": browsers do not even try. And one where nobody listens.
    for nowhere in ["http://127.0.0.1:9", "http://127.0.0.1:47", "https://[x]"] {
        let nowhere = BaseUrl::parse(nowhere).unwrap();
        config.patient.base_url = nowhere.clone();
        config.staff.base_url = nowhere;
        assert_eq!(patient(&config).await.err(), Some(Failure::Unreachable));
        assert_eq!(staff(&config).await.err(), Some(Failure::Unreachable));
    }
}

#[wasm_bindgen_test]
async fn a_browser_that_knows_it_is_offline_says_so() {
    reset().await;
    plan(&[("login", r#"{"kind":"dropBefore"}"#)]).await;
    let navigator = window().navigator();
    let property = js_sys::Object::new();
    for (key, value) in [("value", false), ("configurable", true)] {
        js_sys::Reflect::set(&property, &key.into(), &value.into()).unwrap();
    }
    js_sys::Object::define_property(&navigator, &"onLine".into(), &property);
    let outcome = patient(&config()).await.err();
    js_sys::Reflect::delete_property(&navigator, &"onLine".into()).unwrap();
    assert!(navigator.on_line());
    assert_eq!(outcome, Some(Failure::Offline));
}

#[wasm_bindgen_test]
async fn dropping_the_abort_handle_ends_the_call() {
    let before = mishaps();
    for fault in [
        r#"{"kind":"delay","ms":8000}"#,
        r#"{"kind":"drip","bytesPerSecond":1}"#,
    ] {
        reset().await;
        plan(&[("exists", fault)]).await;
        let abort = Abort::new();
        let signal = abort.signal();
        let outcome = Rc::new(RefCell::new(None));
        spawn_local({
            let outcome = Rc::clone(&outcome);
            async move {
                let config = config();
                let phone = input::phone("5368798202", &config.patient.country_codes);
                let (phone, id) = (phone.unwrap().value, national_id("16898166021"));
                let done = api::patient::sign_in(&config, &phone, &id, &signal).await;
                *outcome.borrow_mut() = Some(done.err());
            }
        });
        sleep(400).await;
        assert_eq!(*outcome.borrow(), None, "{fault}");
        let dropped = js_sys::Date::now();
        drop(abort);
        until("the call is over", || outcome.borrow().is_some()).await;
        assert!(js_sys::Date::now() - dropped < 3_000.0);
        assert_eq!(*outcome.borrow(), Some(Some(Failure::Unreachable)));
        assert_eq!(Wire::read().await.calls(), ["exists"]);
    }
    assert_eq!(mishaps(), before);
}

// --- a page and a service ---

fn portal() -> &'static Portal {
    let config = Box::leak(Box::new(config()));
    let at = Route::SignIn(Entrance::Patient, None);
    Portal::new(
        config,
        i18n::FALLBACK,
        Router::at("", at),
        Entrance::Patient,
    )
}

fn is_guest(portal: &'static Portal) -> bool {
    portal
        .session
        .with(|session| matches!(session, Session::Guest(_)))
}

#[wasm_bindgen_test]
async fn a_patient_fails_tries_again_and_comes_in() {
    reset().await;
    let address = window().location().pathname().unwrap();
    let before = mishaps();
    plan(&[("login", r#"{"kind":"dropAfterHeaders"}"#)]).await;
    let portal = portal();
    let words = i18n::FALLBACK;
    let shown = show(move || view! { <App portal/> });
    enter(&shown.input("#phone"), "٠٥٠١ ٢٣٤ ٥٦٧");
    enter(&shown.input("#national-id"), "1012345672");
    shown.one("button[type=submit]").click();
    until("it says so", || {
        shown.find("[role=alert] p:not([hidden])").is_some()
    })
    .await;
    assert_eq!(
        shown.text("[role=alert] p:not([hidden])"),
        words.unreachable
    );
    assert_eq!(shown.input("#phone").value(), "٠٥٠١ ٢٣٤ ٥٦٧");
    assert_eq!(shown.input("#national-id").value(), "1012345672");
    assert!(is_guest(portal));

    plan(&[]).await;
    shown.one("button[type=submit]").click();
    until("the profile", || shown.text("h1") == words.profile).await;
    assert!(shown.all_text().contains("Abdullah Saleh Al-Harbi"));
    assert_eq!(mishaps(), before);
    drop(shown);
    portal
        .router
        .replace(Route::SignIn(Entrance::Patient, None));
    assert_eq!(window().location().pathname().unwrap(), address);
}

#[wasm_bindgen_test]
async fn a_failed_staff_sign_in_keeps_the_name_and_not_the_password() {
    reset().await;
    let portal = portal();
    portal.router.replace(Route::SignIn(Entrance::Staff, None));
    let shown = show(move || view! { <App portal/> });
    enter(&shown.input("#username"), " kavya_pro@spice.mdt ");
    enter(&shown.input("#password"), "wrong");
    shown.saying("button", "Show password").click();
    shown.one("button[type=submit]").click();
    until("it says so", || {
        shown.find("[role=alert] p:not([hidden])").is_some()
    })
    .await;
    assert_eq!(
        shown.text("[role=alert] p:not([hidden])"),
        i18n::FALLBACK.wrong_credentials
    );
    assert_eq!(shown.input("#username").value(), " kavya_pro@spice.mdt ");
    assert_eq!(shown.input("#password").value(), "");
    assert_eq!(shown.input("#password").type_(), "password");

    enter(&shown.input("#password"), "Spice@123");
    shown.one("button[type=submit]").click();
    until("the roles", || shown.text("h1") == i18n::FALLBACK.roles).await;
    // Signing out shows the sign-in page at once, and revokes the token behind it.
    shown.saying("button", "Sign out").click();
    until("signed out", || shown.find("#username").is_some()).await;
    let mut calls = Vec::new();
    for _ in 0..50 {
        let wire = Wire::read().await;
        calls = wire.calls().into_iter().map(str::to_owned).collect();
        if calls.len() == 3 {
            break;
        }
        sleep(20).await;
    }
    assert_eq!(calls, ["session", "session", "logout"]);
    drop(shown);
    portal
        .router
        .replace(Route::SignIn(Entrance::Patient, None));
}

#[wasm_bindgen_test]
async fn leaving_the_page_ends_its_call_and_brings_nobody_in() {
    reset().await;
    let before = mishaps();
    plan(&[("exists", r#"{"kind":"delay","ms":600}"#)]).await;
    let portal = portal();
    let shown = show(move || view! { <App portal/> });
    enter(&shown.input("#phone"), "501234567");
    enter(&shown.input("#national-id"), "1012345672");
    shown.one("button[type=submit]").click();
    sleep(200).await;
    portal.router.push(Route::SignIn(Entrance::Staff, None));
    until("the other page", || shown.find("#username").is_some()).await;
    sleep(1_000).await;
    assert!(is_guest(portal));
    assert!(shown.find("[role=alert] p:not([hidden])").is_none());
    assert_eq!(Wire::read().await.calls(), ["exists"]);
    assert_eq!(mishaps(), before);
    drop(shown);
    portal
        .router
        .replace(Route::SignIn(Entrance::Patient, None));
}

#[wasm_bindgen_test]
async fn a_second_press_while_it_is_on_its_way_sends_nothing() {
    reset().await;
    plan(&[("exists", r#"{"kind":"delay","ms":500}"#)]).await;
    let portal = portal();
    let shown = show(move || view! { <App portal/> });
    enter(&shown.input("#phone"), "501234567");
    enter(&shown.input("#national-id"), "1012345672");
    for _ in 0..3 {
        shown.one("button[type=submit]").click();
        sleep(50).await;
    }
    assert_eq!(shown.text("button[type=submit]"), "Signing in…");
    until("the profile", || shown.text("h1") == "Profile").await;
    assert_eq!(Wire::read().await.calls(), ["exists", "login"]);
    drop(shown);
    portal
        .router
        .replace(Route::SignIn(Entrance::Patient, None));
}

//! When things go wrong.

use std::{cell::RefCell, rc::Rc};

use contract::service_error::{ResponseError, RetryAfter, ServiceError};
use leptos::prelude::*;
use logistration::{
    api::{self, Abort},
    config::BaseUrl,
    failure::Failure,
};
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::*;

use crate::calls::{config, impatient, national_id, patient, refused, staff};
use crate::in_page::{mishaps, sleep, until};
use crate::sandbox::{Wire, plan, reset, text};

/// What a fault of each kind comes to, when it meets the only call there is.
const FAULTS: &[(&str, Failure)] = &[
    (
        r#"{"kind":"status","status":502,"contentType":"text/html","body":"<html>Bad gateway"}"#,
        Failure::Refused(ServiceError::ServiceDown),
    ),
    (
        r#"{"kind":"status","status":200,"contentType":"text/html","body":"<html>Hello"}"#,
        Failure::Refused(ServiceError::InvalidResponse(ResponseError::NotJson)),
    ),
    (
        r#"{"kind":"status","status":418}"#,
        Failure::Refused(ServiceError::InvalidResponse(
            ResponseError::UnexpectedStatus(418),
        )),
    ),
    (
        r#"{"kind":"status","status":301,"headers":{"Location":"/elsewhere"}}"#,
        Failure::Unreachable,
    ),
    // A page of another origin may only read that header if the service lets it.
    (
        r#"{"kind":"status","status":429,"headers":{"Retry-After":"90"}}"#,
        Failure::Refused(ServiceError::TooManyTries(None)),
    ),
    (
        r#"{"kind":"status","status":429,"headers":{"Retry-After":"90",
            "Access-Control-Expose-Headers":"Retry-After"}}"#,
        Failure::Refused(ServiceError::TooManyTries(Some(RetryAfter::Seconds(90)))),
    ),
    (
        r#"{"kind":"truncate","bytes":20}"#,
        Failure::Refused(ServiceError::InvalidResponse(ResponseError::NotJson)),
    ),
    (r#"{"kind":"shortBody"}"#, Failure::Unreachable),
    (r#"{"kind":"dropBefore"}"#, Failure::Unreachable),
    (r#"{"kind":"dropAfterHeaders"}"#, Failure::Unreachable),
    (
        r#"{"kind":"endless"}"#,
        Failure::Refused(ServiceError::InvalidResponse(ResponseError::TooLarge)),
    ),
    (
        r#"{"kind":"gzipBomb"}"#,
        Failure::Refused(ServiceError::InvalidResponse(ResponseError::TooLarge)),
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
    assert_eq!(
        refused(staff(&config()).await),
        Some(ServiceError::NotASignIn)
    );
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
    assert_eq!(
        refused(staff(&config()).await),
        Some(ServiceError::NotASignIn)
    );
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
    assert_eq!(
        refused(staff(&config()).await),
        Some(ServiceError::ServiceDown)
    );
}

#[wasm_bindgen_test]
async fn an_answer_of_null_is_nobody_but_no_answer_to_a_question() {
    reset().await;
    let null = r#"{"kind":"status","status":200,"contentType":"application/json","body":"null"}"#;
    plan(&[("login", null)]).await;
    assert_eq!(
        refused(patient(&config()).await),
        Some(ServiceError::NotFound)
    );
    plan(&[("exists", null)]).await;
    assert_eq!(
        refused(patient(&config()).await),
        Some(ServiceError::InvalidResponse(ResponseError::WrongShape))
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

//! Faults of the services and of the network.

use std::{cell::RefCell, rc::Rc};

use config::BaseUrl;
use contract::service_error::{ResponseError, RetryAfter, ServiceError};
use leptos::prelude::*;
use logistration::{
    api::ApiError,
    api::{self, AbortGuard},
};
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::*;

use crate::calls::{config, impatient, national_id, patient, refused, staff};
use crate::in_page::{sleep, uncaught_errors, until};
use crate::sandbox::{Wire, plan, reset, text};

/// Error of each kind of fault that meets the only request.
const FAULTS: &[(&str, ApiError)] = &[
    (
        r#"{"kind":"status","status":502,"contentType":"text/html","body":"<html>Bad gateway"}"#,
        ApiError::Service(ServiceError::ServiceDown),
    ),
    (
        r#"{"kind":"status","status":200,"contentType":"text/html","body":"<html>Hello"}"#,
        ApiError::Service(ServiceError::InvalidResponse(ResponseError::NotJson)),
    ),
    (
        r#"{"kind":"status","status":418}"#,
        ApiError::Service(ServiceError::InvalidResponse(
            ResponseError::UnexpectedStatus(418),
        )),
    ),
    (
        r#"{"kind":"status","status":301,"headers":{"Location":"/elsewhere"}}"#,
        ApiError::Redirected,
    ),
    // Scripts of another origin may read that header only if the service exposes it.
    (
        r#"{"kind":"status","status":429,"headers":{"Retry-After":"90"}}"#,
        ApiError::Service(ServiceError::TooManyTries(None)),
    ),
    (
        r#"{"kind":"status","status":429,"headers":{"Retry-After":"90",
            "Access-Control-Expose-Headers":"Retry-After"}}"#,
        ApiError::Service(ServiceError::TooManyTries(Some(RetryAfter::Seconds(90)))),
    ),
    (
        r#"{"kind":"truncate","bytes":20}"#,
        ApiError::Service(ServiceError::InvalidResponse(ResponseError::NotJson)),
    ),
    (r#"{"kind":"shortBody"}"#, ApiError::Unreachable),
    (r#"{"kind":"dropBefore"}"#, ApiError::Unreachable),
    (r#"{"kind":"dropAfterHeaders"}"#, ApiError::Unreachable),
    (
        r#"{"kind":"endless"}"#,
        ApiError::Service(ServiceError::InvalidResponse(ResponseError::TooLarge)),
    ),
    (
        r#"{"kind":"gzipBomb"}"#,
        ApiError::Service(ServiceError::InvalidResponse(ResponseError::TooLarge)),
    ),
    (r#"{"kind":"noCors"}"#, ApiError::Unreachable),
    (r#"{"kind":"redirectLoop"}"#, ApiError::Redirected),
];

#[wasm_bindgen_test]
async fn every_fault_of_a_patient_sign_in_has_its_error_and_the_next_attempt_works() {
    reset().await;
    for (fault, error) in FAULTS {
        plan(&[("login", fault)]).await;
        assert_eq!(
            patient(&config()).await.err().map(ApiError::from).as_ref(),
            Some(error),
            "{fault}"
        );
        plan(&[]).await;
        assert_eq!(patient(&config()).await.err(), None, "after {fault}");
    }
}

#[wasm_bindgen_test]
async fn every_fault_of_the_phone_look_up_ends_the_sign_in() {
    reset().await;
    for (fault, error) in FAULTS {
        // `true` is shorter than the cut, so it is complete.
        if fault.contains("truncate") {
            continue;
        }
        plan(&[("exists", fault)]).await;
        assert_eq!(
            patient(&config()).await.err().map(ApiError::from).as_ref(),
            Some(error),
            "{fault}"
        );
    }
    assert!(!Wire::read().await.calls().contains(&"login"));
}

#[wasm_bindgen_test]
async fn every_fault_of_a_staff_sign_in_has_its_error_and_the_next_attempt_works() {
    reset().await;
    for (fault, error) in FAULTS {
        plan(&[("session", fault)]).await;
        // A 200 without a token is no sign-in, whatever its body.
        let error = if fault.contains("<html>Hello") {
            &ApiError::Service(ServiceError::NotASignIn)
        } else {
            error
        };
        assert_eq!(
            staff(&config()).await.err().map(ApiError::from).as_ref(),
            Some(error),
            "{fault}"
        );
        plan(&[]).await;
        assert_eq!(staff(&config()).await.err(), None, "after {fault}");
    }
}

#[wasm_bindgen_test]
async fn staff_sign_in_without_a_token_is_an_error() {
    reset().await;
    plan(&[("session", r#"{"kind":"noAuthorization"}"#)]).await;
    assert_eq!(
        refused(staff(&config()).await),
        Some(ServiceError::NotASignIn)
    );
}

#[wasm_bindgen_test]
async fn unusable_staff_session_is_revoked_in_the_background() {
    reset().await;
    let odd = r#"{"kind":"status","status":200,"contentType":"application/json",
        "body":"{\"error\":\"odd\"}","headers":{"Authorization":"Bearer without-owner"}}"#;
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
            return assert_eq!(token, Some("Bearer without-owner"));
        }
        sleep(20).await;
    }
    panic!("the session is left open");
}

#[wasm_bindgen_test]
async fn server_error_of_the_staff_service_is_not_shown_as_wrong_credentials() {
    reset().await;
    plan(&[("session", r#"{"kind":"status","status":401}"#)]).await;
    assert_eq!(
        refused(staff(&config()).await),
        Some(ServiceError::ServiceDown)
    );
}

#[wasm_bindgen_test]
async fn null_is_not_found_for_a_record_and_invalid_for_the_look_up() {
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
async fn response_after_the_timeout_is_timed_out() {
    reset().await;
    for fault in [
        r#"{"kind":"delay","ms":8000}"#,
        r#"{"kind":"drip","bytesPerSecond":1}"#,
    ] {
        plan(&[("login", fault), ("session", fault)]).await;
        let before = js_sys::Date::now();
        assert_eq!(
            patient(&impatient()).await.err().map(ApiError::from),
            Some(ApiError::TimedOut),
            "{fault}"
        );
        assert_eq!(
            staff(&impatient()).await.err().map(ApiError::from),
            Some(ApiError::TimedOut),
            "{fault}"
        );
        let took = js_sys::Date::now() - before;
        assert!((1_900.0..6_000.0).contains(&took), "{took} ms");
    }
}

#[wasm_bindgen_test]
async fn slow_response_within_the_timeout_counts() {
    reset().await;
    plan(&[
        ("exists", r#"{"kind":"delay","ms":300}"#),
        ("login", r#"{"kind":"drip","bytesPerSecond":5000}"#),
    ])
    .await;
    assert_eq!(patient(&config()).await.err(), None);
    // The timeout of a finished request must not cancel the next one.
    sleep(1_200).await;
    plan(&[
        ("exists", r#"{"kind":"delay","ms":600}"#),
        ("login", r#"{"kind":"delay","ms":600}"#),
    ])
    .await;
    assert_eq!(patient(&impatient()).await.err(), None);
}

#[wasm_bindgen_test]
async fn request_to_a_closed_port_is_unreachable() {
    let mut config = config();
    // The port of "discard", which browsers block, and a port without a listener.
    for nowhere in ["http://127.0.0.1:9", "http://127.0.0.1:47", "https://[x]"] {
        let nowhere = BaseUrl::parse(nowhere).unwrap();
        config.patient.base_url = nowhere.clone();
        config.staff.base_url = nowhere;
        assert_eq!(
            patient(&config).await.err().map(ApiError::from),
            Some(ApiError::Unreachable)
        );
        assert_eq!(
            staff(&config).await.err().map(ApiError::from),
            Some(ApiError::Unreachable)
        );
    }
}

#[wasm_bindgen_test]
async fn request_while_offline_is_offline() {
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
    assert_eq!(outcome.map(ApiError::from), Some(ApiError::Offline));
}

#[wasm_bindgen_test]
async fn dropping_the_abort_guard_cancels_the_request() {
    let before = uncaught_errors();
    for fault in [
        r#"{"kind":"delay","ms":8000}"#,
        r#"{"kind":"drip","bytesPerSecond":1}"#,
    ] {
        reset().await;
        plan(&[("exists", fault)]).await;
        let abort = AbortGuard::new();
        let signal = abort.signal();
        let outcome = Rc::new(RefCell::new(None));
        spawn_local({
            let outcome = Rc::clone(&outcome);
            async move {
                let config: &'static config::Config = Box::leak(Box::new(config()));
                let phone = input::phone("5368798202", &config.patient.country_codes);
                let (phone, id) = (phone.unwrap().value, national_id("16898166021"));
                let done = api::patient::sign_in(config, &phone, &id, &signal).await;
                *outcome.borrow_mut() = Some(done.err().map(ApiError::from));
            }
        });
        sleep(400).await;
        assert_eq!(*outcome.borrow(), None, "{fault}");
        let dropped = js_sys::Date::now();
        drop(abort);
        until("the call is over", || outcome.borrow().is_some()).await;
        assert!(js_sys::Date::now() - dropped < 3_000.0);
        assert_eq!(*outcome.borrow(), Some(Some(ApiError::Unreachable)));
        assert_eq!(Wire::read().await.calls(), ["exists"]);
    }
    assert_eq!(uncaught_errors(), before);
}

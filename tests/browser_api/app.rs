//! Whole pages with a service.

use leptos::prelude::*;
use logistration::{
    app::App,
    i18n,
    router::{Audience, Route, Router},
    state::AppState,
    store::Session,
};
use wasm_bindgen_test::*;

use crate::calls::config;
use crate::in_page::{enter, show, sleep, uncaught_errors, until};
use crate::sandbox::{Wire, plan, reset};

fn state() -> &'static AppState {
    let config = Box::leak(Box::new(config()));
    let at = Route::SignIn(Audience::Patient, None);
    AppState::new(
        config,
        i18n::FALLBACK,
        Router::at("", at),
        Audience::Patient,
    )
}

fn is_guest(state: &'static AppState) -> bool {
    state
        .session
        .with(|session| matches!(session, Session::Guest(_)))
}

#[wasm_bindgen_test]
async fn patient_signs_in_on_a_second_attempt_after_an_error() {
    reset().await;
    let address = window().location().pathname().unwrap();
    let before = uncaught_errors();
    plan(&[("login", r#"{"kind":"dropAfterHeaders"}"#)]).await;
    let state = state();
    let messages = i18n::FALLBACK;
    let shown = show(move || view! { <App state/> });
    enter(&shown.input("#phone"), "٠٥٠١ ٢٣٤ ٥٦٧");
    enter(&shown.input("#national-id"), "1012345672");
    shown.one("button[type=submit]").click();
    until("it says so", || {
        shown.find("[role=alert] p:not([hidden])").is_some()
    })
    .await;
    assert_eq!(
        shown.text("[role=alert] p:not([hidden])"),
        messages.unreachable
    );
    assert_eq!(shown.input("#phone").value(), "٠٥٠١ ٢٣٤ ٥٦٧");
    assert_eq!(shown.input("#national-id").value(), "1012345672");
    assert!(is_guest(state));

    plan(&[]).await;
    shown.one("button[type=submit]").click();
    until("the profile", || shown.text("h1") == messages.profile).await;
    assert!(shown.all_text().contains("Abdullah Saleh Al-Harbi"));
    assert_eq!(uncaught_errors(), before);
    drop(shown);
    state.router.replace(Route::SignIn(Audience::Patient, None));
    assert_eq!(window().location().pathname().unwrap(), address);
}

#[wasm_bindgen_test]
async fn failed_staff_sign_in_keeps_the_user_name_and_clears_the_password() {
    reset().await;
    let state = state();
    state.router.replace(Route::SignIn(Audience::Staff, None));
    let shown = show(move || view! { <App state/> });
    enter(&shown.input("#username"), " kavya_pro@spice.mdt ");
    enter(&shown.input("#password"), "wrong");
    shown.with_text("button", "Show password").click();
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
    // Sign-out shows the sign-in page at once, and revokes the token in the background.
    shown.with_text("button", "Sign out").click();
    until("signed out", || shown.find("#username").is_some()).await;
    let mut calls = Vec::new();
    for _ in 0..50 {
        let wire = Wire::read().await;
        calls = wire.calls().into_iter().map(str::to_owned).collect();
        calls.retain(|call| call != "validate");
        if calls.len() == 3 {
            break;
        }
        sleep(20).await;
    }
    assert_eq!(calls, ["session", "session", "logout"]);
    drop(shown);
    state.router.replace(Route::SignIn(Audience::Patient, None));
}

#[wasm_bindgen_test]
async fn leaving_the_page_cancels_its_request_and_opens_no_session() {
    reset().await;
    let before = uncaught_errors();
    plan(&[("exists", r#"{"kind":"delay","ms":600}"#)]).await;
    let state = state();
    let shown = show(move || view! { <App state/> });
    enter(&shown.input("#phone"), "501234567");
    enter(&shown.input("#national-id"), "1012345672");
    shown.one("button[type=submit]").click();
    sleep(200).await;
    state.router.push(Route::SignIn(Audience::Staff, None));
    until("the other page", || shown.find("#username").is_some()).await;
    sleep(1_000).await;
    assert!(is_guest(state));
    assert!(shown.find("[role=alert] p:not([hidden])").is_none());
    assert_eq!(Wire::read().await.calls(), ["exists"]);
    assert_eq!(uncaught_errors(), before);
    drop(shown);
    state.router.replace(Route::SignIn(Audience::Patient, None));
}

#[wasm_bindgen_test]
async fn second_press_while_submitting_sends_nothing() {
    reset().await;
    plan(&[("exists", r#"{"kind":"delay","ms":500}"#)]).await;
    let state = state();
    let shown = show(move || view! { <App state/> });
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
    state.router.replace(Route::SignIn(Audience::Patient, None));
}

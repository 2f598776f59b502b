//! The whole app.

use config::Config;
use contract::{
    patient,
    response::{Headers, Response},
    staff,
};
use leptos::prelude::*;
use logistration::{
    app::App,
    router::{ProtectedRoute, Route},
    state::AppState,
    store::{Person, Session},
};
use wasm_bindgen_test::*;

use crate::helpers::{
    PATIENT, STAFF, address, arabic, checked, click, english, focus_is_in_summary, go, state_at,
};
use crate::in_page::{
    Shown, choose, description, enter, settled, show, text_of, uncaught_errors, until,
};

/// The app at a route. The address of the test's page is restored when it is dropped.
struct MountedApp {
    shown: Shown,
    state: &'static AppState,
    address: String,
}

impl Drop for MountedApp {
    fn drop(&mut self) {
        go(&self.address);
        let html = document().document_element().unwrap();
        let _ = html.set_attribute("dir", "ltr");
    }
}

fn an_app(route: Route) -> MountedApp {
    a_portal_with(Config::default(), route)
}

fn a_portal_with(config: Config, route: Route) -> MountedApp {
    let before = address();
    go(&route.href(""));
    let state = state_at(config, route);
    MountedApp {
        shown: show(move || view! { <App state/> }),
        state,
        address: before,
    }
}

fn a_patient() -> Person {
    let answer = patient::read_login(&Response {
        status: 200,
        headers: Headers::default(),
        body: r#"{"fileNo":"0012345","nationalID":"1012345672","dateOfBirth":"1990-01-15",
            "dateOfBirthHijri":"1410-06-17","gender":1,"nationalityISOCode":"SA",
            "name":{"firstName":"Abdullah","lastName":"Al-Harbi","firstNameAr":"عبدالله"},
            "billingAddress":{"city":"Riyadh"}}"#
            .as_bytes(),
    });
    Person::Patient(Box::new(answer.unwrap()))
}

fn a_member_of_staff() -> Person {
    let answer = staff::read_sign_in(
        &staff::StaffClient::SpiceV1(String::new()),
        &Response {
            status: 200,
            headers: Headers {
                authorization: Some("Bearer abc".into()),
                ..Headers::default()
            },
            body: br#"{"username":"kavya_pro@spice.mdt","firstName":"Kavya",
            "roles":[{"id":1,"name":"PROVIDER"}]}"#,
        },
    );
    Person::Staff(Box::new(answer.ok().unwrap()))
}

async fn sign_in_as(state: &'static AppState, person: Person) {
    state.session.begin(Session::SignedIn(person));
    settled().await;
}

#[wasm_bindgen_test]
async fn sign_in_pages_link_to_each_other() {
    let MountedApp { shown, state, .. } = &an_app(PATIENT);
    settled().await;
    assert_eq!(shown.text("h1"), "Patient sign in");
    assert_eq!(document().title(), "Patient sign in – Logistration");
    assert!(click(
        &shown.with_text("main a", "Work here? Staff sign in"),
        |_| ()
    ));
    settled().await;
    assert_eq!(shown.text("h1"), "Staff sign in");
    assert_eq!(document().title(), "Staff sign in – Logistration");
    assert_eq!(address(), "/staff");
    // A navigation focuses the heading, which screen readers announce.
    assert_eq!(document().active_element(), Some(shown.one("h1").into()));
    assert_eq!(state.router.requested(), STAFF);
}

#[wasm_bindgen_test]
async fn first_page_does_not_move_the_focus() {
    let MountedApp { shown, .. } = &an_app(PATIENT);
    settled().await;
    assert_ne!(document().active_element(), Some(shown.one("h1").into()));
}

#[wasm_bindgen_test]
async fn guest_at_a_protected_route_signs_in_and_returns_to_it() {
    let an_app = an_app(Route::Protected(ProtectedRoute::Addresses));
    let MountedApp { shown, state, .. } = &an_app;
    let steps = window().history().unwrap().length().unwrap();
    settled().await;
    assert_eq!(shown.text("h1"), "Patient sign in");
    assert_eq!(address(), "/?next=/addresses");
    // A redirect with a history entry would trap the Back button.
    assert_eq!(window().history().unwrap().length().unwrap(), steps);

    sign_in_as(state, a_patient()).await;
    settled().await;
    assert_eq!(shown.text("h1"), "Addresses");
    assert_eq!(address(), "/addresses");
    assert!(shown.all_text().contains("Riyadh"));
    assert_eq!(window().history().unwrap().length().unwrap(), steps);
}

#[wasm_bindgen_test]
async fn page_has_no_personal_data_after_sign_out() {
    let an_app = an_app(PATIENT);
    let MountedApp { shown, state, .. } = &an_app;
    let before = uncaught_errors();
    sign_in_as(state, a_patient()).await;
    settled().await;
    assert_eq!(shown.text("h1"), "Profile");
    assert!(shown.all_text().contains("Abdullah"));
    assert!(shown.all_text().contains("17 Jumada II 1410 AH"));
    shown.with_text("button", "Sign out").click();
    settled().await;
    assert_eq!(shown.text("h1"), "Patient sign in");
    assert_eq!(address(), "/");
    for trace in ["Abdullah", "عبدالله", "0012345", "72"] {
        assert!(!shown.all_text().contains(trace), "{trace}");
    }
    assert!(shown.find("nav").is_none());
    assert_eq!(uncaught_errors(), before);
}

#[wasm_bindgen_test]
async fn name_in_the_navigation_has_the_language_of_its_script() {
    let an_app = an_app(PATIENT);
    let MountedApp { shown, state, .. } = &an_app;
    let name = || {
        let name = shown.one(".nav__name");
        (text_of(&name), name.get_attribute("lang"))
    };
    let said = |text: &str, lang: &str| (text.to_owned(), Some(lang.to_owned()));
    sign_in_as(state, a_patient()).await;
    assert_eq!(name(), said("Abdullah Al-Harbi", "en"));
    state.locale.switch(arabic());
    settled().await;
    assert_eq!(name(), said("عبدالله", "ar"));
    // The staff service does not tell.
    drop(state.session.end());
    sign_in_as(state, a_member_of_staff()).await;
    assert_eq!(name(), ("Kavya".to_owned(), None));
}

#[wasm_bindgen_test]
async fn staff_see_roles_and_are_redirected_from_addresses() {
    let an_app = an_app(STAFF);
    let MountedApp { shown, state, .. } = &an_app;
    sign_in_as(state, a_member_of_staff()).await;
    settled().await;
    assert_eq!(address(), "/roles");
    assert!(shown.all_text().contains("Provider"));
    let links: Vec<_> = shown.all("nav a").iter().map(|a| text_of(a)).collect();
    assert_eq!(links, ["Profile", "Roles"]);
    state
        .router
        .push(Route::Protected(ProtectedRoute::Addresses));
    settled().await;
    assert_eq!(address(), "/roles");
    assert_eq!(
        shown.text("nav [aria-current=page]"),
        "Roles",
        "the menu says where one is"
    );
}

#[wasm_bindgen_test]
async fn unknown_address_shows_not_found_and_keeps_the_url() {
    let an_app = an_app(Route::NotFound);
    go("/no-such-page");
    settled().await;
    assert_eq!(an_app.shown.text("h1"), "Page not found");
    assert_eq!(address(), "/no-such-page");
    let back = an_app.shown.with_text("main a", "Go to the start page");
    assert!(click(&back, |_| ()));
    settled().await;
    assert_eq!(an_app.shown.text("h1"), "Patient sign in");
}

#[wasm_bindgen_test]
async fn switching_the_language_keeps_every_input_and_its_text() {
    let an_app = an_app(PATIENT);
    let MountedApp { shown, .. } = &an_app;
    let html = document().document_element().unwrap();
    let inputs = ["#phone", "#national-id", "#patient-id"].map(|id| shown.input(id));
    for (index, input) in inputs.iter().enumerate() {
        input.set_value(&index.to_string());
    }
    choose(&shown.input("#by-patient-id"));
    settled().await;
    inputs[2].focus().unwrap();

    shown.with_text("button", "العربية").click();
    settled().await;
    assert_eq!(shown.text("h1"), arabic().patient_sign_in);
    assert_eq!(html.get_attribute("lang").as_deref(), Some("ar"));
    assert_eq!(html.get_attribute("dir").as_deref(), Some("rtl"));
    assert!(document().title().starts_with(arabic().patient_sign_in));

    shown.with_text("button", "English").click();
    settled().await;
    assert_eq!(html.get_attribute("dir").as_deref(), Some("ltr"));
    for (index, input) in inputs.iter().enumerate() {
        let now = shown.input(&format!("#{}", input.id()));
        assert!(input.is_same_node(Some(&now)));
        assert_eq!(now.value(), index.to_string());
    }
    assert_eq!(checked(shown), ["by-patient-id"]);
    let storage = window().local_storage().unwrap().unwrap();
    storage.remove_item("language").unwrap();
}

#[wasm_bindgen_test]
async fn only_the_chosen_identifier_field_is_shown() {
    let an_app = an_app(PATIENT);
    let MountedApp { shown, .. } = &an_app;
    let visible = |id: &str| shown.one(id).offset_parent().is_some();
    settled().await;
    assert!(visible("#national-id") && !visible("#patient-id"));
    choose(&shown.input("#by-patient-id"));
    settled().await;
    assert!(!visible("#national-id") && visible("#patient-id"));
}

#[wasm_bindgen_test]
async fn empty_form_is_not_submitted_and_shows_an_error_at_each_field() {
    let an_app = an_app(PATIENT);
    let MountedApp { shown, .. } = &an_app;
    shown.one("button[type=submit]").click();
    settled().await;
    let problems: Vec<_> = shown
        .all("[role=alert] li:not([hidden]) a")
        .iter()
        .map(|link| text_of(link))
        .collect();
    assert_eq!(
        problems,
        [english().phone_empty, english().national_id_empty]
    );
    assert!(focus_is_in_summary(shown));
    assert!(document().title().starts_with("Error: "));

    // Each error clears on its own; typed text stays.
    enter(&shown.input("#phone"), "051 234 5678");
    enter(&shown.input("#national-id"), "12345");
    shown.one("button[type=submit]").click();
    settled().await;
    assert_eq!(
        shown.text("[role=alert] li:not([hidden]) a"),
        english().national_id_short
    );
    assert_eq!(shown.input("#phone").value(), "051 234 5678");
    assert_eq!(shown.one("#phone").get_attribute("aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn warning_at_a_field_does_not_prevent_submitting() {
    let an_app = an_app(PATIENT);
    let input = an_app.shown.input("#phone");
    enter(&input, "1012345672");
    settled().await;
    let told = description(&input);
    assert_eq!(told.last().unwrap(), english().phone_is_national_id);
    assert_eq!(input.get_attribute("aria-invalid"), None);
    enter(&input, "0512345678");
    settled().await;
    assert_eq!(description(&input), [english().mobile_number_hint]);
}

#[wasm_bindgen_test]
async fn theme_button_sets_the_attribute_and_the_stored_choice() {
    let an_app = an_app(PATIENT);
    let html = document().document_element().unwrap();
    settled().await;
    assert_eq!(html.get_attribute("data-theme").as_deref(), Some("light"));
    an_app.shown.with_text("button", "Dark theme").click();
    settled().await;
    assert_eq!(html.get_attribute("data-theme").as_deref(), Some("dark"));
    let storage = window().local_storage().unwrap().unwrap();
    assert_eq!(storage.get_item("theme").unwrap().as_deref(), Some("dark"));
    storage.remove_item("theme").unwrap();
    html.remove_attribute("data-theme").unwrap();
}

#[wasm_bindgen_test]
async fn switching_pages_languages_and_sessions_repeatedly_does_not_panic() {
    let an_app = an_app(PATIENT);
    let MountedApp { shown, state, .. } = &an_app;
    let before = uncaught_errors();
    sign_in_as(state, a_patient()).await;
    for _ in 0..3 {
        for protected in ProtectedRoute::ALL {
            state.router.push(Route::Protected(protected));
            state.locale.switch(arabic());
            settled().await;
            state.router.push(PATIENT);
            state.locale.switch(english());
        }
        drop(state.session.end());
        sign_in_as(state, a_member_of_staff()).await;
        drop(state.session.end());
        settled().await;
        sign_in_as(state, a_patient()).await;
    }
    until("profile", || shown.text("h1") == "Profile").await;
    assert_eq!(uncaught_errors(), before);
}

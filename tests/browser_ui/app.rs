//! The whole portal.

use contract::{
    patient,
    response::{Headers, Response},
    staff,
};
use leptos::prelude::*;
use logistration::{
    app::App,
    config::Config,
    portal::Portal,
    route::{Inside, Route},
    session::{Person, Session},
};
use wasm_bindgen_test::*;

use crate::helpers::{
    PATIENT, STAFF, address, arabic, checked, click, english, focus_is_in_summary, go, portal_at,
};
use crate::in_page::{Shown, choose, description, enter, mishaps, settled, show, text_of, until};

/// The portal at a place. The address of the test's page is put back when it is dropped.
struct APortal {
    shown: Shown,
    portal: &'static Portal,
    address: String,
}

impl Drop for APortal {
    fn drop(&mut self) {
        go(&self.address);
        let html = document().document_element().unwrap();
        let _ = html.set_attribute("dir", "ltr");
    }
}

fn a_portal(route: Route) -> APortal {
    a_portal_with(Config::default(), route)
}

fn a_portal_with(config: Config, route: Route) -> APortal {
    let before = address();
    go(&route.href(""));
    let portal = portal_at(config, route);
    APortal {
        shown: show(move || view! { <App portal/> }),
        portal,
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
    let answer = staff::read_sign_in(&Response {
        status: 200,
        headers: Headers {
            authorization: Some("Bearer abc".into()),
            retry_after: None,
        },
        body: br#"{"username":"kavya_pro@spice.mdt","firstName":"Kavya",
            "roles":[{"id":1,"name":"PROVIDER"}]}"#,
    });
    Person::Staff(Box::new(answer.ok().unwrap()))
}

async fn come_in(portal: &'static Portal, person: Person) {
    portal.session.open(Session::Open(person));
    settled().await;
}

#[wasm_bindgen_test]
async fn the_sign_in_pages_lead_to_each_other() {
    let APortal { shown, portal, .. } = &a_portal(PATIENT);
    settled().await;
    assert_eq!(shown.text("h1"), "Patient sign in");
    assert_eq!(document().title(), "Patient sign in – Logistration");
    assert!(click(&shown.saying("main a", "Staff sign in"), |_| ()));
    settled().await;
    assert_eq!(shown.text("h1"), "Staff sign in");
    assert_eq!(document().title(), "Staff sign in – Logistration");
    assert_eq!(address(), "/staff");
    // A new page is told by moving the focus to its heading.
    assert_eq!(document().active_element(), Some(shown.one("h1").into()));
    assert_eq!(portal.router.asked(), STAFF);
}

#[wasm_bindgen_test]
async fn the_first_page_leaves_the_focus_alone() {
    let APortal { shown, .. } = &a_portal(PATIENT);
    settled().await;
    assert_ne!(document().active_element(), Some(shown.one("h1").into()));
}

#[wasm_bindgen_test]
async fn a_guest_at_a_guarded_place_is_led_to_sign_in_and_then_back() {
    let a_portal = a_portal(Route::Inside(Inside::Addresses));
    let APortal { shown, portal, .. } = &a_portal;
    let steps = window().history().unwrap().length().unwrap();
    settled().await;
    assert_eq!(shown.text("h1"), "Patient sign in");
    assert_eq!(address(), "/?next=/addresses");
    // A redirect that were a step of its own would trap the Back button.
    assert_eq!(window().history().unwrap().length().unwrap(), steps);

    come_in(portal, a_patient()).await;
    settled().await;
    assert_eq!(shown.text("h1"), "Addresses");
    assert_eq!(address(), "/addresses");
    assert!(shown.all_text().contains("Riyadh"));
    assert_eq!(window().history().unwrap().length().unwrap(), steps);
}

#[wasm_bindgen_test]
async fn nothing_of_a_person_is_left_after_sign_out() {
    let a_portal = a_portal(PATIENT);
    let APortal { shown, portal, .. } = &a_portal;
    let before = mishaps();
    come_in(portal, a_patient()).await;
    settled().await;
    assert_eq!(shown.text("h1"), "Profile");
    assert!(shown.all_text().contains("Abdullah"));
    assert!(shown.all_text().contains("17 Jumada II 1410 AH"));
    shown.saying("button", "Sign out").click();
    settled().await;
    assert_eq!(shown.text("h1"), "Patient sign in");
    assert_eq!(address(), "/");
    for trace in ["Abdullah", "عبدالله", "0012345", "72"] {
        assert!(!shown.all_text().contains(trace), "{trace}");
    }
    assert!(shown.find("nav").is_none());
    assert_eq!(mishaps(), before);
}

#[wasm_bindgen_test]
async fn staff_come_to_their_roles_and_not_to_addresses() {
    let a_portal = a_portal(STAFF);
    let APortal { shown, portal, .. } = &a_portal;
    come_in(portal, a_member_of_staff()).await;
    settled().await;
    assert_eq!(address(), "/roles");
    assert!(shown.all_text().contains("Provider"));
    let links: Vec<_> = shown.all("nav a").iter().map(|a| text_of(a)).collect();
    assert_eq!(links, ["Profile", "Roles"]);
    portal.router.push(Route::Inside(Inside::Addresses));
    settled().await;
    assert_eq!(address(), "/roles");
    assert_eq!(
        shown.text("nav [aria-current=page]"),
        "Roles",
        "the menu says where one is"
    );
}

#[wasm_bindgen_test]
async fn an_unknown_address_stays_and_says_so() {
    let a_portal = a_portal(Route::NotFound);
    go("/no-such-page");
    settled().await;
    assert_eq!(a_portal.shown.text("h1"), "Page not found");
    assert_eq!(address(), "/no-such-page");
    let back = a_portal.shown.saying("main a", "Go to the start page");
    assert!(click(&back, |_| ()));
    settled().await;
    assert_eq!(a_portal.shown.text("h1"), "Patient sign in");
}

#[wasm_bindgen_test]
async fn another_language_keeps_every_input_and_what_is_in_it() {
    let a_portal = a_portal(PATIENT);
    let APortal { shown, .. } = &a_portal;
    let html = document().document_element().unwrap();
    let inputs = ["#phone", "#national-id", "#patient-id"].map(|id| shown.input(id));
    for (index, input) in inputs.iter().enumerate() {
        input.set_value(&index.to_string());
    }
    choose(&shown.input("#by-patient-id"));
    settled().await;
    inputs[2].focus().unwrap();

    shown.saying("button", "العربية").click();
    settled().await;
    assert_eq!(shown.text("h1"), arabic().patient_sign_in);
    assert_eq!(html.get_attribute("lang").as_deref(), Some("ar"));
    assert_eq!(html.get_attribute("dir").as_deref(), Some("rtl"));
    assert!(document().title().starts_with(arabic().patient_sign_in));

    shown.saying("button", "English").click();
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
async fn one_identifier_is_asked_for_at_a_time() {
    let a_portal = a_portal(PATIENT);
    let APortal { shown, .. } = &a_portal;
    let visible = |id: &str| shown.one(id).offset_parent().is_some();
    settled().await;
    assert!(visible("#national-id") && !visible("#patient-id"));
    choose(&shown.input("#by-patient-id"));
    settled().await;
    assert!(!visible("#national-id") && visible("#patient-id"));
}

#[wasm_bindgen_test]
async fn an_empty_form_is_not_sent_and_says_what_is_missing() {
    let a_portal = a_portal(PATIENT);
    let APortal { shown, .. } = &a_portal;
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

    // What is put right and what is not are told apart; what was typed stays.
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
async fn what_looks_odd_is_remarked_and_stops_nobody() {
    let a_portal = a_portal(PATIENT);
    let input = a_portal.shown.input("#phone");
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
async fn the_theme_is_kept_on_the_page() {
    let a_portal = a_portal(PATIENT);
    let html = document().document_element().unwrap();
    settled().await;
    assert_eq!(html.get_attribute("data-theme").as_deref(), Some("light"));
    a_portal.shown.saying("button", "Dark theme").click();
    settled().await;
    assert_eq!(html.get_attribute("data-theme").as_deref(), Some("dark"));
    let storage = window().local_storage().unwrap().unwrap();
    assert_eq!(storage.get_item("theme").unwrap().as_deref(), Some("dark"));
    storage.remove_item("theme").unwrap();
    html.remove_attribute("data-theme").unwrap();
}

#[wasm_bindgen_test]
async fn coming_and_going_between_pages_panics_nowhere() {
    let a_portal = a_portal(PATIENT);
    let APortal { shown, portal, .. } = &a_portal;
    let before = mishaps();
    come_in(portal, a_patient()).await;
    for _ in 0..3 {
        for inside in Inside::ALL {
            portal.router.push(Route::Inside(inside));
            portal.lang.switch(arabic());
            settled().await;
            portal.router.push(PATIENT);
            portal.lang.switch(english());
        }
        drop(portal.session.close());
        come_in(portal, a_member_of_staff()).await;
        drop(portal.session.close());
        settled().await;
        come_in(portal, a_patient()).await;
    }
    until("profile", || shown.text("h1") == "Profile").await;
    assert_eq!(mishaps(), before);
}

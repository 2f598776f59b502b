//! A form and its error summary.

use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;
use logistration::{
    i18n::{Locale, Message},
    ui::{
        ErrorSummary, Field, FieldError, FieldSpec, Form, FormError, Help, SubmissionError,
        SubmitButton,
    },
};
use wasm_bindgen_test::*;

use crate::helpers::{PHONE, arabic, english, focus_is_in_summary};
use crate::in_page::{Shown, description, focused, settled, show, text_of, uncaught_errors};

/// Two fields with an error summary.
fn a_form() -> (Shown, Locale, Form) {
    let locale = Locale::new(english());
    let form = Form::new();
    let shown = show(move || {
        let field = move |spec: FieldSpec| {
            let warning = RwSignal::new(None);
            view! { <Field locale spec form warning changed=|()| ()/> }
        };
        view! {
            <ErrorSummary locale form fields=&["phone", "national-id"] help=None forgot_password=None/>
            <form>
                {field(PHONE)}
                {field(FieldSpec { id: "national-id", label: |m| m.national_id_number, ..PHONE })}
                <SubmitButton locale form label=|m| m.sign_in busy=|m| m.signing_in/>
            </form>
        }
    });
    (shown, locale, form)
}

fn two_problems() -> FormError {
    FormError::Fields(vec![
        FieldError {
            field: "phone",
            message: Message::Plain(|m| m.phone_empty),
        },
        FieldError {
            field: "national-id",
            message: Message::Plain(|m| m.national_id_empty),
        },
    ])
}

/// True if the summary is visible.
fn is_alarmed(shown: &Shown) -> bool {
    shown.one("[role=alert]").offset_parent().is_some()
}

#[wasm_bindgen_test]
async fn error_summary_takes_the_focus_each_time_errors_are_set() {
    let (shown, _, form) = a_form();
    assert!(!is_alarmed(&shown));
    form.set_error(Some(two_problems()));
    settled().await;
    assert!(focus_is_in_summary(&shown));
    assert_eq!(
        shown.text("h2"),
        "There is a problem",
        "the summary is named by its heading"
    );

    shown.input("#phone").focus().unwrap();
    assert!(!focus_is_in_summary(&shown));
    form.set_error(Some(two_problems()));
    // Screen readers announce the same text again only after it was gone.
    leptos::task::tick().await;
    assert!(!is_alarmed(&shown));
    settled().await;
    assert!(is_alarmed(&shown));
    assert!(focus_is_in_summary(&shown));

    form.set_error(Some(FormError::Submission(SubmissionError {
        message: Message::Plain(|m| m.unreachable),
        reference: None,
        help: Help::None,
    })));
    settled().await;
    assert!(focus_is_in_summary(&shown));
    assert_eq!(
        shown.text("[role=alert] p:not([hidden])"),
        english().unreachable
    );

    form.set_error(None);
    settled().await;
    assert!(!is_alarmed(&shown));
}

#[wasm_bindgen_test]
async fn link_in_the_error_summary_focuses_the_field_with_that_error() {
    let (shown, _, form) = a_form();
    form.set_error(Some(two_problems()));
    settled().await;
    let links = shown.all("[role=alert] li:not([hidden]) a");
    assert_eq!(links.len(), 2);
    let address = window().location().href().unwrap();
    links[1].click();
    assert_eq!(focused(), "national-id");
    links[0].click();
    assert_eq!(focused(), "phone");
    // The address stays: a fragment would push a history entry.
    assert_eq!(window().location().href().unwrap(), address);
    let told = &description(&shown.one("#phone"))[0];
    assert_eq!(told, &["Error: ", &text_of(&links[0])].concat());
    assert_eq!(
        shown.one("#phone").get_attribute("aria-invalid").as_deref(),
        Some("true")
    );
}

#[wasm_bindgen_test]
async fn error_summary_follows_the_language_and_keeps_typed_text() {
    let (shown, locale, form) = a_form();
    let input = shown.input("#phone");
    input.set_value("12");
    form.set_error(Some(two_problems()));
    settled().await;
    let link = shown.all("[role=alert] li:not([hidden]) a").remove(0);
    input.focus().unwrap();
    locale.switch(arabic());
    settled().await;
    assert_eq!(text_of(&link), arabic().phone_empty);
    assert_eq!(shown.text("h2"), arabic().error_summary_title);
    assert!(link.is_same_node(Some(&shown.all("[role=alert] li:not([hidden]) a")[0])));
    assert!(input.is_same_node(Some(&shown.one("#phone"))));
    assert_eq!(input.value(), "12");
    // Another language is no new error: the focus stays.
    assert_eq!(focused(), "phone");
}

#[wasm_bindgen_test]
async fn submitting_form_says_so_and_is_submitted_once() {
    let (shown, _, form) = a_form();
    let button = shown.one("button[type=submit]");
    assert_eq!(text_of(&button), "Sign in");
    assert_eq!(button.get_attribute("aria-disabled"), None);
    button.focus().unwrap();
    assert!(form.begin_submit());
    assert!(!form.begin_submit());
    settled().await;
    assert_eq!(text_of(&button), "Signing in…");
    assert_eq!(
        button.get_attribute("aria-disabled").as_deref(),
        Some("true")
    );
    // A disabled button would lose the focus.
    assert!(!button.has_attribute("disabled"));
    assert_eq!(document().active_element(), Some(button.clone().into()));
    assert!(form.end_submit());
    settled().await;
    assert_eq!(text_of(&button), "Sign in");
    assert!(form.begin_submit());
}

#[wasm_bindgen_test]
async fn response_after_the_page_is_left_does_nothing() {
    let before = uncaught_errors();
    let place = Rc::new(Cell::new(None));
    let shown = show({
        let place = Rc::clone(&place);
        move || {
            let locale = Locale::new(english());
            let form = Form::new();
            place.set(Some(form));
            assert!(form.begin_submit());
            view! { <ErrorSummary locale form fields=&["phone"] help=None forgot_password=None/> }
        }
    });
    let form = place.get().unwrap();
    // The page is left while the last error is being rendered.
    form.set_error(Some(two_problems()));
    shown.leave();
    settled().await;
    assert!(!form.end_submit());
    form.set_error(Some(two_problems()));
    assert!(form.form_error().is_none());
    assert!(!form.has_error());
    assert!(form.error_of("phone").is_none());
    assert!(!form.is_submitting());
    assert!(!form.begin_submit());
    settled().await;
    assert_eq!(uncaught_errors(), before);
}

//! A field: label, hint, error and warning.

use leptos::prelude::*;
use logistration::{
    i18n::{Locale, Message},
    ui::{Field, FieldSpec, Form, track_pointer},
};
use wasm_bindgen_test::*;

use crate::helpers::{PHONE, arabic, english, field_error};
use crate::in_page::{Shown, description, dispatch, enter, focused, settled, show, text_of};

struct AField {
    shown: Shown,
    locale: Locale,
    form: Form,
    warning: RwSignal<Option<Message>>,
    changes: RwSignal<u32>,
}

fn a_field(spec: FieldSpec) -> AField {
    let locale = Locale::new(english());
    let form = Form::new();
    let warning = RwSignal::new(None);
    let changes = RwSignal::new(0);
    let shown = show(move || {
        let changed = move || changes.update(|count| *count += 1);
        view! { <Field locale spec form warning changed/> }
    });
    AField {
        shown,
        locale,
        form,
        warning,
        changes,
    }
}

#[wasm_bindgen_test]
async fn field_has_its_label_and_its_hint() {
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    let label = field.shown.one("label");
    assert_eq!(label.get_attribute("for"), Some(input.id()));
    assert_eq!(text_of(&label), "Mobile number");
    assert_eq!(description(&input), [english().mobile_number_hint]);
    assert_eq!(input.get_attribute("aria-invalid"), None);
    assert_eq!(
        (input.type_(), input.name()),
        ("tel".into(), "phone".into())
    );
    // Numbers are left to right on a right-to-left page.
    assert_eq!(input.dir(), "ltr");
    label.click();
    assert_eq!(focused(), "phone");
}

#[wasm_bindgen_test]
async fn field_without_a_hint_has_no_description() {
    let field = a_field(FieldSpec {
        hint: None,
        ..PHONE
    });
    let input = field.shown.one("input");
    assert_eq!(input.get_attribute("aria-describedby"), None);
}

#[wasm_bindgen_test]
async fn error_comes_before_hint_and_warning_in_the_description() {
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    input.set_value("12");
    field
        .form
        .set_error(Some(field_error("phone", |m| m.phone_short)));
    field
        .warning
        .set(Some(Message::Plain(|m| m.phone_not_saudi)));
    settled().await;
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(
        description(&input),
        [
            ["Error: ", english().phone_short].concat().as_str(),
            english().mobile_number_hint,
            english().phone_not_saudi,
        ]
    );
    field.locale.switch(arabic());
    settled().await;
    assert_eq!(
        description(&input),
        [
            ["خطأ: ", arabic().phone_short].concat().as_str(),
            arabic().mobile_number_hint,
            arabic().phone_not_saudi,
        ]
    );
    field.form.set_error(None);
    field.warning.set(None);
    settled().await;
    assert_eq!(input.get_attribute("aria-invalid"), None);
    assert_eq!(description(&input), [arabic().mobile_number_hint]);
    assert_eq!(input.value(), "12");
}

#[wasm_bindgen_test]
async fn live_region_of_a_warning_is_in_the_document_before_the_warning() {
    let field = a_field(PHONE);
    let place = field.shown.one("[role=status]");
    assert_eq!(text_of(&place), "");
    field
        .warning
        .set(Some(Message::Plain(|m| m.phone_not_saudi)));
    settled().await;
    assert_eq!(text_of(&place), english().phone_not_saudi);
    assert!(place.is_same_node(Some(&field.shown.one("[role=status]"))));
}

#[wasm_bindgen_test]
async fn field_reports_a_change_when_it_loses_the_focus() {
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    enter(&input, "0512345678");
    settled().await;
    assert_eq!(field.changes.get_untracked(), 1);
    assert_eq!(input.value(), "0512345678");
}

#[wasm_bindgen_test]
async fn field_reports_a_change_after_the_pointer_is_released() {
    track_pointer();
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    settled().await;
    dispatch(&input, "pointerdown");
    enter(&input, "0512345678");
    settled().await;
    // A warning now would move the button away from under the pointer.
    assert_eq!(field.changes.get_untracked(), 0);
    dispatch(&input, "pointerup");
    settled().await;
    assert_eq!(field.changes.get_untracked(), 1);
    dispatch(&input, "pointerdown");
    dispatch(&input, "pointerup");
    settled().await;
    assert_eq!(field.changes.get_untracked(), 1);
}

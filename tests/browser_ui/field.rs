//! A field: its label, hint, error and note.

use leptos::prelude::*;
use logistration::{
    i18n::{Locale, Message},
    ui::{Field, FieldSpec, Form, track_pointer},
};
use wasm_bindgen_test::*;

use crate::helpers::{PHONE, arabic, english, wrong};
use crate::in_page::{Shown, description, enter, focused, happen, settled, show, text_of};

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
async fn a_field_has_its_label_and_its_hint() {
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
    // Numbers run left to right on a page that runs the other way.
    assert_eq!(input.dir(), "ltr");
    label.click();
    assert_eq!(focused(), "phone");
}

#[wasm_bindgen_test]
async fn a_field_without_a_hint_is_described_by_nothing() {
    let field = a_field(FieldSpec {
        hint: None,
        ..PHONE
    });
    let input = field.shown.one("input");
    assert_eq!(input.get_attribute("aria-describedby"), None);
}

#[wasm_bindgen_test]
async fn an_error_is_read_before_hint_and_note() {
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    input.set_value("12");
    field
        .form
        .set_error(Some(wrong("phone", |m| m.phone_short)));
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
async fn the_place_of_a_note_is_there_before_the_note() {
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
async fn a_field_tells_when_another_text_was_left_in_it() {
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    enter(&input, "0512345678");
    settled().await;
    assert_eq!(field.changes.get_untracked(), 1);
    assert_eq!(input.value(), "0512345678");
}

#[wasm_bindgen_test]
async fn a_field_waits_until_the_press_that_leaves_it_is_over() {
    track_pointer();
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    settled().await;
    happen(&input, "pointerdown");
    enter(&input, "0512345678");
    settled().await;
    // A note now would move the button away from under the finger.
    assert_eq!(field.changes.get_untracked(), 0);
    happen(&input, "pointerup");
    settled().await;
    assert_eq!(field.changes.get_untracked(), 1);
    happen(&input, "pointerdown");
    happen(&input, "pointerup");
    settled().await;
    assert_eq!(field.changes.get_untracked(), 1);
}

//! A password field.

use leptos::prelude::*;
use logistration::{
    i18n::Locale,
    ui::{Form, Password},
};
use wasm_bindgen_test::*;
use web_sys::{KeyboardEvent, KeyboardEventInit};

use crate::helpers::{arabic, english, field_error};
use crate::in_page::{Shown, description, dispatch, settled, show, text_of, uncaught_errors};

struct APassword {
    view: Shown,
    locale: Locale,
    shown: RwSignal<bool>,
    form: Form,
}

fn a_password() -> APassword {
    let locale = Locale::new(english());
    let shown = RwSignal::new(false);
    let form = Form::new();
    let view = show(move || {
        view! {
            <Password locale
                id="password"
                label=|m| m.password
                form
                shown
                autocomplete="current-password"
            />
        }
    });
    APassword {
        view,
        locale,
        shown,
        form,
    }
}

#[wasm_bindgen_test]
async fn password_button_shows_and_hides_the_password() {
    let APassword { view, locale, .. } = a_password();
    let (input, button) = (view.input("input"), view.one("button"));
    let news = view.all("[role=status]").remove(0);
    input.set_value("Spice@123");
    assert_eq!(input.type_(), "password");
    assert_eq!(text_of(&button), "Show password");
    // Nothing to announce yet.
    assert_eq!(text_of(&news), "");

    button.click();
    settled().await;
    assert_eq!(input.type_(), "text");
    assert_eq!(text_of(&button), "Hide password");
    assert_eq!(text_of(&news), "Your password is shown");

    locale.switch(arabic());
    settled().await;
    assert_eq!(text_of(&button), arabic().hide_password);

    button.click();
    settled().await;
    assert_eq!(input.type_(), "password");
    assert_eq!(text_of(&news), arabic().password_hidden);
    assert_eq!(input.value(), "Spice@123");
    assert!(input.is_same_node(Some(&view.one("input"))));
}

#[wasm_bindgen_test]
async fn shown_password_is_hidden_on_submit_and_on_return_to_the_page() {
    let APassword { view, shown, .. } = a_password();
    let input = view.input("input");
    view.one("button").click();
    settled().await;
    assert_eq!(input.type_(), "text");
    shown.set(false);
    settled().await;
    assert_eq!(input.type_(), "password");
    assert_eq!(view.text("button"), "Show password");

    view.one("button").click();
    settled().await;
    assert_eq!(input.type_(), "text");
    dispatch(&window(), "pageshow");
    settled().await;
    assert_eq!(input.type_(), "password");
    assert!(!shown.get_untracked());
}

#[wasm_bindgen_test]
async fn password_field_removes_its_listener_when_unmounted() {
    let before = uncaught_errors();
    let password = a_password();
    settled().await;
    password.view.leave();
    dispatch(&window(), "pageshow");
    settled().await;
    assert_eq!(uncaught_errors(), before);
}

#[wasm_bindgen_test]
async fn caps_lock_warning_is_shown_while_it_is_on() {
    let APassword { view, .. } = a_password();
    let input = view.input("input");
    let key = |caps_lock| {
        let init = KeyboardEventInit::new();
        init.set_bubbles(true);
        init.set_key("a");
        init.set_modifier_caps_lock(caps_lock);
        KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()
    };
    input.dispatch_event(&key(true)).unwrap();
    settled().await;
    assert_eq!(description(&input), ["Caps Lock is on"]);
    input.dispatch_event(&key(false)).unwrap();
    settled().await;
    assert_eq!(input.get_attribute("aria-describedby"), None);
    input.dispatch_event(&key(true)).unwrap();
    dispatch(&input, "blur");
    settled().await;
    assert_eq!(input.get_attribute("aria-describedby"), None);
}

#[wasm_bindgen_test]
async fn events_of_password_managers_without_a_key_do_not_throw() {
    // Password managers dispatch a plain event of that name, without the properties of a key event.
    let before = uncaught_errors();
    let APassword { view, .. } = a_password();
    let input = view.input("input");
    dispatch(&input, "keydown");
    dispatch(&input, "keyup");
    settled().await;
    assert_eq!(uncaught_errors(), before);
    view.one("button").click();
    settled().await;
    assert_eq!(input.type_(), "text");
}

#[wasm_bindgen_test]
async fn error_is_in_the_description_of_the_password() {
    let APassword { view, form, .. } = a_password();
    form.set_error(Some(field_error("password", |m| m.password_empty)));
    settled().await;
    let input = view.input("input");
    assert_eq!(description(&input), ["Error: Enter your password"]);
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
}

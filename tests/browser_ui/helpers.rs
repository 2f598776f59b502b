//! Helpers of these tests.

use std::{cell::Cell, rc::Rc};

use config::Config;
use leptos::prelude::*;
use logistration::{
    i18n::{self, Message, Messages},
    router::{Audience, Route, Router},
    state::AppState,
    ui::{FieldError, FieldSpec, FormError},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, MouseEvent, MouseEventInit};

use crate::in_page::Shown;

pub fn english() -> &'static Messages {
    i18n::find("en").unwrap()
}

pub fn arabic() -> &'static Messages {
    i18n::find("ar").unwrap()
}

pub const PHONE: FieldSpec = FieldSpec {
    id: "phone",
    label: |m| m.mobile_number,
    hint: Some(|m| m.mobile_number_hint),
    kind: "tel",
    keys: "tel",
    autocomplete: "tel-national",
    read_back: false,
};

/// A form error at one field.
pub fn field_error(field: &'static str, sentence: i18n::MessageKey) -> FormError {
    FormError::Fields(vec![FieldError {
        field,
        message: Message::Plain(sentence),
    }])
}

pub fn checked(shown: &Shown) -> Vec<String> {
    shown
        .all("input")
        .into_iter()
        .map(JsCast::unchecked_into::<HtmlInputElement>)
        .filter(HtmlInputElement::checked)
        .map(|radio| radio.id())
        .collect()
}

pub fn focus_is_in_summary(shown: &Shown) -> bool {
    let summary = shown.find("[role=alert]");
    let summary = summary.and_then(|alert| alert.parent_element());
    summary.is_some() && summary == document().active_element()
}

/// Clicks as a mouse does; true if the page handled the click. The browser never follows the link, or the
/// test would leave its page.
pub fn click(element: &Element, with: impl FnOnce(&MouseEventInit)) -> bool {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    with(&init);
    let taken = Rc::new(Cell::new(false));
    let name = if init.get_button().unwrap_or_default() == 0 {
        "click"
    } else {
        "auxclick"
    };
    let event = MouseEvent::new_with_mouse_event_init_dict(name, &init).unwrap();
    let watch = window_event_listener_untyped(name, {
        let taken = Rc::clone(&taken);
        move |event| {
            taken.set(event.default_prevented());
            event.prevent_default();
        }
    });
    element.dispatch_event(&event).unwrap();
    watch.remove();
    taken.get()
}

pub const PATIENT: Route = Route::SignIn(Audience::Patient, None);
pub const STAFF: Route = Route::SignIn(Audience::Staff, None);

pub fn state_at(config: Config, route: Route) -> &'static AppState {
    let config = Box::leak(Box::new(config));
    AppState::new(config, english(), Router::at("", route), Audience::Patient)
}

pub fn go(address: &str) {
    let history = window().history().unwrap();
    let state = wasm_bindgen::JsValue::NULL;
    history
        .replace_state_with_url(&state, "", Some(address))
        .unwrap();
}

pub fn address() -> String {
    let location = window().location();
    location.pathname().unwrap() + &location.search().unwrap()
}

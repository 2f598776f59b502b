//! The `<h1>` of a page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::i18n::{Locale, MessageKey};

/// Heading of a page, which takes focus after a navigation.
#[component]
pub fn Heading(locale: Locale, text: MessageKey) -> impl IntoView {
    view! {
        <h1 class="heading" tabindex="-1">
            {locale.text(text)}
        </h1>
    }
}

/// The id of a message that a page comes with. It describes the heading, which has the focus then: a screen reader does
/// not tell of a live region that comes with its text.
pub const MESSAGE: &str = "message";

/// Focuses the heading, from which a screen reader tells that the page has changed, and scrolls to the top.
pub fn focus_heading() {
    if let Ok(Some(heading)) = document().query_selector("main h1")
        && let Ok(heading) = heading.dyn_into::<web_sys::HtmlElement>()
    {
        if document().get_element_by_id(MESSAGE).is_some() {
            let _ = heading.set_attribute("aria-describedby", MESSAGE);
        }
        let _ = heading.focus();
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

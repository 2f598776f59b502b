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

/// Focuses the heading, from which a screen reader tells that the page has changed, and scrolls to the top.
pub fn focus_heading() {
    if let Ok(Some(heading)) = document().query_selector("main h1")
        && let Ok(heading) = heading.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = heading.focus();
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

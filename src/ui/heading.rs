//! The one `<h1>` of a page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::i18n::{Locale, MessageKey};

/// The page's heading, which takes focus when the page is come to.
#[component]
pub fn Heading(locale: Locale, text: MessageKey) -> impl IntoView {
    view! {
        <h1 class="heading" tabindex="-1">
            {locale.text(text)}
        </h1>
    }
}

/// Nothing else tells a screen reader that the page has changed.
pub fn focus_heading() {
    if let Ok(Some(heading)) = document().query_selector("main h1")
        && let Ok(heading) = heading.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = heading.focus();
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

//! The one `<h1>` of a page.

use leptos::prelude::*;

use crate::i18n::{Language, Pick};

/// The page's heading, which takes focus when the page is come to.
#[component]
pub fn Heading(lang: Language, text: Pick) -> impl IntoView {
    view! {
        <h1 class="heading" tabindex="-1">
            {lang.say(text)}
        </h1>
    }
}

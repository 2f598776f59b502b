//! A live region: what is put into it is told by a screen reader.

use leptos::prelude::*;

/// Says `text`. It is on the page from the start, since screen readers only tell of changes in a region
/// they know, and marked by `data-shown` while there is something to see.
#[component]
pub fn Status(
    class: &'static str,
    #[prop(optional, into)] id: Option<String>,
    #[prop(into)] text: Signal<String>,
) -> impl IntoView {
    view! {
        <p class=class id=id role="status" data-shown=move || !text.with(String::is_empty)>
            {text}
        </p>
    }
}

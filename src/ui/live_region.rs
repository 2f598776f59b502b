//! A live region for screen readers.

use leptos::prelude::*;

/// Announces `text` when it changes. In the document from the start, since screen readers announce changes
/// of known regions only. `data-shown` marks it while there is text.
#[component]
pub fn LiveRegion(
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

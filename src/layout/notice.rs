//! The bar under the header that says when the browser is offline.

use leptos::prelude::*;

use crate::state::Portal;

/// Says that there is no network while there is none, and that there is again.
#[component]
pub fn Notice(portal: &'static Portal) -> impl IntoView {
    let Portal { lang, online, .. } = *portal;
    let mut missed = false;
    let said = move || {
        let words = lang.words();
        match (online.get(), missed) {
            (true, false) => "",
            (true, true) => words.online_again,
            (false, _) => {
                missed = true;
                words.offline_notice
            }
        }
    };
    view! {
        <p class="notice" role="status" data-offline=move || !online.get()>
            {said}
        </p>
    }
}

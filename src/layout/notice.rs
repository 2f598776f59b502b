//! The bar under the header that says when the browser is offline.

use leptos::prelude::*;

use crate::state::AppState;

/// Says that there is no network while there is none, and that there is again.
#[component]
pub fn Notice(state: &'static AppState) -> impl IntoView {
    let AppState { locale, online, .. } = *state;
    let mut missed = false;
    let said = move || {
        let messages = locale.messages();
        match (online.get(), missed) {
            (true, false) => "",
            (true, true) => messages.online_again,
            (false, _) => {
                missed = true;
                messages.offline_notice
            }
        }
    };
    view! {
        <p class="notice" role="status" data-offline=move || !online.get()>
            {said}
        </p>
    }
}

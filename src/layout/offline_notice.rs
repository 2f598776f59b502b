//! The notice under the header while the browser is offline.

use leptos::prelude::*;

use crate::state::AppState;

/// Announces that the browser is offline, and that it is online again.
#[component]
pub fn OfflineNotice(state: &'static AppState) -> impl IntoView {
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

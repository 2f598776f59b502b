//! The footer, with the phone number for help.

use leptos::prelude::*;

use crate::{state::AppState, ui::HelpPhone};

/// Footer of every page.
#[component]
pub fn Footer(state: &'static AppState) -> impl IntoView {
    view! {
        <footer class="footer">
            <HelpPhone locale=state.locale phone=untrack(|| state.help_phone())/>
        </footer>
    }
}

//! The footer, with the phone number for help.

use leptos::prelude::*;

use crate::{state::AppState, ui::HelpPhone};

/// Footer of every page.
#[component]
pub fn Footer(state: &'static AppState) -> impl IntoView {
    let phone = untrack(|| state.help_phone());
    view! {
        <footer class="footer">
            {phone.map(|phone| view! { <p><HelpPhone locale=state.locale phone/></p> })}
        </footer>
    }
}

//! The footer: the phone number for help, and the hospital's links.

use leptos::prelude::*;

use crate::{
    state::AppState,
    ui::{HelpPhone, OutwardLinks},
};

/// Footer of every page. Its links open new tabs: the page may hold a session, or what was typed.
#[component]
pub fn Footer(state: &'static AppState) -> impl IntoView {
    let AppState { config, locale, .. } = *state;
    let links = config.brand.links.iter();
    view! {
        <footer class="footer">
            <HelpPhone locale phone=state.help_phone_now()/>
            <OutwardLinks
                locale
                class="footer__links"
                title=|m| m.foot_links
                links=links.map(|link| (&link.label, link.url.as_str())).collect()
                link_class="link"
                target="_blank"
            />
        </footer>
    }
}

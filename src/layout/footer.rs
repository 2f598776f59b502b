//! The footer: the phone number for help, and the hospital's links.

use leptos::prelude::*;

use crate::{
    state::AppState,
    ui::{HelpPhone, OutwardLink},
};

/// Footer of every page. Its links open new tabs: the page may hold a session, or what was typed.
#[component]
pub fn Footer(state: &'static AppState) -> impl IntoView {
    let AppState { config, locale, .. } = *state;
    let links: Vec<_> = config
        .brand
        .links
        .iter()
        .map(|link| {
            view! {
                <li>
                    <OutwardLink
                        text=locale.label(&link.label)
                        href=&link.url
                        new_tab=Some(locale.text(|m| m.new_tab))
                    />
                </li>
            }
        })
        .collect();
    view! {
        <footer class="footer">
            <HelpPhone locale phone=untrack(|| state.help_phone())/>
            {(!links.is_empty()).then(|| view! { <ul class="footer__links">{links}</ul> })}
        </footer>
    }
}

//! The footer, with the phone number for help.

use leptos::prelude::*;

use crate::state::AppState;

/// Footer of every page.
#[component]
pub fn Footer(state: &'static AppState) -> impl IntoView {
    let AppState { config, locale, .. } = *state;
    view! {
        <footer class="footer">
            {config
                .brand
                .help_phone
                .as_ref()
                .map(|phone| {
                    let dial: String = input::sanitize_digits(phone).filter(|c| c.is_ascii_digit() || *c == '+').collect();
                    view! {
                        <p>
                            {locale.text(|m| m.help_call)} " "
                            <a class="link" href=["tel:", &dial].concat()>
                                <bdi dir="ltr">{phone.as_str()}</bdi>
                            </a>
                        </p>
                    }
                })}
        </footer>
    }
}

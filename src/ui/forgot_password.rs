//! The link for people who forgot their password.

use leptos::prelude::*;

use crate::i18n::Locale;

/// Link to the configured page; nothing without one.
#[component]
pub fn ForgotPassword(
    locale: Locale,
    href: Option<&'static str>,
    #[prop(optional, into)] hidden: Signal<bool>,
) -> impl IntoView {
    href.map(|href| {
        view! {
            <p class="help" hidden=hidden>
                <a class="link" href=href rel="noreferrer">
                    {locale.text(|m| m.forgot_password)}
                </a>
            </p>
        }
    })
}

//! The phone number for help.

use leptos::prelude::*;

use crate::i18n::Locale;

/// "Need help? Call" and the number, as a link that dials it; nothing without a number. The last word and the number
/// stand on one line.
#[component]
pub fn HelpPhone(
    locale: Locale,
    /// The number as it is displayed.
    phone: Option<&'static str>,
    #[prop(optional, into)] hidden: Signal<bool>,
) -> impl IntoView {
    phone.map(|phone| {
        let dial: String = input::sanitize_digits(phone)
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect();
        view! {
            <p class="help" hidden=hidden>
                {locale.text(|m| m.help_call)} "\u{a0}" <a class="link" href=["tel:", &dial].concat()>
                    <bdi dir="ltr" translate="no">{phone}</bdi>
                </a>
            </p>
        }
    })
}

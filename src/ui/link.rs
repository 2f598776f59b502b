//! A link within the portal.

use leptos::{ev, prelude::*};

use crate::i18n::{Locale, MessageKey};

/// A real link, with an address to copy or to open in a new tab.
#[component]
pub fn Link(
    locale: Locale,
    text: MessageKey,
    #[prop(into)] href: String,
    /// Sees each click before the browser does.
    #[prop(into)]
    on_click: Callback<ev::MouseEvent>,
    /// Whether it leads to the page one is on.
    #[prop(optional, into)]
    current: Signal<bool>,
    #[prop(default = "link")] class: &'static str,
) -> impl IntoView {
    view! {
        <a
            class=class
            href=href
            aria-current=move || current.get().then_some("page")
            on:click=move |event| on_click.run(event)
        >
            {locale.text(text)}
        </a>
    }
}

/// Whether a click is meant to lead there in this tab, and not to a new tab, window or file.
pub fn is_plain_click(event: &ev::MouseEvent) -> bool {
    event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
}

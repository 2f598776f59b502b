//! Links within the portal.

use leptos::{ev, prelude::*};

use crate::i18n::{Locale, MessageKey};

/// A link with a real address, which can be copied or opened in a new tab.
#[component]
pub fn Link(
    locale: Locale,
    text: MessageKey,
    #[prop(into)] href: String,
    /// Called on a click before the browser handles it.
    #[prop(into)]
    on_click: Callback<ev::MouseEvent>,
    /// True if it leads to the current page.
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

/// A link out of the portal, which tells the other site nothing of this page's address.
#[component]
pub fn OutwardLink(
    text: Signal<String>,
    href: &'static str,
    /// Text for screen readers where the link opens a new tab.
    new_tab: Option<Signal<&'static str>>,
) -> impl IntoView {
    view! {
        <a class="link" href=href rel="noreferrer" target=new_tab.map(|_| "_blank")>
            {text}
            {new_tab.map(|hint| view! { <span class="visually-hidden">" " {hint}</span> })}
        </a>
    }
}

/// True for a click that opens the link in the same tab.
pub fn is_plain_click(event: &ev::MouseEvent) -> bool {
    event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
}

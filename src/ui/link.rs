//! Links: within the portal, and out of it.

use ::config::Label;
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

/// True for a click that opens the link in the same tab.
pub fn is_plain_click(event: &ev::MouseEvent) -> bool {
    event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
}

/// Links out of the portal under a heading, which tell the other site nothing of this page's address. One
/// component for all such lists, since each list with a type of its own costs a kilobyte.
#[component]
pub fn OutwardLinks(
    locale: Locale,
    class: &'static str,
    title: MessageKey,
    /// Labels and addresses; without any the list is absent.
    links: Vec<(&'static Label, &'static str)>,
    /// Class of each link.
    link_class: &'static str,
    /// Where each is opened; `_blank` for a page that may hold a session, or what was typed.
    #[prop(optional)]
    target: Option<&'static str>,
    /// Called on a click that opens the link in the same tab.
    #[prop(optional, into)]
    on_follow: Option<Callback<()>>,
) -> impl IntoView {
    (!links.is_empty()).then(|| {
        let items: Vec<_> = links
            .into_iter()
            .map(|(label, href)| {
                let on_click = move |event: ev::MouseEvent| {
                    if let Some(on_follow) = on_follow
                        && is_plain_click(&event)
                    {
                        on_follow.run(());
                    }
                };
                view! {
                    <li>
                        <a class=link_class href=href rel="noreferrer" target=target on:click=on_click>
                            {locale.label(label)}
                        </a>
                    </li>
                }
            })
            .collect();
        view! {
            <section class=class aria-label=locale.text(title)>
                <h2 class="card__title">{locale.text(title)}</h2>
                <ul class="outward-links">{items}</ul>
            </section>
        }
    })
}

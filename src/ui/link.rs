//! A link within the portal.

use leptos::{ev, prelude::*};

use crate::{
    dynamic::{Attr, Handler, attr},
    i18n::{Language, Pick},
};

/// A real link, with an address to copy or to open in a new tab. `follow` gets to see each click
/// before the browser does.
#[component]
pub fn Link(
    lang: Language,
    text: Pick,
    href: &'static str,
    follow: Handler<ev::MouseEvent>,
    /// Whether it leads to the page one is on.
    #[prop(default = attr(|| None::<&str>))]
    current: Attr,
    #[prop(default = "link")] class: &'static str,
) -> impl IntoView {
    view! {
        <a class=class href=href aria-current=current on:click:capture=follow>
            {lang.say(text)}
        </a>
    }
}

/// Whether a click is meant to lead there in this tab, and not to a new tab, window or file.
pub fn is_plain(event: &ev::MouseEvent) -> bool {
    event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
}

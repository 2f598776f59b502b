//! A link within the portal.

use leptos::{ev, prelude::*};

use crate::{
    dynamic::{Attr, Handler, attr, on},
    i18n::{Language, Pick},
};

/// A real link, with an address to copy or to open in a new tab, that is followed within the page
/// when it is plainly clicked.
#[component]
pub fn Link(
    lang: Language,
    text: Pick,
    href: &'static str,
    follow: Handler<()>,
    /// Whether it leads to the page one is on.
    #[prop(default = attr(|| None::<&str>))]
    current: Attr,
    #[prop(default = "link")] class: &'static str,
) -> impl IntoView {
    let mut follow = follow;
    let click = move |event: ev::MouseEvent| {
        if is_plain(&event) {
            event.prevent_default();
            follow(());
        }
    };
    view! {
        <a class=class href=href aria-current=current on:click=on(click)>
            {lang.say(text)}
        </a>
    }
}

/// Whether a click is meant to lead there in this tab, and not to a new tab, window or file.
pub fn is_plain(event: &ev::MouseEvent) -> bool {
    event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
}

//! Where somebody who has signed in can go.

use leptos::{ev::MouseEvent, prelude::*};

use crate::{
    dynamic::{Sealed, attr, on},
    expiry::{Expiry, leave},
    i18n::Pick,
    portal::Portal,
    route::{Entrance, Inside, Route, Visitor},
    ui::Link,
};

/// Where the visitor can go: nowhere, for a guest.
pub fn navigation(portal: &'static Portal, visitor: Visitor) -> Sealed {
    match visitor {
        Visitor::Guest(_) => Sealed::new(|| ()),
        Visitor::SignedIn(entrance) => Sealed::new(move || view! { <Navigation portal entrance/> }),
    }
}

/// Links to the pages behind sign-in, and the way out.
#[component]
pub fn Navigation(portal: &'static Portal, entrance: Entrance) -> impl IntoView {
    let lang = portal.lang;
    let links: Vec<_> = Inside::ALL
        .into_iter()
        .filter(|inside| inside.admits(entrance))
        .map(|inside| {
            let route = Route::Inside(inside);
            let text: Pick = match inside {
                Inside::Profile => |w| w.profile,
                Inside::Addresses => |w| w.addresses,
                Inside::Roles => |w| w.roles,
            };
            view! {
                <li>
                    <Link
                        lang
                        text
                        href=route.href()
                        class="nav__link"
                        current=attr(move || (portal.place() == route).then_some("page"))
                        follow=portal.link_to(route)
                    />
                </li>
            }
        })
        .collect();
    view! {
        <nav class="nav" aria-label=lang.say_attr(|w| w.menu)>
            <ul class="nav__links">{links}</ul>
            <button type="button" class="nav__sign-out" on:click:capture=on(move |_: MouseEvent| leave(portal))>
                {lang.say(|w| w.sign_out)}
            </button>
        </nav>
        <Expiry portal entrance/>
    }
}

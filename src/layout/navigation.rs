//! Where somebody who has signed in can go.

use leptos::prelude::*;

use crate::{
    i18n::Pick,
    router::{Entrance, Inside, Route},
    session::{SessionTimeout, sign_out},
    state::Portal,
    ui::{Button, Link},
};

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
                        href=route.href(portal.router.base)
                        class="nav__link"
                        current=Signal::derive(move || portal.place() == route)
                        on_click=move |event| portal.follow_link(&event, route)
                    />
                </li>
            }
        })
        .collect();
    view! {
        <nav class="nav" aria-label=lang.text(|w| w.menu)>
            <ul class="nav__links">{links}</ul>
            <Button
                class="nav__sign-out"
                text=lang.text(|w| w.sign_out)
                on_click=move |()| sign_out(portal)
            />
        </nav>
        <SessionTimeout portal entrance/>
    }
}

//! Where somebody who has signed in can go.

use leptos::{ev::MouseEvent, prelude::*};

use crate::{
    dynamic::{attr, follow, on},
    expiry::{Expiry, leave},
    i18n::Pick,
    portal::Portal,
    route::{Entrance, Inside, Route},
    ui::Link,
};

/// Links to the pages behind sign-in, and the way out.
#[component]
pub fn Navigation(portal: Portal, place: Memo<Route>, entrance: Entrance) -> impl IntoView {
    let lang = portal.lang;
    let links: Vec<_> = Inside::ALL
        .into_iter()
        .filter(|inside| inside.admits(entrance))
        .map(|inside| {
            let route = Route::Inside(inside);
            let text: Pick = match inside {
                Inside::Profile => |w| w.record().profile,
                Inside::Addresses => |w| w.record().addresses,
                Inside::Roles => |w| w.record().roles,
            };
            view! {
                <li>
                    <Link
                        lang
                        text
                        href=route.href()
                        class="nav__link"
                        current=attr(move || (follow(ArcMemo::from(place)).get() == route).then_some("page"))
                        follow=on(move |()| portal.router.push(route))
                    />
                </li>
            }
        })
        .collect();
    view! {
        <nav class="nav" aria-label=lang.say_attr(|w| w.record().menu)>
            <ul class="nav__links">{links}</ul>
            <button type="button" class="nav__sign-out" on:click=on(move |_: MouseEvent| leave(portal))>
                {lang.say(|w| w.record().sign_out)}
            </button>
        </nav>
        <Expiry portal entrance/>
    }
}

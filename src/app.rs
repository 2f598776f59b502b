//! The whole portal on one screen: the frame around every page, and the match from place to page.

use std::mem;

use leptos::{either::EitherOf4, prelude::*};

use crate::{
    dynamic::{Anew, Sealed, effect, on},
    frame::{Footer, Header, Notice},
    i18n,
    pages::{NotFound, PatientSignIn, StaffSignIn},
    portal::Portal,
    route::{Entrance, Inside, Route},
    ui::{after_render, focus_heading},
};

/// The portal.
#[component]
pub fn App(
    /// The portal's state.
    portal: Portal,
) -> impl IntoView {
    let place = Memo::new(move |_| portal.place());
    // Two addresses may lead to one page; only another page is rendered anew.
    let page = Memo::new(move |_| match place.get() {
        Route::SignIn(entrance, _) => Route::SignIn(entrance, None),
        other => other,
    });

    effect(move || {
        let settled = place.get();
        if settled != Route::NotFound && portal.router.asked() != settled {
            portal.router.replace(settled);
        }
    });
    effect(move || i18n::mark_page(portal.lang.words()));
    let mut first = true;
    effect(move || {
        page.track();
        if !mem::take(&mut first) {
            after_render(focus_heading);
        }
    });

    view! {
        <a class="skip" href="#main" on:click=on(|event: leptos::ev::MouseEvent| {
            event.prevent_default();
            focus_heading();
        })>
            {portal.lang.say(|w| w.skip_to_content)}
        </a>
        <Header portal place/>
        <Notice portal/>
        // All of it anew: what stays on the screen would be seen to move, since a header with a
        // navigation is higher than one without.
        {move || Anew(view! {
            <main class="main" id="main">
                {match page.get() {
                    // One address, two pages: before a patient's record a code may be asked for.
                    Route::SignIn(Entrance::Patient, _) if portal.session.wants_code() => {
                        EitherOf4::C(behind(portal, None))
                    }
                    Route::SignIn(Entrance::Patient, _) => EitherOf4::A(view! { <PatientSignIn portal/> }),
                    Route::SignIn(Entrance::Staff, _) => EitherOf4::B(view! { <StaffSignIn portal/> }),
                    Route::Inside(inside) => EitherOf4::C(behind(portal, Some(inside))),
                    Route::NotFound => EitherOf4::D(view! { <NotFound portal/> }),
                }}
            </main>
            <Footer portal/>
        })}
    }
}

/// A page of the other part of the program.
fn behind(portal: Portal, page: Option<Inside>) -> Option<Sealed> {
    let interior = portal.session.interior()?;
    Some((interior.page)(portal, page))
}

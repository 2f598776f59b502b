//! The whole portal on one screen: the frame around every page, and the match from place to page.

use std::mem;

use leptos::{either::EitherOf4, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    dynamic::{Anew, Sealed, effect, on},
    frame::{Footer, Header, Notice},
    i18n,
    pages::{NotFound, PatientSignIn, StaffSignIn},
    portal::Portal,
    route::{Entrance, Inside, Route},
    ui::after_render,
};

/// The portal.
#[component]
pub fn App(
    /// The portal's state.
    portal: Portal,
) -> impl IntoView {
    let place = Memo::new(move |_| portal.place());
    // Two addresses may lead to one page; only another page is rendered anew. One address leads to
    // two: between a patient's sign-in and their record a code may be asked for.
    let page = Memo::new(move |_| match place.get() {
        Route::SignIn(entrance, _) => (Route::SignIn(entrance, None), portal.session.wants_code()),
        other => (other, false),
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
        <main class="main" id="main">
            {move || Anew(match page.get() {
                (Route::SignIn(Entrance::Patient, _), false) => EitherOf4::A(view! { <PatientSignIn portal/> }),
                (Route::SignIn(Entrance::Staff, _), _) => EitherOf4::B(view! { <StaffSignIn portal/> }),
                (Route::Inside(inside), _) => EitherOf4::C(behind(portal, Some(inside))),
                (Route::SignIn(Entrance::Patient, _), true) => EitherOf4::C(behind(portal, None)),
                (Route::NotFound, _) => EitherOf4::D(view! { <NotFound portal/> }),
            })}
        </main>
        <Footer portal/>
    }
}

/// A page of the other part of the program.
fn behind(portal: Portal, page: Option<Inside>) -> Option<Sealed> {
    let interior = portal.session.interior()?;
    Some((interior.page)(portal, page))
}

/// Nothing else tells a screen reader that the page has changed.
fn focus_heading() {
    if let Ok(Some(heading)) = document().query_selector("main h1")
        && let Ok(heading) = heading.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = heading.focus();
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

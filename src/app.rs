//! The whole portal on one screen: the frame around every page, and the page in it.

use std::mem;

use leptos::{either::Either, prelude::*};

use crate::{
    dynamic::{Sealed, Slot},
    frame::{Footer, Header, Notice},
    i18n,
    pages::{Addresses, Code, NotFound, PatientSignIn, Profile, Roles, StaffSignIn},
    portal::{Page, Portal},
    route::{Entrance, Inside, Route},
    ui::{after_render, focus_heading},
};

/// The portal.
#[component]
pub fn App(
    /// The portal's state.
    portal: &'static Portal,
) -> impl IntoView {
    // Two addresses may lead to one page; only another page is made anew. A memo would say the same
    // and bring 0.5 KB that nothing else uses.
    let page = RwSignal::new(portal.page());
    Effect::new(move || {
        let now = portal.page();
        if page.get_untracked() != now {
            page.set(now);
        }
    });

    Effect::new(move || {
        let settled = portal.place();
        if settled != Route::NotFound && portal.router.asked() != settled {
            portal.router.replace(settled);
        }
    });
    Effect::new(move || i18n::mark_page(portal.lang.words()));
    let mut first = true;
    Effect::new(move || {
        page.track();
        if !mem::take(&mut first) {
            after_render(focus_heading);
        }
    });

    view! {
        <a class="skip" href="#main" on:click:capture=|event| {
            event.prevent_default();
            focus_heading();
        }>
            {move || portal.lang.words().skip_to_content}
        </a>
        <Header portal/>
        <Notice portal/>
        // All of it anew: what stays on the screen would be seen to move, since a header with a
        // navigation is higher than one without.
        {Slot::new(
            // Of all pages these two are served.
            move || match page.get() {
                Page::SignIn(Entrance::Staff) => {
                    Either::Left(around(portal, view! { <StaffSignIn portal/> }))
                }
                _ => Either::Right(around(portal, view! { <PatientSignIn portal/> })),
            },
            move || made(portal, page.get()),
        )}
    }
}

/// A page and what stands below it, made in the browser.
fn made(portal: &'static Portal, page: Page) -> Sealed {
    match page {
        Page::SignIn(Entrance::Patient) => {
            sealed(portal, move || view! { <PatientSignIn portal/> })
        }
        Page::SignIn(Entrance::Staff) => sealed(portal, move || view! { <StaffSignIn portal/> }),
        Page::Code => sealed(portal, move || view! { <Code portal/> }),
        Page::Inside(Inside::Profile) => sealed(portal, move || view! { <Profile portal/> }),
        Page::Inside(Inside::Addresses) => sealed(portal, move || view! { <Addresses portal/> }),
        Page::Inside(Inside::Roles) => sealed(portal, move || view! { <Roles portal/> }),
        Page::NotFound => sealed(portal, move || view! { <NotFound portal/> }),
    }
}

fn sealed<V: IntoView + 'static>(
    portal: &'static Portal,
    page: impl FnOnce() -> V + Send + 'static,
) -> Sealed {
    Sealed::new(move || around(portal, page()))
}

fn around(portal: &'static Portal, page: impl IntoView) -> impl IntoView {
    view! {
        <main class="main" id="main">
            {page}
        </main>
        <Footer portal/>
    }
}

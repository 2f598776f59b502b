//! The whole portal on one screen: the frame around every page, and the page in it.

use leptos::{either::EitherOf7, prelude::*};

use crate::{
    i18n,
    layout::{Footer, Header, Notice},
    pages::{Addresses, Code, NotFound, PatientSignIn, Profile, Roles, StaffSignIn},
    router::{Entrance, Inside, Route, remember_entrance},
    state::{Page, Portal},
    store::Session,
    ui::{after_render, focus_heading},
};

/// The portal.
#[component]
pub fn App(
    /// The portal's state.
    portal: &'static Portal,
) -> impl IntoView {
    // Two addresses may lead to one page.
    let page = Memo::new(move |_| portal.page());

    // Written down where a reload finds it, as soon as somebody comes in.
    Effect::new(move || {
        if let Some(entrance) = portal.session.with(Session::entrance) {
            remember_entrance(entrance);
        }
    });
    Effect::new(move || {
        let settled = portal.place();
        if settled != Route::NotFound && portal.router.asked() != settled {
            portal.router.replace(settled);
        }
    });
    Effect::new(move || i18n::mark_page(portal.lang.words()));
    Effect::watch(
        move || page.get(),
        |_, _, _| after_render(focus_heading),
        false,
    );

    view! {
        <a class="skip" href="#main" on:click=|event| {
            event.prevent_default();
            focus_heading();
        }>
            {portal.lang.text(|w| w.skip_to_content)}
        </a>
        <Header portal/>
        <Notice portal/>
        {move || match page.get() {
            Page::SignIn(Entrance::Patient) => {
                EitherOf7::A(view! { <Screen portal page=view! { <PatientSignIn portal/> }/> })
            }
            Page::SignIn(Entrance::Staff) => {
                EitherOf7::B(view! { <Screen portal page=view! { <StaffSignIn portal/> }/> })
            }
            Page::Code => EitherOf7::C(view! { <Screen portal page=view! { <Code portal/> }/> }),
            Page::Inside(Inside::Profile) => {
                EitherOf7::D(view! { <Screen portal page=view! { <Profile portal/> }/> })
            }
            Page::Inside(Inside::Addresses) => {
                EitherOf7::E(view! { <Screen portal page=view! { <Addresses portal/> }/> })
            }
            Page::Inside(Inside::Roles) => {
                EitherOf7::F(view! { <Screen portal page=view! { <Roles portal/> }/> })
            }
            Page::NotFound => EitherOf7::G(view! { <Screen portal page=view! { <NotFound portal/> }/> }),
        }}
    }
}

/// A page and what stands below it. Each page has its own: elements that stayed on the screen would be
/// seen to move, since a header with a navigation is higher than one without.
#[component]
fn Screen(portal: &'static Portal, page: impl IntoView + 'static) -> impl IntoView {
    view! {
        <main class="main" id="main">
            {page}
        </main>
        <Footer portal/>
    }
}

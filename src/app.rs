//! The root component: the layout around every page, and the page for the current route.

use leptos::{either::EitherOf7, prelude::*};

use crate::{
    i18n,
    layout::{Footer, Header, HospitalNotice, OfflineNotice},
    pages::{Addresses, NotFound, OneTimeCode, PatientSignIn, Profile, Roles, StaffSignIn},
    router::{Audience, ProtectedRoute, Route, remember_audience},
    state::{AppState, Page},
    store::Session,
    ui::{after_render, focus_heading},
};

/// The root component.
#[component]
pub fn App(
    /// State shared by all pages.
    state: &'static AppState,
) -> impl IntoView {
    // Two routes may lead to one page.
    let page = Memo::new(move |_| state.page());

    // Kept on the history entry, so that a reload of a sign-in page shows the right one.
    Effect::new(move || {
        if let Some(audience) = state.session.with(Session::audience) {
            remember_audience(audience);
        }
    });
    Effect::new(move || {
        let settled = state.place();
        if settled != Route::NotFound && state.router.requested() != settled {
            state.router.replace(settled);
        }
    });
    Effect::new(move || describe_document(state));
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
            {state.locale.text(|m| m.skip_to_content)}
        </a>
        <Header state/>
        <OfflineNotice state/>
        <HospitalNotice state/>
        {move || match page.get() {
            Page::SignIn(Audience::Patient) => {
                EitherOf7::A(view! { <SignInScreen state page=view! { <PatientSignIn state/> }/> })
            }
            Page::SignIn(Audience::Staff) => {
                EitherOf7::B(view! { <SignInScreen state page=view! { <StaffSignIn state/> }/> })
            }
            Page::OneTimeCode => EitherOf7::C(view! { <SignInScreen state page=view! { <OneTimeCode state/> }/> }),
            Page::Protected(ProtectedRoute::Profile) => {
                EitherOf7::D(view! { <Screen state page=view! { <Profile state/> }/> })
            }
            Page::Protected(ProtectedRoute::Addresses) => {
                EitherOf7::E(view! { <Screen state page=view! { <Addresses state/> }/> })
            }
            Page::Protected(ProtectedRoute::Roles) => {
                EitherOf7::F(view! { <Screen state page=view! { <Roles state/> }/> })
            }
            Page::NotFound => EitherOf7::G(view! { <Screen state page=view! { <NotFound state/> }/> }),
        }}
    }
}

/// Sets language and theme of the document, and the web app manifest of the page's audience and language, so that the
/// portal is installed as what is open.
pub fn describe_document(state: &AppState) {
    i18n::set_document_language(state.locale.messages());
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-theme", state.theme.get().name());
    }
    let name = state.audience().manifest_name(state.locale.messages().code);
    if let Ok(Some(link)) = document().query_selector("link[rel=manifest]") {
        let _ = link.set_attribute("href", &[state.router.base, "/", &name].concat());
    }
}

/// A page with the footer below it. Every page has its own `<main>`: one that stayed in place would count
/// as a layout shift, since the header is higher with a navigation than without.
#[component]
fn Screen(state: &'static AppState, page: impl IntoView + 'static) -> impl IntoView {
    view! {
        <main class="main" id="main">
            {page}
        </main>
        <Footer state/>
    }
}

/// A page with a sign-in form. It has a class, since `:has()` matches only when the form has arrived as a whole. As a
/// property of [`Screen`] the class would add 0.3 KB to the program.
#[component]
fn SignInScreen(state: &'static AppState, page: impl IntoView + 'static) -> impl IntoView {
    view! {
        <main class="main main--sign-in" id="main">
            {page}
        </main>
        <Footer state/>
    }
}

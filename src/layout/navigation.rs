//! The navigation of a signed-in person, with the person's name.

use leptos::prelude::*;

use crate::{
    i18n::MessageKey,
    router::{Audience, ProtectedRoute, Route},
    session::{SessionTimeout, sign_out},
    state::AppState,
    store::PersonName,
    ui::{Button, Link},
};

/// Links to the pages behind sign-in, whose they are, and the sign-out button.
#[component]
pub fn Navigation(state: &'static AppState, audience: Audience) -> impl IntoView {
    let locale = state.locale;
    let links: Vec<_> = ProtectedRoute::ALL
        .into_iter()
        .filter(|protected| protected.admits(audience))
        .map(|protected| {
            let route = Route::Protected(protected);
            let text: MessageKey = match protected {
                ProtectedRoute::Profile => |m| m.profile,
                ProtectedRoute::Addresses => |m| m.addresses,
                ProtectedRoute::Roles => |m| m.roles,
            };
            view! {
                <li>
                    <Link locale
                        text
                        href=route.href(state.router.base)
                        class="nav__link"
                        current=Signal::derive(move || state.place() == route)
                        on_click=move |event| state.navigate(&event, route)
                    />
                </li>
            }
        })
        .collect();
    view! {
        <nav class="nav" aria-label=locale.text(|m| m.menu)>
            <ul class="nav__links">{links}</ul>
            <div class="nav__person">
                {move || {
                    let is_arabic = locale.messages().is_arabic();
                    let name = state.session.with(|session| session.person().map(|person| person.name(is_arabic)));
                    let PersonName { full, initials, lang } = name.unwrap_or_default();
                    // Not in the title: that is in the history and in the list of windows.
                    view! {
                        <span class="initials" aria-hidden="true" translate="no">{initials}</span>
                        <bdi class="nav__name" lang=lang translate="no">{full}</bdi>
                    }
                }}
                <Button
                    class="header__button nav__sign-out"
                    text=locale.text(|m| m.sign_out)
                    on_click=move |()| sign_out(state)
                />
            </div>
        </nav>
        <SessionTimeout state audience/>
    }
}

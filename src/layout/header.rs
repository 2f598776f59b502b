//! The header: brand, theme and language buttons, and the navigation of a signed-in person.

use leptos::{either::Either, prelude::*};

use super::navigation::Navigation;
use crate::{
    i18n::{self, Messages},
    preferences,
    router::{Audience, Route, Visitor},
    state::AppState,
};

/// Header of every page.
#[component]
pub fn Header(state: &'static AppState) -> impl IntoView {
    let AppState { config, locale, .. } = *state;
    let brand = move || config.brand.name_in(locale.messages().code);
    let start = Route::SignIn(Audience::Patient, None);
    view! {
        <header class="header">
            <div class="header__bar">
                <a class="brand" href=start.href(state.router.base) on:click=move |event| state.navigate(&event, start)>
                    <Logo state/>
                    <span class="brand__name">{brand}</span>
                </a>
                <div class="header__buttons">
                    <ThemeButton state/>
                    <LanguageButton state/>
                </div>
            </div>
            {move || match state.session.visitor() {
                Visitor::Guest(_) => None,
                Visitor::SignedIn(audience) => Some(view! { <Navigation state audience/> }),
            }}
        </header>
    }
}

/// Switches to the next language, whose own name it shows.
#[component]
fn LanguageButton(state: &'static AppState) -> impl IntoView {
    let AppState { config, locale, .. } = *state;
    let next = move || -> Option<&'static Messages> {
        let all = &config.languages;
        let here = all
            .iter()
            .position(|language| language.tag() == locale.messages().code)?;
        let next = all.get((here + 1) % all.len())?;
        Some(i18n::of(*next, config.digits))
    };
    let switch = move |_| {
        if let Some(messages) = next() {
            preferences::remember_language(messages);
            locale.switch(messages);
        }
    };
    (config.languages.len() > 1).then(|| {
        view! {
            <button
                type="button"
                class="header__button"
                lang=move || next().map(|messages| messages.code)
                on:click=switch
            >
                {move || next().map_or("", |messages| messages.own_name)}
            </button>
        }
    })
}

#[component]
fn ThemeButton(state: &'static AppState) -> impl IntoView {
    let AppState { locale, theme, .. } = *state;
    let switch = move |_| {
        let other = theme.get_untracked().other();
        other.remember();
        theme.set(other);
    };
    view! {
        <button type="button" class="header__button header__button--icon" on:click=switch>
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <circle cx="12" cy="12" r="9"></circle>
                <path fill="currentColor" d="M12 3a9 9 0 0 1 0 18z"></path>
            </svg>
            <span class="visually-hidden">
                {move || {
                    let messages = locale.messages();
                    match theme.get() {
                        preferences::Theme::Light => messages.theme_dark,
                        preferences::Theme::Dark => messages.theme_light,
                    }
                }}
            </span>
        </button>
    }
}

/// The hospital's logo, or the portal's.
#[component]
pub fn Logo(state: &'static AppState) -> impl IntoView {
    match &state.config.brand.logo {
        Some(logo) => Either::Left(view! { <img class="brand__logo" src=logo.as_str() alt=""/> }),
        None => Either::Right(mark()),
    }
}

/// The portal's logo, where the configuration has none.
fn mark() -> impl IntoView {
    view! {
        <svg class="brand__logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect width="32" height="32" rx="9"></rect>
            <path d="M16 8v16M8 16h16"></path>
        </svg>
    }
}

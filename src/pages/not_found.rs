//! The page at any address that is no route.

use leptos::prelude::*;

use super::document_title::set_title;
use crate::{
    router::{Audience, Route},
    state::AppState,
    ui::{Heading, Link},
};

/// "Page not found", with a link to the start page.
#[component]
pub fn NotFound(state: &'static AppState) -> impl IntoView {
    let locale = state.locale;
    let start = Route::SignIn(Audience::Patient, None);
    set_title(state, |m| m.page_not_found, None);
    view! {
        <div class="record card card__main">
            <Heading locale text=|m| m.page_not_found/>
            <p>{locale.text(|m| m.page_not_found_body)}</p>
            <p>
                <Link locale
                    text=|m| m.back_to_start
                    href=start.href(state.router.base)
                    on_click=move |event| state.navigate(&event, start)
                />
            </p>
        </div>
    }
}

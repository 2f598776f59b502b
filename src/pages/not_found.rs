//! Any address that is no place of ours.

use leptos::prelude::*;

use super::title::title;
use crate::{
    router::{Entrance, Route},
    state::Portal,
    ui::{Heading, Link},
};

/// Says that there is nothing here, and leads back.
#[component]
pub fn NotFound(portal: &'static Portal) -> impl IntoView {
    let lang = portal.lang;
    let start = Route::SignIn(Entrance::Patient, None);
    title(portal, |w| w.page_not_found, || false);
    view! {
        <div class="record">
            <Heading lang text=|w| w.page_not_found/>
            <p>{lang.text(|w| w.page_not_found_body)}</p>
            <p>
                <Link
                    lang
                    text=|w| w.back_to_start
                    href=start.href(portal.router.base)
                    on_click=move |event| portal.follow_link(&event, start)
                />
            </p>
        </div>
    }
}

//! The browser's History API and address bar behind a signal.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

use super::route::{Audience, Route};
use crate::platform::unsubscribe_on_cleanup;

/// The History API behind a signal: the place that was asked for last.
#[derive(Clone, Copy)]
pub struct Router {
    /// The folder the portal is in: empty at the root of its origin, else such as `/portal`.
    pub base: &'static str,
    requested: RwSignal<Route>,
}

impl Router {
    /// A router that stands at `route` and is not tied to a browser's history: for rendering.
    pub fn at(base: &'static str, route: Route) -> Self {
        Self {
            base,
            requested: RwSignal::new(route),
        }
    }

    /// Follows Back and Forward from now on.
    pub fn listen(self) {
        window_event_listener(ev::popstate, move |_| {
            self.requested.set(current(self.base));
        });
    }

    /// The place asked for. Whether the visitor may see it is [`Route::settle`]'s business.
    pub fn requested(self) -> Route {
        unsubscribe_on_cleanup(self.requested).get()
    }

    /// The place asked for, asked once.
    pub fn requested_now(self) -> Route {
        self.requested.get_untracked()
    }

    /// Goes to a place, as following a link does.
    pub fn push(self, route: Route) {
        if self.requested.get_untracked() != route {
            self.write(route, |history, state, href| {
                history.push_state_with_url(state, "", Some(href))
            });
        }
    }

    /// Goes to a place without a step in the history, as a redirect must: a pushed redirect
    /// traps the Back button.
    pub fn replace(self, route: Route) {
        self.write(route, |history, state, href| {
            history.replace_state_with_url(state, "", Some(href))
        });
    }

    /// Puts one more entry for the place one is at into the history, so that Back leads from what
    /// stands there now to what stood there before. `false` where the browser refuses.
    pub fn push_entry(self) -> bool {
        let Ok(history) = window().history() else {
            return false;
        };
        let state = history.state().unwrap_or(JsValue::NULL);
        history.push_state(&state, "").is_ok()
    }

    /// As Back does.
    pub fn back(self) {
        if let Ok(history) = window().history() {
            let _ = history.back();
        }
    }

    fn write(
        self,
        route: Route,
        put: fn(&web_sys::History, &JsValue, &str) -> Result<(), JsValue>,
    ) {
        if let Ok(history) = window().history() {
            let state = history.state().unwrap_or(JsValue::NULL);
            // Browsers refuse after a hundred changes in half a minute; the portal still moves.
            let _ = put(&history, &state, &route.href(self.base));
        }
        self.requested.set(route);
    }
}

const STAFF_WAS_HERE: &str = "staff";

/// The entrance last used in this tab. It rides on the history entry, so it outlives a reload
/// without anything being stored, and it says nothing about a person.
pub fn last_audience() -> Audience {
    let state = window().history().and_then(|history| history.state());
    match state.ok().and_then(|state| state.as_string()).as_deref() {
        Some(STAFF_WAS_HERE) => Audience::Staff,
        _ => Audience::Patient,
    }
}

/// Notes on the current history entry by which entrance somebody came in.
pub fn remember_audience(audience: Audience) {
    if let Ok(history) = window().history() {
        let state = match audience {
            Audience::Patient => JsValue::NULL,
            Audience::Staff => JsValue::from_str(STAFF_WAS_HERE),
        };
        // Without an address the entry keeps its own.
        let _ = history.replace_state(&state, "");
    }
}

/// The folder the portal is in, as the document says where it names the program.
pub fn base() -> String {
    let program = document().query_selector("link[data-base]");
    let base = program
        .ok()
        .flatten()
        .and_then(|it| it.get_attribute("data-base"));
    base.unwrap_or_default().trim_end_matches('/').to_owned()
}

/// The place the browser's address names.
pub fn current(base: &str) -> Route {
    let location = window().location();
    Route::parse(
        base,
        &location.pathname().unwrap_or_default(),
        &location.search().unwrap_or_default(),
    )
}

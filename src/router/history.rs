//! The browser's history and address in a signal.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

use super::route::{Audience, Route};
use crate::platform::unsubscribe_on_cleanup;

/// The route asked for last, in step with the browser's history.
#[derive(Clone, Copy)]
pub struct Router {
    /// Folder of the portal: empty at the root of the origin, else such as `/portal`.
    pub base: &'static str,
    requested: RwSignal<Route>,
}

impl Router {
    /// A router at `route`, without the browser's history: for rendering.
    pub fn at(base: &'static str, route: Route) -> Self {
        Self {
            base,
            requested: RwSignal::new(route),
        }
    }

    /// Starts to follow Back and Forward.
    pub fn listen(self) {
        window_event_listener(ev::popstate, move |_| {
            // An entry of a code page that was left, reached by Forward.
            take_code_page();
            self.requested.set(current(self.base));
        });
    }

    /// The route asked for. [`Route::resolve`] decides whether the visitor may see it. Tracks navigation.
    pub fn requested(self) -> Route {
        unsubscribe_on_cleanup(self.requested).get()
    }

    /// The route asked for, without tracking it.
    pub fn requested_now(self) -> Route {
        self.requested.get_untracked()
    }

    /// Goes to a route, as following a link does.
    pub fn push(self, route: Route) {
        if self.requested.get_untracked() != route {
            self.write(route, |history, state, href| {
                history.push_state_with_url(state, "", Some(href))
            });
        }
    }

    /// Goes to a route without a history entry, as a redirect has to: a pushed one traps the Back button.
    pub fn replace(self, route: Route) {
        self.write(route, |history, state, href| {
            history.replace_state_with_url(state, "", Some(href))
        });
    }

    /// Pushes an entry for the current route, so that Back leads from a page without an address to the page
    /// before it. `false` where the browser refuses.
    pub fn push_entry(self) -> bool {
        let Ok(history) = window().history() else {
            return false;
        };
        let state = history.state().unwrap_or(JsValue::NULL);
        history.push_state(&state, "").is_ok()
    }

    /// Goes back one entry.
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
            // Browsers refuse after some 100 changes in 30 seconds; the app navigates all the same.
            let _ = put(&history, &state, &route.href(self.base));
        }
        self.requested.set(route);
    }
}

const STAFF_WAS_HERE: &str = "staff";

/// The audience that signed in last in this tab. Kept as state of the history entry: it survives a reload,
/// is not stored, and says nothing about a person.
pub fn last_audience() -> Audience {
    let state = window().history().and_then(|history| history.state());
    match state.ok().and_then(|state| state.as_string()).as_deref() {
        Some(STAFF_WAS_HERE) => Audience::Staff,
        _ => Audience::Patient,
    }
}

/// Keeps the audience in the state of the current history entry.
pub fn remember_audience(audience: Audience) {
    if let Ok(history) = window().history() {
        let state = match audience {
            Audience::Patient => JsValue::NULL,
            Audience::Staff => JsValue::from_str(STAFF_WAS_HERE),
        };
        // Without a URL the entry keeps its own.
        let _ = history.replace_state(&state, "");
    }
}

const CODE_WAS_HERE: &str = "code";

/// Notes in the state of the current history entry that the page asks for a one-time code, and nothing else: a
/// phone may drop the page while its owner reads the text message.
pub fn remember_code_page() {
    if let Ok(history) = window().history() {
        let _ = history.replace_state(&JsValue::from_str(CODE_WAS_HERE), "");
    }
}

/// Takes the note of [`remember_code_page`] from the current history entry; true if it was there.
pub fn take_code_page() -> bool {
    let Ok(history) = window().history() else {
        return false;
    };
    let state = history.state().ok().and_then(|state| state.as_string());
    let was_here = state.as_deref() == Some(CODE_WAS_HERE);
    if was_here {
        let _ = history.replace_state(&JsValue::NULL, "");
    }
    was_here
}

/// Folder of the portal, from the document's element with the program's address.
pub fn base() -> String {
    let program = document().query_selector("[data-base]");
    let base = program
        .ok()
        .flatten()
        .and_then(|it| it.get_attribute("data-base"));
    base.unwrap_or_default().trim_end_matches('/').to_owned()
}

/// The route of the browser's address.
pub fn current(base: &str) -> Route {
    let location = window().location();
    Route::parse(
        base,
        &location.pathname().unwrap_or_default(),
        &location.search().unwrap_or_default(),
    )
}

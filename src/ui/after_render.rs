//! Work that waits for the next render.

use leptos::prelude::*;

/// Runs `act` once what has just been set is on the page.
pub fn after_render(act: impl FnOnce() + 'static) {
    set_timeout(act, std::time::Duration::ZERO);
}

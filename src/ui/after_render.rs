//! Work after the next render.

use leptos::prelude::*;

/// Runs `act` after pending signal changes are rendered.
pub fn after_render(act: impl FnOnce() + 'static) {
    set_timeout(act, std::time::Duration::ZERO);
}

//! The state of the pointer. People often leave a field by pressing the next control; a warning that
//! appeared before they release would move the control away, and the click would be lost.

use std::cell::{Cell, RefCell};

use leptos::{ev, prelude::*};

use super::after_render::after_render;

thread_local! {
    static DOWN: Cell<bool> = const { Cell::new(false) };
    static DUE: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Starts to track the pointer; once for all pages.
pub fn track_pointer() {
    let released = || {
        DOWN.set(false);
        after_render(catch_up);
    };
    window_event_listener(ev::pointerdown, |_| DOWN.set(true));
    window_event_listener(ev::pointerup, move |_| released());
    window_event_listener(ev::pointercancel, move |_| released());
}

/// Runs `act` once no pointer is down.
pub fn after_release(act: impl FnOnce() + 'static) {
    DUE.with_borrow_mut(|due| due.push(Box::new(act)));
    // In any case: a tap releases before the browser reports the change.
    after_render(catch_up);
}

fn catch_up() {
    if !DOWN.get() {
        for act in DUE.take() {
            act();
        }
    }
}

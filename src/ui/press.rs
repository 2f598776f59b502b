//! Whether a finger or button is down, anywhere on the page. A field is most often left by pressing
//! what comes next, and a note that appears meanwhile would move that away from under the press: the
//! click would be lost.

use std::cell::{Cell, RefCell};

use leptos::{ev, prelude::*};

use super::after_render::after_render;

thread_local! {
    static DOWN: Cell<bool> = const { Cell::new(false) };
    static DUE: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Starts to look. Once is enough for all pages.
pub fn track_pointer() {
    let released = || {
        DOWN.set(false);
        after_render(catch_up);
    };
    window_event_listener(ev::pointerdown, |_| DOWN.set(true));
    window_event_listener(ev::pointerup, move |_| released());
    window_event_listener(ev::pointercancel, move |_| released());
}

/// Puts `act` off until nothing is pressed.
pub fn after_press(act: impl FnOnce() + 'static) {
    DUE.with_borrow_mut(|due| due.push(Box::new(act)));
    // Even if nothing is down: a tap lets go before the browser tells of the change.
    after_render(catch_up);
}

fn catch_up() {
    if !DOWN.get() {
        for act in DUE.take() {
            act();
        }
    }
}

//! The idle limit of a page that has no session yet.

use std::time::Duration;

use js_sys::Date;
use leptos::{ev, prelude::*};

/// Calls `on_idle` once after `seconds` without a press, key or turn of the wheel. The limit is a moment of the
/// wall clock: a device that was asleep has passed it on waking up, and a press then does not revive the page.
/// Ends with the component that called it.
pub fn after_idle(seconds: u32, on_idle: impl Fn() + Send + Sync + Copy + 'static) {
    let last_activity = StoredValue::new(Some(Date::now()));
    // False once the limit has passed.
    let check = move || {
        let Some(Some(last)) = last_activity.try_get_value() else {
            return false;
        };
        let within = Date::now() - last < f64::from(seconds) * 1000.0;
        if !within {
            last_activity.set_value(None);
            on_idle();
        }
        within
    };
    let on_return = move || {
        check();
    };
    let on_activity = move || {
        if check() {
            let _ = last_activity.try_set_value(Some(Date::now()));
        }
    };
    let listeners = [
        window_event_listener(ev::pointerdown, move |_| on_activity()),
        window_event_listener(ev::keydown, move |_| on_activity()),
        window_event_listener(ev::wheel, move |_| on_activity()),
        window_event_listener(ev::pageshow, move |_| on_return()),
        window_event_listener(ev::focus, move |_| on_return()),
    ];
    let interval = set_interval_with_handle(on_return, Duration::from_secs(1));
    on_cleanup(move || {
        listeners.into_iter().for_each(WindowListenerHandle::remove);
        if let Ok(interval) = interval {
            interval.clear();
        }
    });
}

//! The idle limit of a page without a session.

use std::time::Duration;

use leptos::{ev, prelude::*};

use crate::platform::Moment;

/// Calls `on_idle` once after `seconds` without a press, key, text or turn of the wheel, and again after each later use.
/// A device that was asleep has passed the limit on waking up, and a press then comes after `on_idle`. Ends with the
/// component or effect that called it.
pub fn after_idle(seconds: u32, on_idle: impl Fn() + Send + Sync + Copy + 'static) {
    let last_activity = StoredValue::new(Some(Moment::now()));
    let check = move || {
        if let Some(Some(last)) = last_activity.try_get_value()
            && last.elapsed() >= f64::from(seconds) * 1000.0
        {
            last_activity.set_value(None);
            on_idle();
        }
    };
    let on_activity = move || {
        check();
        let _ = last_activity.try_set_value(Some(Moment::now()));
    };
    let listeners = [
        window_event_listener(ev::pointerdown, move |_| on_activity()),
        window_event_listener(ev::keydown, move |_| on_activity()),
        window_event_listener(ev::wheel, move |_| on_activity()),
        // Text that is filled in or dictated comes without a key.
        window_event_listener(ev::input, move |_| on_activity()),
        window_event_listener(ev::pageshow, move |_| check()),
        window_event_listener(ev::focus, move |_| check()),
    ];
    let interval = set_interval_with_handle(check, Duration::from_secs(1));
    on_cleanup(move || {
        listeners.into_iter().for_each(WindowListenerHandle::remove);
        if let Ok(interval) = interval {
            interval.clear();
        }
    });
}

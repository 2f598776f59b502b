//! A timer that counts whole seconds down.

use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;

/// Seconds until a moment of the wall clock: a device that was asleep continues with what is left. After the
/// page is left its methods do nothing.
#[derive(Clone, Copy)]
pub struct Timer(RwSignal<Option<usize>>);

impl Timer {
    /// A timer that was never started.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Starts it. `on_end` runs once no second is left, unless the timer is stopped before.
    pub fn start(self, seconds: u32, on_end: impl Fn() + Copy + 'static) {
        let _ = self.0.try_set(Some(1));
        self.tick(Date::now() + f64::from(seconds) * 1000.0, on_end);
    }

    /// Stops it with no second left.
    pub fn stop(self) {
        let _ = self.0.try_set(Some(0));
    }

    /// Seconds left; `None` if it was never started. Tracks them.
    pub fn left(self) -> Option<usize> {
        self.0.try_get().flatten()
    }

    /// True while seconds are left. Tracks them.
    pub fn has_time_left(self) -> bool {
        matches!(self.left(), Some(1..))
    }

    /// True while seconds are left. Does not track them.
    pub fn is_running(self) -> bool {
        matches!(self.0.try_get_untracked(), Some(Some(1..)))
    }

    fn tick(self, until: f64, on_end: impl Fn() + Copy + 'static) {
        if !self.is_running() {
            return;
        }
        let left = ((until - Date::now()) / 1000.0).ceil().max(0.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most what a u32 was"
        )]
        let left = left as usize;
        let _ = self.0.try_set(Some(left));
        if left == 0 {
            on_end();
        } else {
            set_timeout(move || self.tick(until, on_end), Duration::from_secs(1));
        }
    }
}

impl Default for Timer {
    fn default() -> Self {
        Self::new()
    }
}

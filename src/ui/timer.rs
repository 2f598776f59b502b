//! A timer that counts whole seconds down.

use std::time::Duration;

use leptos::prelude::*;

use crate::platform::Moment;

/// Seconds that are left of a time: a device that was asleep continues with what is left, and a clock that is set
/// back puts nothing off. After the page is left its methods do nothing.
#[derive(Clone, Copy)]
pub struct Timer {
    left: RwSignal<Option<usize>>,
    /// Counts the starts: a tick of an earlier one does nothing.
    starts: StoredValue<u32>,
}

impl Timer {
    /// A timer that was never started.
    pub fn new() -> Self {
        Self {
            left: RwSignal::new(None),
            starts: StoredValue::new(0),
        }
    }

    /// Starts it. `on_end` runs once no second is left, unless the timer is stopped or started again before.
    pub fn start(self, seconds: u32, on_end: impl Fn() + Copy + 'static) {
        self.start_at(Moment::now(), seconds, on_end);
    }

    /// Starts it for what is left of some seconds since a moment.
    pub fn start_at(self, since: Moment, seconds: u32, on_end: impl Fn() + Copy + 'static) {
        let _ = self.left.try_set(Some(1));
        let _ = self.starts.try_update_value(|starts| *starts += 1);
        let end = (since, f64::from(seconds) * 1000.0);
        self.tick(end, self.starts.try_get_value(), on_end);
    }

    /// Stops it with no second left.
    pub fn stop(self) {
        if self.is_running() {
            let _ = self.left.try_set(Some(0));
        }
    }

    /// Seconds left; `None` if it was never started. Tracks them.
    pub fn left(self) -> Option<usize> {
        self.left.try_get().flatten()
    }

    /// True while seconds are left. Tracks them.
    pub fn has_time_left(self) -> bool {
        matches!(self.left(), Some(1..))
    }

    /// True while seconds are left. Does not track them.
    pub fn is_running(self) -> bool {
        matches!(self.left.try_get_untracked(), Some(Some(1..)))
    }

    fn tick(self, end: (Moment, f64), start: Option<u32>, on_end: impl Fn() + Copy + 'static) {
        if !self.is_running() || self.starts.try_get_value() != start {
            return;
        }
        let (since, milliseconds) = end;
        let left = ((milliseconds - since.elapsed()) / 1000.0).ceil().max(0.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most what a u32 was"
        )]
        let left = left as usize;
        let _ = self.left.try_set(Some(left));
        if left == 0 {
            on_end();
        } else {
            set_timeout(
                move || self.tick(end, start, on_end),
                Duration::from_secs(1),
            );
        }
    }
}

impl Default for Timer {
    fn default() -> Self {
        Self::new()
    }
}

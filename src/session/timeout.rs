//! The idle time-out and the absolute time-out of a session.
//!
//! Both are compared each second, on every return to the page and before anything that keeps a session: a device
//! that was asleep finds its session ended on waking up, and nothing revives it.

use std::time::Duration;

use ::config::SessionLimits;
use leptos::prelude::*;

use super::{end::end, probe::SessionProbe, time_left::TimeLeft};
use crate::{platform::Moment, router::Audience, state::AppState};

/// Clocks of a session. Copies stay valid after it ended, and then do nothing.
#[derive(Clone, Copy)]
pub(super) struct SessionTimer {
    pub(super) state: &'static AppState,
    limits: SessionLimits,
    opened: Moment,
    /// Last activity, here or in another tab.
    last_activity: StoredValue<Moment>,
    /// Seconds until sign-out while the warning is shown; 0 before.
    pub(super) seconds_left: RwSignal<usize>,
    /// True where nothing puts the end off for longer than a warning: the absolute time-out.
    pub(super) is_final: RwSignal<bool>,
    /// True once the person has answered the warning of the absolute time-out, which is shown once.
    final_answered: StoredValue<bool>,
    /// Checks of a staff session at the server.
    pub(super) probe: SessionProbe,
}

impl SessionTimer {
    /// Starts the clocks of a new session.
    pub(super) fn start(state: &'static AppState, audience: Audience) -> Self {
        let limits = match audience {
            Audience::Patient => state.config.patient_session_limits(),
            Audience::Staff => state.config.staff_session_limits(),
        };
        let now = Moment::now();
        let timer = Self {
            state,
            limits,
            opened: now,
            last_activity: StoredValue::new(now),
            seconds_left: RwSignal::new(0),
            is_final: RwSignal::new(false),
            final_answered: StoredValue::new(false),
            probe: SessionProbe::start(state),
        };
        timer.check_each_second();
        timer
    }

    /// Restarts the idle time-out; true if it did. While the warning is shown, only its button does.
    pub(super) fn record_activity(self) -> bool {
        let counts = self.check()
            && self.seconds_left.try_get_untracked() == Some(0)
            && self
                .last_activity
                .try_get_value()
                .is_some_and(|last| last.elapsed() > 1_000.0);
        counts && self.keep_alive()
    }

    /// Restarts the idle time-out, unless the session has ended meanwhile; true if it did.
    pub(super) fn keep_alive(self) -> bool {
        self.check() && {
            let _ = self.last_activity.try_set_value(Moment::now());
            self.check()
        }
    }

    /// Takes the answer to the warning: the person is there. True if that restarts the idle time-out.
    pub(super) fn answer(self) -> bool {
        if self.is_final.try_get_untracked() == Some(true) {
            let _ = self.final_answered.try_set_value(true);
        }
        self.keep_alive()
    }

    /// Ends the session if a limit has passed, else updates the warning; true if the session goes on.
    pub(super) fn check(self) -> bool {
        let Some(last_activity) = self.last_activity.try_get_value() else {
            return false;
        };
        let now = Moment::now();
        let (inactive, signed_in) = (last_activity.until(now), self.opened.until(now));
        let left = match TimeLeft::after(self.limits, inactive, signed_in) {
            Ok(left) => left,
            Err(reason) => {
                end(self.state, reason);
                return false;
            }
        };
        let answered = left.is_final && self.final_answered.try_get_value() == Some(true);
        let seconds_left = if answered { 0 } else { left.warning_seconds };
        set_if_changed(self.is_final, left.is_final);
        set_if_changed(self.seconds_left, seconds_left);
        true
    }

    /// Compares the clocks after a return to the page, and checks a staff session at the server.
    pub(super) fn resume(self) {
        if self.check() {
            self.probe.send(self.state);
        }
    }

    fn check_each_second(self) {
        if self.check() {
            set_timeout(move || self.check_each_second(), Duration::from_secs(1));
        }
    }
}

/// Sets a signal, without a notification where it has that value.
fn set_if_changed<T: PartialEq + Copy + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_get_untracked().is_some_and(|old| old != value) {
        let _ = signal.try_set(value);
    }
}

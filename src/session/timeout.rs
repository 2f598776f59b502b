//! The idle time-out and the absolute time-out of a session.
//!
//! Deadlines are wall-clock moments, compared each second and on every return to the page: a device that
//! was asleep checks what is left on waking up.

use std::time::Duration;

use ::config::SessionLimits;
use js_sys::Date;
use leptos::prelude::*;

use super::{
    end::{EndReason, end},
    probe::SessionProbe,
};
use crate::{router::Audience, state::AppState};

/// Clocks of a session. Copies stay valid after it ended, and then do nothing.
#[derive(Clone, Copy)]
pub(super) struct SessionTimer {
    pub(super) state: &'static AppState,
    limits: SessionLimits,
    opened: f64,
    /// Last activity, here or in another tab.
    last_activity: StoredValue<f64>,
    /// Seconds until sign-out while the warning is shown; 0 before.
    pub(super) seconds_left: RwSignal<usize>,
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
        let now = Date::now();
        let timer = Self {
            state,
            limits,
            opened: now,
            last_activity: StoredValue::new(now),
            seconds_left: RwSignal::new(0),
            probe: SessionProbe::start(state),
        };
        timer.check_each_second();
        timer
    }

    /// Restarts the idle time-out; true if it did. While the warning is shown, only its button does.
    pub(super) fn record_activity(self) -> bool {
        let counts = self.seconds_left.try_get_untracked() == Some(0)
            && Date::now() - self.last_activity.try_get_value().unwrap_or(f64::MAX) > 1_000.0;
        if counts {
            self.keep_alive();
        }
        counts
    }

    pub(super) fn keep_alive(self) {
        let _ = self.last_activity.try_set_value(Date::now());
        let _ = self.seconds_left.try_set(0);
    }

    pub(super) fn check(self) {
        let Some(last_activity) = self.last_activity.try_get_value() else {
            return;
        };
        let now = Date::now();
        let idle = last_activity + f64::from(self.limits.idle_seconds) * 1000.0 - now;
        let absolute = self.opened + f64::from(self.limits.absolute_seconds) * 1000.0 - now;
        if idle <= 0.0 || absolute <= 0.0 {
            return end(
                self.state,
                if absolute <= 0.0 {
                    EndReason::AbsoluteTimeout
                } else {
                    EndReason::Idle
                },
            );
        }
        let seconds_left = (idle.min(absolute) / 1000.0).ceil();
        let warn = seconds_left <= f64::from(self.limits.warn_seconds);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number of seconds, a week at most"
        )]
        let seconds_left = if warn { seconds_left as usize } else { 0 };
        let _ = self.seconds_left.try_set(seconds_left);
    }

    /// Compares the clocks after a return to the page, and checks a staff session at the server.
    pub(super) fn resume(self) {
        self.check();
        self.probe.send(self.state);
    }

    fn check_each_second(self) {
        if self.last_activity.try_get_value().is_some() {
            self.check();
            set_timeout(move || self.check_each_second(), Duration::from_secs(1));
        }
    }
}

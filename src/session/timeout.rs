//! The idle and absolute time-outs of a session.
//!
//! Deadlines are moments on the wall clock, looked at each second and whenever the page is come back
//! to: a device that sleeps wakes up to what is left of them, which may be nothing.

use std::time::Duration;

use ::config::Session as Limits;
use contract::refusal::Refusal;
use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};

use super::end::{EndReason, end};
use crate::{
    api::{self, ApiError},
    router::Audience,
    state::AppState,
    store::Person,
};

/// What is known of a session's time. Lives as long as the session does.
#[derive(Clone, Copy)]
pub(super) struct SessionTimer {
    pub(super) state: &'static AppState,
    limits: Limits,
    opened: f64,
    /// When somebody last did something, here or in another tab.
    active: StoredValue<f64>,
    /// Seconds until sign-out, from the warning on; 0 before.
    pub(super) left: RwSignal<usize>,
    /// When the server last heard of the session.
    asked: StoredValue<f64>,
}

/// How often the server is asked at most whether a session still holds, in milliseconds.
const ASK_EVERY: f64 = 60_000.0;

impl SessionTimer {
    /// Starts the clocks of a session that begins now.
    pub(super) fn start(state: &'static AppState, audience: Audience) -> Self {
        let limits = match audience {
            Audience::Patient => state.config.patient_session(),
            Audience::Staff => state.config.staff_session(),
        };
        let now = Date::now();
        let timer = Self {
            state,
            limits,
            opened: now,
            active: StoredValue::new(now),
            left: RwSignal::new(0),
            asked: StoredValue::new(now),
        };
        timer.check_each_second();
        timer
    }

    /// Somebody did something. Once the warning is up it takes an answer to it.
    pub(super) fn record_activity(self) -> bool {
        let counts = self.left.try_get_untracked() == Some(0)
            && Date::now() - self.active.try_get_value().unwrap_or(f64::MAX) > 1_000.0;
        if counts {
            self.keep_alive();
        }
        counts
    }

    pub(super) fn keep_alive(self) {
        let _ = self.active.try_set_value(Date::now());
        let _ = self.left.try_set(0);
    }

    pub(super) fn check(self) {
        let Some(active) = self.active.try_get_value() else {
            return;
        };
        let now = Date::now();
        let idle = active + f64::from(self.limits.idle_seconds) * 1000.0 - now;
        let late = self.opened + f64::from(self.limits.absolute_seconds) * 1000.0 - now;
        if idle <= 0.0 || late <= 0.0 {
            return end(
                self.state,
                if late <= 0.0 {
                    EndReason::AbsoluteTimeout
                } else {
                    EndReason::Idle
                },
            );
        }
        let left = (idle.min(late) / 1000.0).ceil();
        let warn = left <= f64::from(self.limits.warn_seconds);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number of seconds, a week at most"
        )]
        let left = if warn { left as usize } else { 0 };
        let _ = self.left.try_set(left);
    }

    /// The person is back. The session of a member of staff may have been ended on the server
    /// meanwhile, and nothing else in the portal would ever hear of it. Only a clear "no" ends it
    /// here, too: a service that is down, or forbids just this question, is no reason.
    pub(super) fn resume(self) {
        self.check();
        let Some(asked) = self.asked.try_get_value() else {
            return;
        };
        let now = Date::now();
        let config = self.state.config;
        let asking = self
            .state
            .session
            .with_now(|session| match session.person() {
                Some(Person::Staff(signed_in)) if now - asked > ASK_EVERY => {
                    Some(api::staff::validate_session(config, signed_in))
                }
                _ => None,
            });
        let Some(asking) = asking else {
            return;
        };
        let _ = self.asked.try_set_value(now);
        spawn_local(async move {
            let answer = asking.await;
            // It may be another's session by now.
            if self.asked.try_get_value() == Some(now)
                && answer == Err(ApiError::Service(Refusal::SessionOver))
            {
                end(self.state, EndReason::Revoked);
            }
        });
    }

    fn check_each_second(self) {
        if self.active.try_get_value().is_some() {
            self.check();
            set_timeout(move || self.check_each_second(), Duration::from_secs(1));
        }
    }
}

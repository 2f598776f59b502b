//! The idle and absolute time-outs of a session.
//!
//! Deadlines are moments on the wall clock, looked at each second and whenever the page is come back
//! to: a device that sleeps wakes up to what is left of them, which may be nothing.

use std::time::Duration;

use ::config::Session as Limits;
use contract::refusal::Refusal;
use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};

use super::end::{End, end};
use crate::{
    api::{self, Failure},
    router::Entrance,
    state::Portal,
    store::Person,
};

/// What is known of a session's time. Lives as long as the session does.
#[derive(Clone, Copy)]
pub(super) struct Watch {
    pub(super) portal: &'static Portal,
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

impl Watch {
    /// Starts the clocks of a session that begins now.
    pub(super) fn start(portal: &'static Portal, entrance: Entrance) -> Self {
        let limits = match entrance {
            Entrance::Patient => portal.config.patient_session(),
            Entrance::Staff => portal.config.staff_session(),
        };
        let now = Date::now();
        let watch = Self {
            portal,
            limits,
            opened: now,
            active: StoredValue::new(now),
            left: RwSignal::new(0),
            asked: StoredValue::new(now),
        };
        watch.look_each_second();
        watch
    }

    /// Somebody did something. Once the warning is up it takes an answer to it.
    pub(super) fn note_activity(self) -> bool {
        let counts = self.left.try_get_untracked() == Some(0)
            && Date::now() - self.active.try_get_value().unwrap_or(f64::MAX) > 1_000.0;
        if counts {
            self.stay();
        }
        counts
    }

    pub(super) fn stay(self) {
        let _ = self.active.try_set_value(Date::now());
        let _ = self.left.try_set(0);
    }

    pub(super) fn look(self) {
        let Some(active) = self.active.try_get_value() else {
            return;
        };
        let now = Date::now();
        let idle = active + f64::from(self.limits.idle_seconds) * 1000.0 - now;
        let late = self.opened + f64::from(self.limits.absolute_seconds) * 1000.0 - now;
        if idle <= 0.0 || late <= 0.0 {
            return end(self.portal, if late <= 0.0 { End::Late } else { End::Idle });
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
    pub(super) fn come_back(self) {
        self.look();
        let Some(asked) = self.asked.try_get_value() else {
            return;
        };
        let now = Date::now();
        let config = self.portal.config;
        let asking = self
            .portal
            .session
            .with_now(|session| match session.person() {
                Some(Person::Staff(signed_in)) if now - asked > ASK_EVERY => {
                    Some(api::staff::look_after(config, signed_in))
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
                && answer == Err(Failure::Refused(Refusal::SessionOver))
            {
                end(self.portal, End::Over);
            }
        });
    }

    fn look_each_second(self) {
        if self.active.try_get_value().is_some() {
            self.look();
            set_timeout(move || self.look_each_second(), Duration::from_secs(1));
        }
    }
}

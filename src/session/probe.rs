//! Checks of a staff session at the server, which may have ended or replaced it meanwhile.

use std::time::Duration;

use contract::service_error::ServiceError;
use leptos::{prelude::*, task::spawn_local};

use super::{
    end::{EndReason, end},
    tabs::{may_be_replaced, set_may_be_replaced},
};
use crate::{
    api::{self, ApiError},
    platform::Moment,
    state::AppState,
};

/// Shortest time between two checks, in milliseconds.
const INTERVAL: f64 = 60_000.0;

/// Pauses before a refused check is repeated. A service that restarts refuses valid sessions for half a
/// minute.
const PAUSES: [Duration; 2] = [Duration::from_secs(15), Duration::from_secs(23)];

/// Checks of a session. Copies stay valid after it ended, and then do nothing.
#[derive(Clone, Copy)]
pub(super) struct SessionProbe {
    /// Start of the last check.
    started: StoredValue<Option<Moment>>,
    /// True once a check succeeded: from then on a refusal means something.
    succeeded: StoredValue<bool>,
}

impl SessionProbe {
    /// Starts to check the session in the store: at once, unless its sign-in has asked already, as it does
    /// for a cookie.
    pub(super) fn start(state: &'static AppState) -> Self {
        let session = state.session;
        let started = session.has_cookie_now().then(Moment::now);
        let confirmed = session.with_staff_now(|it| it.confirmed) == Some(true);
        let probe = Self {
            started: StoredValue::new(started),
            succeeded: StoredValue::new(confirmed),
        };
        probe.send(state);
        probe
    }

    /// Checks a session in a cookie at once: another tab has signed in, perhaps another person.
    pub(super) fn send_for_other_tab(self, state: &'static AppState) {
        if state.session.has_cookie_now() {
            set_may_be_replaced(true);
            self.check(state, Moment::now(), &PAUSES);
        }
    }

    /// Checks the session, at most once in [`INTERVAL`].
    pub(super) fn send(self, state: &'static AppState) {
        let is_due = |last: Option<Moment>| last.is_none_or(|last| last.elapsed() > INTERVAL);
        if self.started.try_get_value().is_some_and(is_due) {
            self.check(state, Moment::now(), &PAUSES);
        }
    }

    /// Checks the session. The end of a session is the refusal of a check that succeeded before, and that is
    /// refused again after each of the pauses. Any other error says nothing about the session.
    fn check(self, state: &'static AppState, started: Moment, pauses: &'static [Duration]) {
        let probe = |signed_in: &_| api::staff::probe(state.config, signed_in);
        let Some(probe) = state.session.with_staff_now(probe).flatten() else {
            return;
        };
        let _ = self.started.try_set_value(Some(started));
        spawn_local(async move {
            let result = probe.await;
            // The store may hold another session by now.
            if self.started.try_get_value() != Some(Some(started)) {
                return;
            }
            match result {
                Ok(owner) => {
                    // Tabs share a cookie, never a token, whatever the service calls its owner.
                    let is_other = state.session.with_staff_now(|signed_in| {
                        signed_in.has_cookie()
                            && owner.is_some_and(|owner| owner.is_other_than(&signed_in.staff))
                    });
                    if is_other != Some(true) {
                        let _ = self.succeeded.try_set_value(true);
                        set_may_be_replaced(false);
                    } else if self.succeeded.try_get_value() == Some(true) || may_be_replaced() {
                        end(state, EndReason::OtherPerson);
                    } else {
                        end(state, EndReason::NotKept);
                    }
                }
                Err(ApiError::Service(ServiceError::SessionOver))
                    if self.succeeded.try_get_value() == Some(true) =>
                {
                    match pauses.split_first() {
                        None => end(state, EndReason::Revoked),
                        Some((pause, later)) => set_timeout(
                            move || {
                                if self.started.try_get_value() == Some(Some(started)) {
                                    self.check(state, started, later);
                                }
                            },
                            *pause,
                        ),
                    }
                }
                Err(_) => {}
            }
        });
    }
}

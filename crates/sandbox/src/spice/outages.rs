//! Parts of a SPICE that are down. One outage at a time; it lasts until it is replaced, or for a number
//! of seconds by the service's clock.

use super::clock::Millis;
use super::headers::{Reply, Sender, bad_gateway, gateway_error};
use crate::spice_version::SpiceVersion;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The time without a response while the database is gone.
const DATABASE_TIMEOUT_MS: u64 = 31_000;

/// A part that is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Part {
    /// Redis, which holds the sessions.
    Redis,
    /// The database, which holds the accounts.
    Database,
    /// The sign-in service.
    SignIn,
    /// The sign-in service, stopped in good order or not yet registered.
    SignInStopped,
    /// The user service.
    User,
    /// All services are starting again: the sign-in service is down and the user service refuses good
    /// sessions.
    Restart,
    /// Nothing is down, but another person signs in to 1.x at the same moment.
    Race,
}

/// An outage as the control API sets it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Outage {
    part: Part,
    /// Its length; `null` until it is replaced.
    #[serde(default)]
    seconds: Option<u64>,
    /// The number of sign-ins that a race hits.
    #[serde(default = "one")]
    times: u32,
    /// The wait before a response while the database is gone.
    #[serde(default = "database_timeout")]
    wait_ms: u64,
}

fn one() -> u32 {
    1
}

fn database_timeout() -> u64 {
    DATABASE_TIMEOUT_MS
}

/// The outage in force.
#[derive(Debug, Default)]
pub(crate) struct Outages {
    outage: Option<Outage>,
    ends: Option<Millis>,
}

impl Outages {
    /// Replaces the outage: JSON, `null` for none.
    pub(crate) fn replace(&mut self, json: &[u8], now: Millis) -> anyhow::Result<()> {
        self.outage = serde_json::from_slice(json)?;
        self.ends = self
            .outage
            .as_ref()
            .and_then(|outage| outage.seconds)
            .map(|seconds| now + seconds * 1000);
        Ok(())
    }

    pub(crate) fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(&self.outage)
    }

    fn part(&self, now: Millis) -> Option<Part> {
        let outage = self.outage.as_ref()?;
        (self.ends.is_none_or(|ends| now < ends)).then_some(outage.part)
    }

    pub(crate) fn without_redis(&self, now: Millis) -> bool {
        self.part(now) == Some(Part::Redis)
    }

    /// Returns `true` for a right sign-in to 1.x that meets another one.
    pub(crate) fn takes_race(&mut self, now: Millis) -> bool {
        if self.part(now) != Some(Part::Race) {
            return false;
        }
        let Some(outage) = &mut self.outage else {
            return false;
        };
        let hit = outage.times > 0;
        outage.times = outage.times.saturating_sub(1);
        hit
    }

    /// The reply that takes the place of that of a service.
    pub(crate) fn before_service(
        &self,
        version: SpiceVersion,
        service: Sender,
        path: &str,
        now: Millis,
    ) -> Option<Reply> {
        let part = self.part(now)?;
        let down = |status| match version {
            SpiceVersion::V1 => gateway_error(status, path, now),
            SpiceVersion::V2 => bad_gateway(),
        };
        match (part, service == Sender::SignIn) {
            (Part::Redis | Part::User, true) | (Part::Race, _) => None,
            (Part::Redis | Part::Restart, false) => Some(Reply::unauthorized(Sender::User)),
            (Part::Database, true) => Some(self.database_gone(Sender::SignIn)),
            // 1.x asks its database for no more than the profile.
            (Part::Database, false) => (version == SpiceVersion::V2 || path.ends_with("/profile"))
                .then(|| self.database_gone(Sender::User)),
            (Part::SignIn, true) | (Part::User, false) => {
                Some(down(StatusCode::INTERNAL_SERVER_ERROR))
            }
            (Part::SignInStopped | Part::Restart, true) => {
                Some(down(StatusCode::SERVICE_UNAVAILABLE))
            }
            // SPICE 2.0's user service asks the sign-in service about each session.
            (Part::SignIn | Part::SignInStopped, false) => {
                (version == SpiceVersion::V2).then(|| Reply::unauthorized(Sender::User))
            }
        }
    }

    /// 401 with nothing, after a long wait.
    fn database_gone(&self, sender: Sender) -> Reply {
        let wait = self.outage.as_ref().map_or(0, |outage| outage.wait_ms);
        Reply::unauthorized(sender).after(Duration::from_millis(wait))
    }
}

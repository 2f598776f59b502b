//! The state of the staff service between calls.

use super::account::Account;
use super::accounts::PasswordAttempts;
use super::clock::Clock;
use super::outages::Outages;
use super::recorded;
use super::session::Sessions;
use super::settings::StaffOptions;
use crate::people::People;
use crate::request::BufferedRequest;
use crate::spice_version::SpiceVersion;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha512;
use std::fmt::Write;

/// The staff service of one sandbox.
#[derive(Debug)]
pub(crate) struct StaffService {
    pub(crate) accounts: Vec<Account>,
    /// The hashes of the accounts' passwords.
    pub(crate) hashes: Vec<String>,
    pub(crate) attempts: PasswordAttempts,
    pub(crate) sessions: Sessions,
    pub(crate) outages: Outages,
    pub(crate) clock: Clock,
    pub(crate) settings: StaffOptions,
    /// The accounts that accepted the terms since the start or the last reset.
    pub(crate) accepted_terms: Vec<usize>,
    at_start: StaffOptions,
}

impl StaffService {
    pub(crate) fn new(
        people: &People,
        password_key: &str,
        settings: StaffOptions,
    ) -> anyhow::Result<Self> {
        let accounts = recorded::accounts(people)?;
        let hashes = accounts
            .iter()
            .map(|account| password_hash(password_key, &account.password))
            .collect::<anyhow::Result<_>>()?;
        Ok(Self {
            attempts: PasswordAttempts::none(accounts.len()),
            accounts,
            hashes,
            sessions: Sessions::default(),
            outages: Outages::default(),
            clock: Clock::default(),
            accepted_terms: Vec::new(),
            at_start: settings.clone(),
            settings,
        })
    }

    /// Forgets wrong passwords, locks, sessions and outages; sets clock and options to those of the
    /// start.
    pub(crate) fn reset(&mut self) {
        self.attempts = PasswordAttempts::none(self.accounts.len());
        self.sessions = Sessions::default();
        self.outages = Outages::default();
        self.clock = Clock::default();
        self.settings = self.at_start.clone();
        self.accepted_terms.clear();
    }

    /// The version that answers a request: the chosen one, that of the request's session, or that of
    /// its `client`.
    pub(crate) fn version_of(&self, request: &BufferedRequest) -> SpiceVersion {
        if let Some(version) = self.settings.version {
            return version;
        }
        let by_client = SpiceVersion::of_client(request.header("client"));
        if request.uri.path() == "/auth-service/session" {
            return by_client;
        }
        self.sessions.version_of(request).unwrap_or(by_client)
    }

    /// The sessions that are alive, as JSON without their tokens, by user name and client.
    pub(crate) fn live_sessions(&self) -> serde_json::Value {
        let alive = self.sessions.alive(self.clock.now());
        let mut shown: Vec<_> = alive
            .map(|session| {
                let account = self.accounts.get(session.account);
                let username = account.map_or("", |account| &account.username);
                (username, &session.client, session.version)
            })
            .collect();
        shown.sort_unstable_by_key(|(username, client, _)| (*username, *client));
        let sessions = shown.into_iter().map(|(username, client, version)| {
            json!({ "version": version, "username": username, "client": client })
        });
        sessions.collect()
    }

    /// The people of the recordings and of each role, as JSON.
    pub(crate) fn recorded_people(&self) -> serde_json::Value {
        recorded::shown(&self.accounts)
    }
}

/// The lower-case hex HMAC-SHA512 of a password's UTF-8 text.
pub(crate) fn password_hash(key: &str, password: &str) -> anyhow::Result<String> {
    let mut mac = Hmac::<Sha512>::new_from_slice(key.as_bytes())?;
    mac.update(password.as_bytes());
    let digest = mac.finalize().into_bytes();
    Ok(digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use super::password_hash;

    #[test]
    fn password_hash_matches_the_documented_samples() {
        let hash = password_hash("spice_opensource", "Passw0rd92").unwrap();
        assert_eq!(hash.len(), 128);
        assert!(hash.starts_with("00e19016888897688d85cc3f2c1b2b0d"));
        let unkeyed = password_hash("", "Spice@123").unwrap();
        assert!(unkeyed.starts_with("f9110ea91e376d76c232d8bad32c2068"));
    }
}

//! The state of the staff service between calls: failed attempts, locks and tokens.

use crate::people::{AccountState, People};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use std::collections::HashMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// The `client` of SPICE 2.0 in a browser, whose session is a cookie.
pub(crate) const CLIENT_WEB: &str = "web";
/// The `client` of SPICE 2.0 on a phone, whose session is a token.
const CLIENT_MOBILE: &str = "mob";

/// The number of failed attempts that locks an account.
const MAX_FAILED_ATTEMPTS: u32 = 5;
/// The duration of a lock in SPICE 1.x.
const LOCK_DURATION_V1: Duration = Duration::from_hours(2);
/// The duration of a lock in SPICE 2.0.
const LOCK_DURATION_V2: Duration = Duration::from_mins(5);
/// The lifetime of a token after its last use.
const TOKEN_LIFETIME: Duration = Duration::from_hours(2);

/// The result of checking a user name and a password.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PasswordCheck {
    /// Correct password; the index of the account among the staff.
    Correct(usize),
    /// Unknown user, inactive account, or wrong password.
    Wrong,
    /// The failed attempt that locked the account.
    JustLocked,
    /// Any attempt while the account is locked.
    Locked,
}

/// A version of SPICE. Each has accounts of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpiceVersion {
    V1,
    V2,
}

impl SpiceVersion {
    /// The version for a `client` header: 2.0 for `web` and `mob`, 1.x for all others.
    pub(crate) fn of(client: &str) -> Self {
        match client {
            CLIENT_WEB | CLIENT_MOBILE => Self::V2,
            _ => Self::V1,
        }
    }

    fn lock_duration(self) -> Duration {
        match self {
            Self::V1 => LOCK_DURATION_V1,
            Self::V2 => LOCK_DURATION_V2,
        }
    }
}

#[derive(Debug)]
struct Account {
    version: SpiceVersion,
    username: String,
    password_hash: String,
    state: AccountState,
    failed_attempts: u32,
    locked_until: Option<Instant>,
}

/// Accounts with their locks, and the tokens in use with their expiry.
#[derive(Debug)]
pub(crate) struct StaffAccounts {
    accounts: Vec<Account>,
    tokens: HashMap<String, Instant>,
}

impl StaffAccounts {
    pub(crate) fn new(people: &People, password_key: &str) -> anyhow::Result<Self> {
        let accounts = people
            .staff
            .iter()
            .map(|staff| {
                Ok(Account {
                    version: SpiceVersion::of(&staff.credentials.client),
                    username: staff.credentials.username.to_lowercase(),
                    password_hash: password_hash(password_key, &staff.credentials.password)?,
                    state: staff.credentials.state,
                    failed_attempts: 0,
                    locked_until: None,
                })
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Self {
            accounts,
            tokens: HashMap::new(),
        })
    }

    /// Clears failed attempts, locks and tokens.
    pub(crate) fn reset(&mut self) {
        self.tokens.clear();
        for account in &mut self.accounts {
            account.failed_attempts = 0;
            account.locked_until = None;
        }
    }

    pub(crate) fn check_password(
        &mut self,
        version: SpiceVersion,
        username: &str,
        hash: &str,
    ) -> PasswordCheck {
        let wanted = username.to_lowercase();
        let found = self
            .accounts
            .iter_mut()
            .enumerate()
            .find(|(_, account)| account.version == version && account.username == wanted);
        let Some((index, account)) = found else {
            return PasswordCheck::Wrong;
        };
        match account.state {
            AccountState::Active => {}
            AccountState::Locked => return PasswordCheck::Locked,
            AccountState::Inactive => return PasswordCheck::Wrong,
        }
        let now = Instant::now();
        match account.locked_until {
            Some(end) if now < end => return PasswordCheck::Locked,
            Some(_) => {
                account.locked_until = None;
                account.failed_attempts = 0;
            }
            None => {}
        }
        if account.password_hash == hash {
            account.failed_attempts = 0;
            return PasswordCheck::Correct(index);
        }
        account.failed_attempts += 1;
        if account.failed_attempts < MAX_FAILED_ATTEMPTS {
            return PasswordCheck::Wrong;
        }
        account.locked_until = Some(now + version.lock_duration());
        PasswordCheck::JustLocked
    }

    /// A new opaque token.
    pub(crate) fn issue_token(&mut self) -> anyhow::Result<String> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
        let token = hex(&bytes);
        self.tokens
            .insert(token.clone(), Instant::now() + TOKEN_LIFETIME);
        Ok(token)
    }

    /// Returns `true` for a valid token and extends its lifetime.
    pub(crate) fn use_token(&mut self, token: &str) -> bool {
        let now = Instant::now();
        match self.tokens.get_mut(token) {
            Some(end) if now < *end => {
                *end = now + TOKEN_LIFETIME;
                true
            }
            _ => false,
        }
    }

    /// Ends a session; returns `false` when there was none.
    pub(crate) fn revoke(&mut self, token: &str) -> bool {
        self.tokens
            .remove(token)
            .is_some_and(|end| Instant::now() < end)
    }
}

/// The lower-case hex HMAC-SHA512 of a password's UTF-8 text.
fn password_hash(key: &str, password: &str) -> anyhow::Result<String> {
    let mut mac = Hmac::<Sha512>::new_from_slice(key.as_bytes())?;
    mac.update(password.as_bytes());
    Ok(hex(&mac.finalize().into_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
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

//! What the staff service remembers between calls: wrong tries, locks and tokens.

use crate::people::{AccountState, People};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use std::collections::HashMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// SPICE 2.0 in a browser: the session is a cookie.
pub(crate) const WEB: &str = "web";
/// SPICE 2.0 on a phone: the session is a token.
const MOB: &str = "mob";

/// The try that locks.
const TRIES: u32 = 5;
/// How long a lock holds in SPICE 1.x.
const LOCK: Duration = Duration::from_hours(2);
/// How long one holds in SPICE 2.0.
const LOCK_2: Duration = Duration::from_mins(5);
/// How long a token lives after its last use.
const SESSION: Duration = Duration::from_hours(2);

/// What became of a user name and a password.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The right password; the index of the account among the staff.
    Right(usize),
    /// Unknown, inactive, or a wrong password.
    Wrong,
    /// The wrong try that locked the account.
    NowLocked,
    /// Any try while locked.
    Locked,
}

/// Which SPICE: two services in one, with accounts of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    One,
    Two,
}

impl Version {
    /// By the `client`: 2.0 knows exactly two.
    pub(crate) fn of(client: &str) -> Self {
        match client {
            WEB | MOB => Self::Two,
            _ => Self::One,
        }
    }

    fn lock(self) -> Duration {
        match self {
            Self::One => LOCK,
            Self::Two => LOCK_2,
        }
    }
}

#[derive(Debug)]
struct Account {
    version: Version,
    username: String,
    password_hash: String,
    state: AccountState,
    wrong_tries: u32,
    locked_until: Option<Instant>,
}

/// The memory of the staff service.
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
                    version: Version::of(&staff.keys.client),
                    username: staff.keys.username.to_lowercase(),
                    password_hash: password_hash(password_key, &staff.keys.password)?,
                    state: staff.keys.state,
                    wrong_tries: 0,
                    locked_until: None,
                })
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Self {
            accounts,
            tokens: HashMap::new(),
        })
    }

    /// Forgets wrong tries, locks and tokens.
    pub(crate) fn reset(&mut self) {
        self.tokens.clear();
        for account in &mut self.accounts {
            account.wrong_tries = 0;
            account.locked_until = None;
        }
    }

    pub(crate) fn try_password(&mut self, version: Version, username: &str, hash: &str) -> Verdict {
        let wanted = username.to_lowercase();
        let found = self
            .accounts
            .iter_mut()
            .enumerate()
            .find(|(_, account)| account.version == version && account.username == wanted);
        let Some((index, account)) = found else {
            return Verdict::Wrong;
        };
        match account.state {
            AccountState::Active => {}
            AccountState::Locked => return Verdict::Locked,
            AccountState::Inactive => return Verdict::Wrong,
        }
        let now = Instant::now();
        match account.locked_until {
            Some(end) if now < end => return Verdict::Locked,
            Some(_) => {
                account.locked_until = None;
                account.wrong_tries = 0;
            }
            None => {}
        }
        if account.password_hash == hash {
            account.wrong_tries = 0;
            return Verdict::Right(index);
        }
        account.wrong_tries += 1;
        if account.wrong_tries < TRIES {
            return Verdict::Wrong;
        }
        account.locked_until = Some(now + version.lock());
        Verdict::NowLocked
    }

    /// A new opaque token.
    pub(crate) fn issue_token(&mut self) -> anyhow::Result<String> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
        let token = hex(&bytes);
        self.tokens.insert(token.clone(), Instant::now() + SESSION);
        Ok(token)
    }

    /// Whether the token is good; using it makes it live on.
    pub(crate) fn use_token(&mut self, token: &str) -> bool {
        let now = Instant::now();
        match self.tokens.get_mut(token) {
            Some(end) if now < *end => {
                *end = now + SESSION;
                true
            }
            _ => false,
        }
    }

    /// Ends a session; `false` when there was none.
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
    fn hashes_as_documented() {
        let hash = password_hash("spice_opensource", "Passw0rd92").unwrap();
        assert_eq!(hash.len(), 128);
        assert!(hash.starts_with("00e19016888897688d85cc3f2c1b2b0d"));
        let unkeyed = password_hash("", "Spice@123").unwrap();
        assert!(unkeyed.starts_with("f9110ea91e376d76c232d8bad32c2068"));
    }
}

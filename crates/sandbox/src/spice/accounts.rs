//! Finding an account by the name that was typed, counting its wrong passwords, and its locks.

use super::account::{Account, Damage};
use super::clock::Millis;
use crate::people::AccountState;
use crate::spice_version::SpiceVersion;

/// The number of wrong passwords that locks an account.
const MAX_WRONG_PASSWORDS: u32 = 5;
const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
/// SPICE 1.x compares the hours since the lock *within their day* with this number, so a lock comes
/// back for two hours on each following day.
const LOCK_HOURS_V1: Millis = 1;
const HOURS_A_DAY: Millis = 24;
/// SPICE 2.0 compares whole minutes with this number: a lock of six minutes.
const LOCK_MINUTES_V2: Millis = 5;

/// The result of checking a user name and a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasswordCheck {
    /// Correct password; the index of the account.
    Correct(usize),
    /// Unknown or inactive account, or wrong password.
    Wrong,
    /// The wrong password that locked the account.
    JustLocked,
    /// Any password while the account is locked.
    Locked,
    /// The service fails at this account.
    Broken,
}

/// The wrong passwords of one account.
#[derive(Clone, Copy, Debug, Default)]
struct Attempts {
    wrong: u32,
    locked_at: Option<Millis>,
}

/// The wrong passwords of all accounts. Time alone takes none away.
#[derive(Debug)]
pub(crate) struct PasswordAttempts(Vec<Attempts>);

impl PasswordAttempts {
    pub(crate) fn none(accounts: usize) -> Self {
        Self(vec![Attempts::default(); accounts])
    }

    /// Checks the hash of a password, and counts a wrong one.
    pub(crate) fn check(
        &mut self,
        accounts: &[Account],
        hashes: &[String],
        version: SpiceVersion,
        typed: (&str, &str),
        now: Millis,
    ) -> PasswordCheck {
        let (username, hash) = typed;
        let (index, account) = match find(accounts, version, username) {
            Found::None => return PasswordCheck::Wrong,
            Found::Several => return PasswordCheck::Broken,
            Found::One(index, account) => (index, account),
        };
        match account.state {
            AccountState::Active => {}
            AccountState::Locked => return PasswordCheck::Locked,
            AccountState::Inactive => return PasswordCheck::Wrong,
        }
        if account.damage == Some(Damage::Uncounted) {
            return PasswordCheck::Broken;
        }
        let Some(attempts) = self.0.get_mut(index) else {
            return PasswordCheck::Broken;
        };
        if attempts
            .locked_at
            .is_some_and(|at| is_locked(version, now.saturating_sub(at)))
        {
            return PasswordCheck::Locked;
        }
        if hashes.get(index).is_some_and(|right| right == hash) {
            *attempts = Attempts::default();
            // A person without any role is refused only now.
            if account.roles().is_empty() {
                return PasswordCheck::Wrong;
            }
            return PasswordCheck::Correct(index);
        }
        if attempts.locked_at.take().is_some() {
            // The first wrong password after a lock.
            attempts.wrong = 1;
            return PasswordCheck::Wrong;
        }
        attempts.wrong += 1;
        if attempts.wrong < MAX_WRONG_PASSWORDS {
            return PasswordCheck::Wrong;
        }
        attempts.locked_at = Some(now);
        PasswordCheck::JustLocked
    }
}

/// Returns `true` while an account is locked, by the time since the wrong password that locked it.
fn is_locked(version: SpiceVersion, since: Millis) -> bool {
    match version {
        SpiceVersion::V1 => since / HOUR % HOURS_A_DAY <= LOCK_HOURS_V1,
        SpiceVersion::V2 => since / MINUTE <= LOCK_MINUTES_V2,
    }
}

enum Found<'a> {
    None,
    One(usize, &'a Account),
    Several,
}

/// The account of a name, which is compared without case and without spaces around it. SPICE 2.0 takes
/// digits for a phone number.
fn find<'a>(accounts: &'a [Account], version: SpiceVersion, username: &str) -> Found<'a> {
    let name = username.trim().to_lowercase();
    let is_phone = version == SpiceVersion::V2 && name.bytes().all(|byte| byte.is_ascii_digit());
    let mut found = accounts.iter().enumerate().filter(|(_, account)| {
        account.version == version
            && if is_phone {
                account.phone.as_ref() == Some(&name)
            } else {
                account.username == name
            }
    });
    match (found.next(), found.next()) {
        (None, _) => Found::None,
        (Some((index, account)), None) => Found::One(index, account),
        (Some(_), Some(_)) => Found::Several,
    }
}

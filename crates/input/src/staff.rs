//! The user name of a member of staff. Whoever runs the directory decides what is in one, so
//! this takes off only what came along when it was pasted.

use crate::{personal::Personal, sanitize::is_blank, sanitize_digits};

/// A user name as it is sent: as typed, without white space and invisible characters around it
/// (input rules, "staff user name").
///
/// Wiped on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct StaffUsername(Personal);

impl StaffUsername {
    /// The name.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The same name for a service where phone numbers are names, too: one that is nothing but a
    /// number comes in plain digits without separators, whatever keyboard wrote it. A country's
    /// code, with its plus, stays: which one to drop is the service's knowledge.
    #[must_use]
    pub fn or_phone(self) -> Self {
        let number = {
            let typed = sanitize_digits(self.as_str());
            let mut digits = typed.clone().peekable();
            digits.next_if_eq(&'+');
            (digits.peek().is_some() && digits.all(|c| c.is_ascii_digit()))
                .then(|| Self(Personal::collect(typed)))
        };
        number.unwrap_or(self)
    }
}

/// Why a text cannot be a user name (input rules, table of errors and hints).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffUsernameError {
    /// Nothing was typed that can be seen.
    Empty,
}

/// Reads a user name. Nothing inside it is touched, and there is no limit to its length.
///
/// # Errors
///
/// [`StaffUsernameError::Empty`] if nothing is left to send.
pub fn staff_username(raw: &str) -> Result<StaffUsername, StaffUsernameError> {
    match raw.trim_matches(is_blank) {
        "" => Err(StaffUsernameError::Empty),
        name => Ok(StaffUsername(Personal::copy(name))),
    }
}

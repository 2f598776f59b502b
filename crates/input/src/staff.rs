//! Parser for the user name of a staff member. Its format is up to the staff directory, so only white space
//! around it and invisible characters are removed, and full-width characters become ASCII.

use crate::{
    sanitize::{is_blank, is_invisible, narrow, signed_digits},
    wiped::WipedText,
};

/// A user name as it is sent: as typed, without white space around it and without invisible characters
/// (input rules, "staff user name").
///
/// Wiped on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct StaffUsername(WipedText);

impl StaffUsername {
    /// The user name.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Normalizes a phone number used as a user name to ASCII digits without separators; any other
    /// name is unchanged. A calling code with its plus is kept: the service decides whether to drop it.
    ///
    /// ```
    /// let name = input::staff_username("٠٧٦ ١٢٣ ٤٥٦").unwrap().normalize_phone();
    /// assert_eq!(name.as_str(), "076123456");
    ///
    /// let name = input::staff_username("a-1").unwrap().normalize_phone();
    /// assert_eq!(name.as_str(), "a-1");
    /// ```
    #[must_use]
    pub fn normalize_phone(self) -> Self {
        let number = signed_digits(self.as_str()).map(|(plus, digits)| {
            let plus = plus.then_some('+').into_iter();
            Self(WipedText::collect(plus.chain(digits)))
        });
        number.unwrap_or(self)
    }
}

/// Reason why a text cannot be a user name (input rules, table of errors and warnings).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffUsernameError {
    /// The text has no visible character.
    Empty,
}

/// Parses a user name. Visible characters are kept, full-width ones as ASCII, and its length is not limited.
///
/// ```
/// use input::StaffUsernameError;
///
/// assert_eq!(input::staff_username(" ali \n").unwrap().as_str(), "ali");
/// assert_eq!(input::staff_username("a\u{200B}li＠x").unwrap().as_str(), "ali@x");
/// assert_eq!(input::staff_username(" "), Err(StaffUsernameError::Empty));
/// ```
///
/// # Errors
///
/// [`StaffUsernameError::Empty`] if nothing is left to send.
pub fn staff_username(raw: &str) -> Result<StaffUsername, StaffUsernameError> {
    match raw.trim_matches(is_blank) {
        "" => Err(StaffUsernameError::Empty),
        name => Ok(StaffUsername(WipedText::collect(
            name.chars().filter(|&c| !is_invisible(c)).map(narrow),
        ))),
    }
}

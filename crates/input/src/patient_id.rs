//! The number of a patient's file at the hospital, "Patient ID" on the page. Each hospital
//! makes its own, so this knows only what can be part of one.

use crate::{
    Checked, Hints, national_id,
    personal::Personal,
    sanitize::{is_dash, meant},
};

/// A Patient ID as it is sent: 1 to 32 characters, each an ASCII digit, a Latin or Arabic letter,
/// `-` or `/`; leading zeros and case as typed (input rules, "Patient ID").
///
/// Wiped on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct FileNumber(Personal);

impl FileNumber {
    /// The number.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Why a text cannot be a Patient ID. If several apply, the first of this list is given
/// (input rules, table of errors and hints).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileNumberError {
    /// Nothing was typed that can be seen.
    Empty,
    /// A character is neither digit, letter, hyphen nor slash.
    Characters,
    /// More than 32 characters.
    TooLong,
}

/// What looks odd about an accepted Patient ID (input rules, table of errors and hints).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileNumberHint {
    /// Would be a flawless national ID: 10 digits, the first 1 or 2, the check digit right. The
    /// patient may want to sign in with that instead.
    LooksLikeNationalId,
}

/// Reads a Patient ID. White space is dropped wherever it stands and every dash is `-`, but
/// hyphens and slashes stay: unlike in a number, they may be part of it.
///
/// # Errors
///
/// A [`FileNumberError`] if the text cannot be a Patient ID.
pub fn file_number(raw: &str) -> Result<Checked<FileNumber, FileNumberHint>, FileNumberError> {
    let typed = meant(raw).map(|c| if is_dash(c) { '-' } else { c });
    if typed.clone().next().is_none() {
        return Err(FileNumberError::Empty);
    }
    if !typed.clone().all(is_allowed) {
        return Err(FileNumberError::Characters);
    }
    if typed.clone().nth(32).is_some() {
        return Err(FileNumberError::TooLong);
    }
    let value = FileNumber(Personal::collect(typed));
    let hints = Hints::new(
        None,
        national_id::is_flawless(value.as_str()).then_some(FileNumberHint::LooksLikeNationalId),
    );
    Ok(Checked { value, hints })
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_digit() || is_letter(c) || c == '-' || c == '/'
}

/// A letter of the scripts that hospitals here number files in. All of Unicode's letters would be a
/// table of 1.3 KB in every first visit.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        // Latin with marks, but for × and ÷.
        || (matches!(c, '\u{c0}'..='\u{24f}') && !matches!(c, '\u{d7}' | '\u{f7}'))
        // Arabic, and what Persian and Urdu add.
        || matches!(c, '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}')
}

//! Parser for the Patient ID, the number of a patient's file at the hospital. Each hospital assigns its
//! own, so only the characters and the length are checked.

use crate::{
    Checked, Warnings, national_id,
    sanitize::{is_dash, visible},
    wiped::WipedText,
};

/// A Patient ID as it is sent: 1 to 32 characters, each an ASCII digit, a Latin or Arabic letter,
/// `-` or `/`; leading zeros and case as typed (input rules, "Patient ID").
///
/// Wiped on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct PatientId(WipedText);

impl PatientId {
    /// The Patient ID's text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Reason why a text cannot be a Patient ID. If several apply, the first of this list is returned
/// (input rules, table of errors and warnings).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatientIdError {
    /// The text has no visible character.
    Empty,
    /// A character is neither digit, letter, hyphen nor slash.
    Characters,
    /// More than 32 characters.
    TooLong,
}

/// Warning about an accepted Patient ID (input rules, table of errors and warnings).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatientIdWarning {
    /// A valid Saudi national ID: 10 digits, the first 1 or 2, the check digit right. The patient may
    /// have meant to sign in with the national ID.
    LooksLikeNationalId,
}

/// Parses a Patient ID. White space is dropped and every dash becomes `-`; hyphens and slashes are
/// kept, because they may be part of the ID.
///
/// ```
/// use input::{PatientIdError, PatientIdWarning};
///
/// let id = input::patient_id(" MR ٠١٢–7 ").unwrap();
/// assert_eq!(id.value.as_str(), "MR012-7");
/// assert!(id.warnings.is_empty());
///
/// let id = input::patient_id("1012345672").unwrap();
/// assert_eq!(id.warnings.first(), Some(PatientIdWarning::LooksLikeNationalId));
///
/// assert_eq!(input::patient_id("12#"), Err(PatientIdError::Characters));
/// ```
///
/// # Errors
///
/// A [`PatientIdError`] if the text cannot be a Patient ID.
pub fn patient_id(raw: &str) -> Result<Checked<PatientId, PatientIdWarning>, PatientIdError> {
    let typed = visible(raw).map(|c| if is_dash(c) { '-' } else { c });
    if typed.clone().next().is_none() {
        return Err(PatientIdError::Empty);
    }
    if !typed.clone().all(is_allowed) {
        return Err(PatientIdError::Characters);
    }
    if typed.clone().nth(32).is_some() {
        return Err(PatientIdError::TooLong);
    }
    let value = PatientId(WipedText::collect(typed));
    let warnings = Warnings::new(
        None,
        national_id::is_saudi(value.as_str()).then_some(PatientIdWarning::LooksLikeNationalId),
    );
    Ok(Checked { value, warnings })
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_digit() || is_letter(c) || c == '-' || c == '/'
}

/// `true` for a letter of the scripts that hospitals here use in file numbers. `char::is_alphabetic`
/// would add its Unicode table, 1.3 KB, to every first visit.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        // Latin with diacritics, without × and ÷.
        || (matches!(c, '\u{c0}'..='\u{24f}') && !matches!(c, '\u{d7}' | '\u{f7}'))
        // Arabic, with the letters of Persian and Urdu.
        || matches!(c, '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}')
}

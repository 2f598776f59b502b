//! The number on a patient's identity card. It knows how Saudi numbers are made; it does not
//! insist, because patients from other countries have other numbers.

use crate::{Checked, Hints, personal::Personal, sanitize_digits};

/// A national ID as it is sent: 8 to 15 ASCII digits, leading zeros kept (input rules,
/// "national ID").
///
/// Wiped on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct NationalId(Personal);

impl NationalId {
    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Why a text cannot be a national ID. If several apply, the first of this list is given
/// (input rules, table of errors and hints).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NationalIdError {
    /// Nothing was typed that can be seen and is no separator.
    Empty,
    /// A character is neither digit nor separator. A plus is such a character.
    Characters,
    /// Fewer than 8 digits.
    TooShort,
    /// More than 15 digits.
    TooLong,
}

/// What looks odd about an accepted national ID (input rules, table of errors and hints).
///
/// The first three exclude each other: of a number that is not Saudi in one respect, the rest
/// says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NationalIdHint {
    /// Not 10 digits.
    NotTenDigits,
    /// 10 digits, but the first is neither 1 (citizen) nor 2 (resident).
    FirstDigit,
    /// 10 digits that start with 1 or 2, but the Luhn check fails.
    CheckDigit,
    /// A Saudi mobile number: `5` and 8 digits, with or without `966` and zeros before.
    LooksLikePhone,
}

/// Reads a national ID in whatever script and grouping it was typed.
///
/// # Errors
///
/// A [`NationalIdError`] if the text cannot be a national ID.
pub fn national_id(raw: &str) -> Result<Checked<NationalId, NationalIdHint>, NationalIdError> {
    let typed = sanitize_digits(raw);
    if typed.clone().next().is_none() {
        return Err(NationalIdError::Empty);
    }
    if !typed.clone().all(|c| c.is_ascii_digit()) {
        return Err(NationalIdError::Characters);
    }
    match typed.clone().take(16).count() {
        ..8 => return Err(NationalIdError::TooShort),
        8..=15 => {}
        16.. => return Err(NationalIdError::TooLong),
    }
    let value = NationalId(Personal::collect(typed));
    let hints = Hints::new(
        flaw(value.as_str()),
        looks_like_phone(value.as_str()).then_some(NationalIdHint::LooksLikePhone),
    );
    Ok(Checked { value, hints })
}

/// Whether a text that stands in another field is a Saudi national ID by every rule there is.
///
/// The check digit counts here although no official source describes it: without it, one in
/// five numbers of ten digits would be taken for an ID, and with it one in fifty.
pub(crate) fn is_flawless(text: &str) -> bool {
    flaw(text).is_none()
}

fn flaw(text: &str) -> Option<NationalIdHint> {
    if text.len() != 10 {
        Some(NationalIdHint::NotTenDigits)
    } else if !text.starts_with(['1', '2']) {
        Some(NationalIdHint::FirstDigit)
    } else if !passes_luhn(text) {
        Some(NationalIdHint::CheckDigit)
    } else {
        None
    }
}

/// Of ten digits, Luhn doubles the first and every other one. False as well for a text that
/// is not all digits.
fn passes_luhn(ten: &str) -> bool {
    let mut sum = 0;
    for (at, c) in ten.chars().enumerate() {
        let Some(digit) = c.to_digit(10) else {
            return false;
        };
        let product = if at % 2 == 0 { digit * 2 } else { digit };
        sum += product / 10 + product % 10;
    }
    sum % 10 == 0
}

/// More generous with zeros than `phone`: it is about what was meant, not about what is right.
fn looks_like_phone(digits: &str) -> bool {
    let mobile = digits.len().checked_sub(9);
    mobile
        .and_then(|at| digits.split_at_checked(at))
        .is_some_and(|(before, mobile)| {
            mobile.starts_with('5') && matches!(before.trim_matches('0'), "" | "966")
        })
}

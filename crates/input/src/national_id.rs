//! Parser for the number of a patient's identity card. Deviations from the Saudi format are warnings
//! and not errors: patients from other countries have other numbers.

use crate::{Checked, Warnings, sanitize_digits, wiped::WipedText};

/// A national ID as it is sent: 8 to 15 ASCII digits, leading zeros kept (input rules,
/// "national ID").
///
/// Wiped on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct NationalId(WipedText);

impl NationalId {
    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Reason why a text cannot be a national ID. If several apply, the first of this list is returned
/// (input rules, table of errors and warnings).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NationalIdError {
    /// The text has no visible character except separators.
    Empty,
    /// A character is neither digit nor separator. A plus is such a character.
    Characters,
    /// Fewer than 8 digits.
    TooShort,
    /// More than 15 digits.
    TooLong,
}

/// Warning about an accepted national ID (input rules, table of errors and warnings).
///
/// The first three are mutually exclusive: once a number deviates from the Saudi format, the further
/// rules of that format do not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NationalIdWarning {
    /// Not 10 digits.
    NotTenDigits,
    /// 10 digits, but the first is neither 1 (citizen) nor 2 (resident).
    FirstDigit,
    /// 10 digits that start with 1 or 2, but the Luhn check fails.
    CheckDigit,
    /// A Saudi mobile number: `5` and 8 digits, with or without `966` and zeros before.
    LooksLikePhone,
}

/// Parses a national ID, typed in any script and grouping.
///
/// ```
/// use input::{NationalIdError, NationalIdWarning};
///
/// let id = input::national_id("١٠١٢ 345 672").unwrap();
/// assert_eq!(id.value.as_str(), "1012345672");
/// assert!(id.warnings.is_empty());
///
/// let id = input::national_id("1012345671").unwrap();
/// assert_eq!(id.warnings.first(), Some(NationalIdWarning::CheckDigit));
///
/// assert_eq!(input::national_id("123"), Err(NationalIdError::TooShort));
/// ```
///
/// # Errors
///
/// A [`NationalIdError`] if the text cannot be a national ID.
pub fn national_id(raw: &str) -> Result<Checked<NationalId, NationalIdWarning>, NationalIdError> {
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
    let value = NationalId(WipedText::collect(typed));
    let warnings = Warnings::new(
        format_warning(value.as_str()),
        looks_like_phone(value.as_str()).then_some(NationalIdWarning::LooksLikePhone),
    );
    Ok(Checked { value, warnings })
}

/// `true` if the text of another field is a valid Saudi national ID.
///
/// The check digit is required here although no official source describes it: without it, one in
/// five numbers of ten digits would match, with it one in fifty.
pub(crate) fn is_saudi(text: &str) -> bool {
    format_warning(text).is_none()
}

fn format_warning(text: &str) -> Option<NationalIdWarning> {
    if text.len() != 10 {
        Some(NationalIdWarning::NotTenDigits)
    } else if !text.starts_with(['1', '2']) {
        Some(NationalIdWarning::FirstDigit)
    } else if !passes_luhn(text) {
        Some(NationalIdWarning::CheckDigit)
    } else {
        None
    }
}

/// Luhn check of ten digits: the first and every other digit is doubled. `false` for a text that is
/// not all digits.
fn passes_luhn(ten: &str) -> bool {
    let mut sum = 0;
    for (at, c) in ten.chars().enumerate() {
        let Some(digit) = c.to_digit(10) else {
            return false;
        };
        let product = if at % 2 == 0 { digit * 2 } else { digit };
        // Modulo ten, this is the sum of its digits.
        sum += product / 10 + product;
    }
    sum % 10 == 0
}

/// `true` for a Saudi mobile number. Accepts more zeros than [`phone`](fn@crate::phone) does: the question
/// is what the person meant, not whether the number is valid.
fn looks_like_phone(digits: &str) -> bool {
    let mobile = digits.len().checked_sub(9);
    mobile
        .and_then(|at| digits.split_at_checked(at))
        .is_some_and(|(before, mobile)| {
            mobile.starts_with('5') && matches!(before.trim_matches('0'), "" | "966")
        })
}

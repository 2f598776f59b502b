//! Parser for the phone number a patient signs in with, in national or international notation. The
//! countries that the site serves are an argument; the existence of the number is not checked.

use crate::{
    Checked, Warnings, national_id,
    sanitize::{sanitize_digits, signed_digits},
    wiped::WipedText,
};
use alloc::string::String;

/// A phone number as it is sent: the national significant number, 8 to 15 ASCII digits,
/// without country code and without leading zeros (input rules, "Phone").
///
/// Wiped on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct PhoneNumber(WipedText);

impl PhoneNumber {
    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The last two digits, by which a person knows the phone.
    ///
    /// ```
    /// let checked = input::phone("0512345667", &["966"]).unwrap();
    /// assert_eq!(checked.value.ending(), "67");
    /// ```
    pub fn ending(&self) -> &str {
        let digits = self.as_str();
        digits
            .get(digits.len().saturating_sub(2)..)
            .unwrap_or(digits)
    }
}

/// Reason why a text cannot be a phone number. If several apply, the first of this list is returned
/// (input rules, table of errors and warnings).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneError {
    /// The text has no visible character except separators.
    Empty,
    /// A character is neither digit nor separator, or a plus is neither first nor last, or stands alone.
    Characters,
    /// A leading `+` or `00` is not followed by a configured country code.
    Country,
    /// The national number has fewer than 8 digits.
    TooShort,
    /// The national number has more than 15 digits.
    TooLong,
}

/// Warning about an accepted phone number (input rules, table of errors and warnings).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneWarning {
    /// Not `5` and 8 more digits.
    NotSaudiMobile,
    /// A valid Saudi national ID: 10 digits, the first 1 or 2, the check digit right.
    LooksLikeNationalId,
}

/// Parses a phone number, typed in any script, grouping and notation.
///
/// `country_codes` are ASCII digits without `+` (ITU-T E.164: one to three); a code written
/// differently matches nothing. The rules apply in this order (input rules, "Phone"):
///
/// 1. A leading or trailing `+`, or a leading `00`, must be followed by a configured code, the longest that matches;
///    both are dropped. `00` is read literally: `000966…` is the error
///    [`Country`](PhoneError::Country).
/// 2. Leading zeros are dropped: a national number never starts with one.
/// 3. A configured code with nothing before it is dropped if a full mobile number follows, `5`
///    and 8 digits with or without one zero before. So `966512345678` loses its code, and
///    `966123456789` keeps all its digits: elsewhere that may be a number.
///
/// Parsing is idempotent: step 3 needs at least 10 digits and leaves 9 that start with 5, so an
/// accepted number parses as itself.
///
/// ```
/// use input::{PhoneError, PhoneWarning};
///
/// let number = input::phone("00966 51 234 5678", &["966", "971"]).unwrap();
/// assert_eq!(number.value.as_str(), "512345678");
/// assert!(number.warnings.is_empty());
///
/// let number = input::phone("0112345678", &["966"]).unwrap();
/// assert_eq!(number.warnings.first(), Some(PhoneWarning::NotSaudiMobile));
///
/// assert_eq!(input::phone("1234567", &["966"]), Err(PhoneError::TooShort));
/// ```
///
/// # Errors
///
/// A [`PhoneError`] if the text cannot be a phone number.
pub fn phone(
    raw: &str,
    country_codes: &[impl AsRef<str>],
) -> Result<Checked<PhoneNumber, PhoneWarning>, PhoneError> {
    if sanitize_digits(raw).next().is_none() {
        return Err(PhoneError::Empty);
    }
    let (plus, digits) = signed_digits(raw).ok_or(PhoneError::Characters)?;

    // An empty code would match after every plus.
    let codes = || {
        let codes = country_codes.iter().map(AsRef::as_ref);
        codes.filter(|code| !code.is_empty())
    };
    let abroad = if plus {
        Some(digits.clone())
    } else {
        after("00", &digits)
    };
    let national = match abroad {
        None => digits,
        Some(abroad) => codes()
            .filter_map(|code| Some((code.len(), after(code, &abroad)?)))
            .max_by_key(|&(length, _)| length)
            .map(|(_, rest)| rest)
            .ok_or(PhoneError::Country)?,
    };
    let number = without_zeros(national);
    // Every code that matches leaves the same last nine digits, so the first one is enough.
    let number = codes()
        .filter_map(|code| after(code, &number))
        .map(|rest| after("0", &rest).unwrap_or(rest))
        .find(is_saudi_mobile)
        .unwrap_or(number);

    match number.clone().take(16).count() {
        ..8 => return Err(PhoneError::TooShort),
        8..=15 => {}
        16.. => return Err(PhoneError::TooLong),
    }
    let value = PhoneNumber(WipedText::collect(number));
    let warnings = Warnings::new(
        (!is_saudi_mobile(&value.as_str().chars())).then_some(PhoneWarning::NotSaudiMobile),
        national_id::is_saudi(value.as_str()).then_some(PhoneWarning::LooksLikeNationalId),
    );
    Ok(Checked { value, warnings })
}

/// Formats a number in groups for display: `51 234 5678` for a Saudi mobile number, groups of three
/// for any other, where a single last digit joins the group before it.
///
/// The groups are separated by spaces: in right-to-left text they need isolation (`<bdi dir="ltr">`)
/// to keep their order.
///
/// ```
/// let number = input::phone("0512345678", &["966"]).unwrap().value;
/// assert_eq!(input::format_phone(&number), "51 234 5678");
/// ```
pub fn format_phone(number: &PhoneNumber) -> String {
    let digits = number.as_str();
    let mobile = is_saudi_mobile(&digits.chars());
    let opens_group = |at: usize| {
        if mobile {
            at == 2 || at == 5
        } else {
            at != 0 && at.is_multiple_of(3) && at + 1 != digits.len()
        }
    };
    let mut grouped = String::with_capacity(digits.len() + 4);
    for (at, digit) in digits.chars().enumerate() {
        if opens_group(at) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// The rest of `text` after `prefix`; `None` if it does not start with it.
fn after<I: Iterator<Item = char> + Clone>(prefix: &str, text: &I) -> Option<I> {
    let mut rest = text.clone();
    prefix
        .chars()
        .all(|c| rest.next() == Some(c))
        .then_some(rest)
}

fn without_zeros<I: Iterator<Item = char> + Clone>(mut digits: I) -> I {
    while let Some(rest) = after("0", &digits) {
        digits = rest;
    }
    digits
}

/// `true` for `5` and 8 more digits.
fn is_saudi_mobile(digits: &(impl Iterator<Item = char> + Clone)) -> bool {
    after("5", digits).is_some_and(|rest| rest.take(9).count() == 8)
}

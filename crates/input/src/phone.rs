//! The phone number a patient signs in with. It knows how people write numbers at home and
//! abroad, and how a Saudi mobile number looks; it does not know which countries the site
//! serves, nor whether the number exists.

use crate::{Checked, Hints, national_id, personal::Personal, sanitize_digits};
use alloc::string::String;

/// A phone number as it is sent: the national significant number, 8 to 15 ASCII digits,
/// without country code and without leading zeros (input rules, "Phone").
///
/// Wiped on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct PhoneNumber(Personal);

impl PhoneNumber {
    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Why a text cannot be a phone number. If several apply, the first of this list is given
/// (input rules, table of errors and hints).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneError {
    /// Nothing was typed that can be seen and is no separator.
    Empty,
    /// A character is neither digit nor separator, a plus does not lead, or it leads nothing.
    Characters,
    /// A leading `+` or `00` is not followed by a configured country code.
    Country,
    /// The national number has fewer than 8 digits.
    TooShort,
    /// The national number has more than 15 digits.
    TooLong,
}

/// What looks odd about an accepted phone number (input rules, table of errors and hints).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneHint {
    /// Not `5` and 8 more digits.
    NotSaudiMobile,
    /// Would be a flawless national ID: 10 digits, the first 1 or 2, the check digit right.
    LooksLikeNationalId,
}

/// Reads a phone number in whatever script, grouping and prefix it was typed.
///
/// `country_codes` are ASCII digits without `+` (ITU-T E.164: one to three); a code written
/// differently matches nothing. The rules, in this order (input rules, "Phone"):
///
/// 1. A leading `+` or `00` must be followed by a configured code, the longest that matches;
///    both are dropped. `00` is read literally: `000966…` is the error
///    [`Country`](PhoneError::Country).
/// 2. Leading zeros are dropped: a national number never starts with one.
/// 3. A configured code with nothing before it is dropped if a full mobile number follows, `5`
///    and 8 digits with or without one zero before. So `966512345678` loses its code, and
///    `966123456789` keeps all its digits: elsewhere that may be a number.
///
/// Nothing is left for a second round: step 3 leaves 9 digits that start with 5, and takes at
/// least 10 to begin with. So reading an accepted number again gives the same number.
///
/// # Errors
///
/// A [`PhoneError`] if the text cannot be a phone number.
pub fn phone(
    raw: &str,
    country_codes: &[impl AsRef<str>],
) -> Result<Checked<PhoneNumber, PhoneHint>, PhoneError> {
    let typed = sanitize_digits(raw);
    if typed.clone().next().is_none() {
        return Err(PhoneError::Empty);
    }
    let plus = after("+", &typed);
    let mut unsigned = plus.clone().unwrap_or_else(|| typed.clone()).peekable();
    if unsigned.peek().is_none() || !unsigned.all(|c| c.is_ascii_digit()) {
        return Err(PhoneError::Characters);
    }

    // An empty code would follow every plus.
    let codes = || {
        let codes = country_codes.iter().map(AsRef::as_ref);
        codes.filter(|code| !code.is_empty())
    };
    let national = match plus.or_else(|| after("00", &typed)) {
        None => typed,
        Some(abroad) => codes()
            .filter_map(|code| Some((code.len(), after(code, &abroad)?)))
            .max_by_key(|&(length, _)| length)
            .map(|(_, rest)| rest)
            .ok_or(PhoneError::Country)?,
    };
    let number = without_zeros(national);
    // Whichever code fits, the same last nine digits remain: the first will do.
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
    let value = PhoneNumber(Personal::collect(number));
    let hints = Hints::new(
        (!is_saudi_mobile(&value.as_str().chars())).then_some(PhoneHint::NotSaudiMobile),
        national_id::is_flawless(value.as_str()).then_some(PhoneHint::LooksLikeNationalId),
    );
    Ok(Checked { value, hints })
}

/// The number in groups, for a person to compare with the one they know: `51 234 5678` for a
/// Saudi mobile, groups of three for any other, where a last digit joins the group before it
/// rather than stand alone.
///
/// The groups are apart by spaces, so in right-to-left text they need isolating (`<bdi
/// dir="ltr">`) to keep their order.
pub fn display(number: &PhoneNumber) -> String {
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

/// What follows `prefix` in `text`, if it starts with it.
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

/// `5` and 8 more digits.
fn is_saudi_mobile(digits: &(impl Iterator<Item = char> + Clone)) -> bool {
    after("5", digits).is_some_and(|rest| rest.take(9).count() == 8)
}

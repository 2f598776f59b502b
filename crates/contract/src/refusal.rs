//! Why an answer is not the one that was hoped for. A refusal has a name and no more: it carries
//! nothing of the person and nothing of the server's text, because its words come from the
//! portal's own table.
//!
//! This module must not know which sentence the person reads.

use crate::date::CivilDate;

/// The end of every path that does not lead to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Patient: no such person, in any of the documented ways of saying so.
    NotFound,
    /// 429 from either service, with what its `Retry-After` header said.
    TooManyTries(Option<RetryAfter>),
    /// 5xx from either service; also the staff service's 401 without a body, which means a broken
    /// server and not a wrong password.
    ServiceDown,
    /// Something answered, but not in any documented way.
    BadAnswer(Flaw),
    /// Staff: unknown or inactive user, or wrong password.
    WrongCredentials,
    /// Staff: the fifth wrong try, with what a `Retry-After` header said. No document promises one.
    AccountLocked(Option<RetryAfter>),
    /// Staff: any try while blocked, even with the right password; with the same.
    AccountDisabled(Option<RetryAfter>),
    /// Staff: right password, but no role for this entrance (`client`).
    NoPermission,
    /// Staff: user name or password was blank.
    BlankCredentials,
    /// Staff: a 200 that is not a sign-in (no token, or an error in its body).
    NotASignIn,
    /// Staff, in mid-session: 401, the session is over.
    SessionOver,
    /// Staff, in mid-session: 403, not allowed; the session stays.
    NotAllowed,
}

/// What is wrong with a [`Refusal::BadAnswer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The body is not one JSON text in UTF-8: HTML, a half answer, text after the end.
    NotJson,
    /// Arrays and objects inside each other, more than [`crate::json::MAX_DEPTH`] of them.
    TooDeep,
    /// One object has a key that is read twice. Which of the two values is right is not ours to guess.
    DuplicateKey,
    /// The body is larger than [`crate::MAX_BODY`].
    TooLarge,
    /// Good JSON, but none of the documented shapes.
    WrongShape,
    /// A status that no document gives a meaning.
    UnexpectedStatus(u16),
    /// Staff: a 401 whose message is none of the documented ones.
    UnknownMessage,
}

/// When to try again, as the `Retry-After` header says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// So many seconds after the answer arrived.
    Seconds(u32),
    /// At this moment, in seconds since 1970-01-01T00:00:00Z.
    At(u64),
}

impl RetryAfter {
    /// Reads a `Retry-After` value: seconds, or a date in one of HTTP's three forms
    /// (RFC 9110, 5.6.7). Anything else is `None`; more seconds than fit are as many as fit.
    pub fn read(value: &str) -> Option<Self> {
        let value = value.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Seconds(value.parse().unwrap_or(u32::MAX)));
        }
        http_date(value).map(Self::At)
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
/// `Sun Nov  6 08:49:37 1994`, as Unix seconds. The name of the weekday adds nothing and is not looked at.
fn http_date(text: &str) -> Option<u64> {
    let mut parts = text
        .split([' ', ',', '-', ':'])
        .filter(|part| !part.is_empty());
    let mut words = [""; 8];
    for (word, part) in words.iter_mut().zip(&mut parts) {
        *word = part;
    }
    if parts.next().is_some() {
        return None;
    }
    let ([_, day, month, year, hours, minutes, seconds, "GMT"]
    | [_, month, day, hours, minutes, seconds, year, ""]) = words
    else {
        return None;
    };
    let [hours, minutes, seconds] = [hours, minutes, seconds].map(|part| part.parse::<u8>().ok());
    let (hours, minutes, seconds) = (hours?, minutes?, seconds?);
    // 60 is a leap second.
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    let day = CivilDate::new(full_year(year)?, month_number(month)?, day.parse().ok()?)?;
    let days = u64::try_from(day.days_since_1970()).ok()?;
    Some(days * 86_400 + u64::from(hours) * 3_600 + u64::from(minutes) * 60 + u64::from(seconds))
}

/// RFC 850 dates have two digits for the year. Without a clock the usual window decides:
/// 70–99 are 1970–1999, 00–69 are 2000–2069.
fn full_year(text: &str) -> Option<i32> {
    let year: u16 = text.parse().ok()?;
    Some(i32::from(match (text.len(), year) {
        (2, 70..) => 1900 + year,
        (2, _) => 2000 + year,
        (4, _) => year,
        _ => return None,
    }))
}

fn month_number(name: &str) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    (1..)
        .zip(NAMES)
        .find(|(_, known)| *known == name)
        .map(|(number, _)| number)
}

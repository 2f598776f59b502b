//! Errors of the two services. An error holds no personal data and no text of the server; the caller
//! chooses the message that a person reads.

use crate::date::CivilDate;
use crate::reference::FaultKind;

/// Error that a response stands for, from either service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceError {
    /// Patient: no such person, in any of the documented forms.
    NotFound,
    /// 429 from either service, with its `Retry-After` header.
    TooManyTries(Option<RetryAfter>),
    /// 5xx from either service; also the staff service's 401 without a body, which is a server error
    /// and no wrong password.
    ServiceDown,
    /// 503 from either service that says when it is back, with its `Retry-After` header.
    Unavailable(RetryAfter),
    /// A response in none of the documented forms.
    InvalidResponse(ResponseError),
    /// Patient: the record of another patient than the one who signs in. It is not shown.
    OtherPatient,
    /// Staff: unknown or inactive user, or wrong password.
    WrongCredentials,
    /// Staff: the fifth wrong attempt, with the `Retry-After` header, which no document mentions.
    AccountLocked(Option<RetryAfter>),
    /// Staff: any attempt on a blocked account, even with the right password; with the same header.
    AccountDisabled(Option<RetryAfter>),
    /// Staff: right password, but no role for this client.
    NoPermission,
    /// Staff: user name or password was blank.
    BlankCredentials,
    /// Staff: a 200 that is not a sign-in (no token, or an error in its body).
    NotASignIn,
    /// Staff: the service refuses requests of this portal, with any credentials (403 `Invalid CORS request`).
    NotSetUp,
    /// Staff: the browser did not keep the cookie of a sign-in, so the session cannot be used.
    SessionNotKept,
    /// Staff, in a session: 401, the session is over.
    SessionOver,
    /// Staff, in a session: 403, not allowed; the session continues.
    NotAllowed,
}

impl ServiceError {
    /// The kind of a fault of the service, for its reference; `None` for what the person can correct, and for
    /// a refusal that is the service's decision.
    pub fn fault_kind(self) -> Option<FaultKind> {
        Some(match self {
            Self::ServiceDown | Self::Unavailable(_) => FaultKind::Down,
            Self::TooManyTries(_) => FaultKind::Limit,
            Self::OtherPatient => FaultKind::OtherPatient,
            Self::NotASignIn => FaultKind::Token,
            Self::NotSetUp => FaultKind::Origin,
            Self::SessionNotKept => FaultKind::Cookie,
            Self::InvalidResponse(reason) => match reason {
                ResponseError::NotJson | ResponseError::TooDeep => FaultKind::NotJson,
                ResponseError::TooLarge => FaultKind::Size,
                ResponseError::DuplicateKey | ResponseError::WrongShape => FaultKind::Shape,
                ResponseError::WebPage(_) => FaultKind::Firewall,
                ResponseError::UnexpectedStatus(_) => FaultKind::Status,
                ResponseError::UnknownMessage => FaultKind::Message,
            },
            Self::NotFound
            | Self::WrongCredentials
            | Self::AccountLocked(_)
            | Self::AccountDisabled(_)
            | Self::NoPermission
            | Self::BlankCredentials
            | Self::SessionOver
            | Self::NotAllowed => return None,
        })
    }
}

/// Reason for a [`ServiceError::InvalidResponse`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseError {
    /// The body is not one JSON text in UTF-8: HTML, a truncated response, text after the end.
    NotJson,
    /// Arrays and objects are nested deeper than [`crate::json::MAX_DEPTH`].
    TooDeep,
    /// An object has a key that is read twice; which of the two values is right is not guessed.
    DuplicateKey,
    /// The body is larger than [`crate::MAX_BODY`].
    TooLarge,
    /// Valid JSON, but none of the documented shapes.
    WrongShape,
    /// A web page with an error status, as a firewall sends it in place of the service.
    WebPage(u16),
    /// A status that no document explains.
    UnexpectedStatus(u16),
    /// Staff: a 401 whose message is none of the documented ones.
    UnknownMessage,
}

/// Time of the next attempt, as the `Retry-After` header gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// Number of seconds after the response arrived.
    Seconds(u32),
    /// Moment, in seconds since 1970-01-01T00:00:00Z.
    At(u64),
}

impl RetryAfter {
    /// Parses a `Retry-After` value: seconds, or a date in one of HTTP's three forms (RFC 9110,
    /// section 5.6.7). `None` for anything else; too many seconds saturate.
    ///
    /// ```
    /// use contract::service_error::RetryAfter;
    ///
    /// assert_eq!(RetryAfter::read("120"), Some(RetryAfter::Seconds(120)));
    /// assert_eq!(
    ///     RetryAfter::read("Sun, 06 Nov 1994 08:49:37 GMT"),
    ///     Some(RetryAfter::At(784_111_777))
    /// );
    /// assert_eq!(RetryAfter::read("soon"), None);
    /// ```
    pub fn read(value: &str) -> Option<Self> {
        let value = value.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Seconds(value.parse().unwrap_or(u32::MAX)));
        }
        http_date(value).map(Self::At)
    }
}

/// Parses `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
/// `Sun Nov  6 08:49:37 1994` as Unix seconds. The weekday is redundant and is not checked.
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

/// Parses a year of four digits, or of two as in RFC 850 dates: 70–99 are 1970–1999, 00–69 are
/// 2000–2069.
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

//! Parsers of dates.

use super::calendar::{Birth, BirthDate, CivilDate, HijriBirthDate, HijriDate, SECONDS_PER_DAY};
use crate::personal::Personal;

/// Parses a date of birth: `yyyy-mm-dd`, an ISO 8601 instant, or `/Date(ms)/` and `/Date(ms+hhmm)/` of .NET,
/// in milliseconds since 1970-01-01T00:00:00Z. Of an instant the date in Riyadh counts.
///
/// An ISO instant ends in `Z`, `±hh:mm`, `±hhmm` or `±hh`, in either case of letters, with or without
/// seconds and their fractions. Without an offset it is local time in Riyadh, where the hospital's
/// servers write it, and its date is unchanged.
///
/// A year from 1300 to 1500 is one of the Hijri calendar. The lowest and highest dates of databases and
/// programming languages (years 1 and 9999, 1753-01-01, 1900-01-01) are [`Birth::Unknown`].
///
/// ```
/// use contract::date::{Birth, BirthDate, CivilDate, HijriDate, parse_birth};
///
/// let day = CivilDate::new(1990, 1, 15).unwrap();
/// assert!(parse_birth("1990-01-14T21:00:00Z") == Birth::Gregorian(BirthDate::Date(day)));
/// assert!(parse_birth("/Date(632361600000+0300)/") == Birth::Gregorian(BirthDate::Date(day)));
/// assert!(matches!(parse_birth("15/01/1990"), Birth::Gregorian(BirthDate::Text(_))));
/// assert!(parse_birth("0001-01-01T00:00:00") == Birth::Unknown);
/// let hijri = HijriDate::new(1410, 6, 18).unwrap();
/// assert!(parse_birth("1410-06-18T00:00:00") == Birth::Hijri(hijri));
/// ```
pub fn parse_birth(text: &str) -> Birth {
    let text = text.trim();
    if let Some(day) = written_hijri(text) {
        return Birth::Hijri(day);
    }
    if is_unknown(text) {
        return Birth::Unknown;
    }
    match day_in_riyadh(text) {
        Some(day) => Birth::Gregorian(BirthDate::Date(day)),
        None => Birth::Gregorian(BirthDate::Text(Personal::from(text))),
    }
}

/// `true` for the lowest and highest values of a date type, and for a date of zeros: the date is not known.
///
/// ```
/// use contract::date::is_unknown;
///
/// assert!(is_unknown("9999-12-31T23:59:59.9999999"));
/// assert!(is_unknown("0000-00-00 00:00:00"));
/// assert!(!is_unknown("1990-01-15"));
/// ```
pub fn is_unknown(text: &str) -> bool {
    let text = text.trim();
    let zeros = ["0000-", "0000/", "00/00/", "00-00-", "00000000"];
    let milliseconds = net_moment(text).or(text.parse().ok());
    let in_utc = milliseconds.and_then(utc_day);
    let written = Cursor(text.as_bytes()).day();
    zeros.iter().any(|zeros| text.starts_with(zeros))
        || [written, in_utc, day_in_riyadh(text)]
            .into_iter()
            .flatten()
            .any(is_limit)
}

/// `true` for a moment that is not the lowest or highest date of a type.
pub(crate) fn is_moment(milliseconds: i64) -> bool {
    utc_day(milliseconds).is_some_and(|day| !is_limit(day))
}

/// The date in Riyadh of an ISO date or instant, or of a moment of .NET.
fn day_in_riyadh(text: &str) -> Option<CivilDate> {
    riyadh_day(text).or_else(|| CivilDate::in_riyadh(net_moment(text)?))
}

/// `true` for the lowest and highest dates of .NET, SQL and Java types.
fn is_limit(day: CivilDate) -> bool {
    let first_of_january = (day.month(), day.day()) == (1, 1);
    matches!(day.year(), 1 | 9999) || (matches!(day.year(), 1753 | 1900) && first_of_january)
}

/// Parses a Hijri date of birth: `yyyymmdd`, `yyyy-mm-dd`, `yyyy/mm/dd`, `dd/mm/yyyy` or `dd-mm-yyyy`. A
/// time of day after it is dropped.
///
/// ```
/// use contract::date::{HijriBirthDate, HijriDate, parse_hijri};
///
/// let day = HijriDate::new(1410, 6, 18).unwrap();
/// assert!(parse_hijri("18/06/1410") == HijriBirthDate::Date(day));
/// assert!(parse_hijri("1410/06/18 00:00:00") == HijriBirthDate::Date(day));
/// assert!(matches!(parse_hijri("1410-13-01"), HijriBirthDate::Text(_)));
/// ```
pub fn parse_hijri(text: &str) -> HijriBirthDate {
    let text = text.trim();
    match hijri_year_first(text).or_else(|| hijri_day_first(text)) {
        Some(day) => HijriBirthDate::Date(day),
        None => HijriBirthDate::Text(Personal::from(text)),
    }
}

/// `true` for the offset of a time zone from -12:00 to +14:00, such as `+05:30`, `-0300` or `UTC+00:00`, and for a
/// name in its place.
pub(crate) fn is_offset(text: &str) -> bool {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let number = ["UTC", "GMT"]
        .iter()
        .find_map(|name| text.strip_prefix(name));
    let mut cursor = Cursor(number.unwrap_or(text).as_bytes());
    let minutes = cursor.offset();
    minutes.is_some_and(|minutes| (-720..=840).contains(&minutes)) && cursor.end().is_some()
}

/// Parses a moment as milliseconds since 1970-01-01T00:00:00Z: an ISO 8601 instant as for
/// [`parse_birth`], to the minute, or the milliseconds themselves, in the twelve or thirteen digits
/// that they have from 1973 on. `None` for anything else, for a time without an offset, and for an unknown one.
///
/// ```
/// use contract::date::parse_moment;
///
/// assert_eq!(parse_moment("2022-09-07 14:42+03"), Some(1_662_550_920_000));
/// assert_eq!(parse_moment("1662550971887"), Some(1_662_550_971_887));
/// assert_eq!(parse_moment("2022-09-07T11:42:51"), None);
/// ```
pub fn parse_moment(text: &str) -> Option<i64> {
    let text = text.trim();
    if is_unknown(text) {
        return None;
    }
    if (12..=13).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let mut cursor = Cursor(text.as_bytes());
    let day = cursor.day()?;
    let second = cursor.time()?;
    let offset = cursor.offset()?;
    cursor.end()?;
    Some(milliseconds(day, second / 60 * 60, offset))
}

/// The moment of a second of a day, with an offset in minutes.
fn milliseconds(day: CivilDate, second: i32, offset: i32) -> i64 {
    let days = i64::from(day.days_since_1970());
    (days * SECONDS_PER_DAY + i64::from(second) - i64::from(offset) * 60) * 1_000
}

fn riyadh_day(text: &str) -> Option<CivilDate> {
    let mut cursor = Cursor(text.as_bytes());
    let written = cursor.day()?;
    if cursor.end().is_some() {
        return Some(written);
    }
    let second = cursor.time()?;
    if cursor.end().is_some() {
        return Some(written);
    }
    let offset = cursor.offset()?;
    cursor.end()?;
    CivilDate::in_riyadh(milliseconds(written, second, offset))
}

fn utc_day(milliseconds: i64) -> Option<CivilDate> {
    let days = milliseconds.div_euclid(SECONDS_PER_DAY * 1_000);
    CivilDate::from_days_since_1970(i32::try_from(days).ok()?)
}

/// `/Date(ms)/` or `/Date(ms±hhmm)/`, in milliseconds. The offset is where the server stands, and changes no
/// moment.
fn net_moment(text: &str) -> Option<i64> {
    let inner = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let offset_at = inner.get(1..)?.find(['+', '-']).map(|at| at + 1);
    let (moment, offset) = inner.split_at(offset_at.unwrap_or(inner.len()));
    if !offset.is_empty() {
        let mut cursor = Cursor(offset.as_bytes());
        cursor.offset()?;
        cursor.end()?;
    }
    moment.parse().ok()
}

/// A Hijri date that was written as an ISO date or instant.
fn written_hijri(text: &str) -> Option<HijriDate> {
    let mut cursor = Cursor(text.as_bytes());
    let year = cursor.number(4)?;
    cursor.eat(b"-")?;
    let month = cursor.two()?;
    cursor.eat(b"-")?;
    let day = HijriDate::new(year, month, cursor.two()?)?;
    if cursor.end().is_none() {
        cursor.time()?;
        if cursor.end().is_none() {
            cursor.offset()?;
            cursor.end()?;
        }
    }
    Some(day)
}

fn hijri_year_first(text: &str) -> Option<HijriDate> {
    let mut cursor = Cursor(text.as_bytes());
    let year = cursor.number(4)?;
    let separator = cursor.eat(b"-/");
    let month = cursor.two()?;
    if let Some(separator) = separator {
        cursor.eat(&[separator])?;
    }
    let day = cursor.two()?;
    cursor.end_or_time()?;
    HijriDate::new(year, month, day)
}

fn hijri_day_first(text: &str) -> Option<HijriDate> {
    let mut cursor = Cursor(text.as_bytes());
    let day = cursor.two()?;
    let separator = cursor.eat(b"/-")?;
    let month = cursor.two()?;
    cursor.eat(&[separator])?;
    let year = cursor.number(4)?;
    cursor.end_or_time()?;
    HijriDate::new(year, month, day)
}

/// Rest of a text. Each method consumes its whole pattern, or returns `None` and ends the parse.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    /// Exactly `width` digits.
    fn number(&mut self, width: usize) -> Option<i32> {
        let (digits, rest) = self.0.split_at_checked(width)?;
        let mut number = 0;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            number = number * 10 + i32::from(digit - b'0');
        }
        self.0 = rest;
        Some(number)
    }

    /// Two digits.
    fn two(&mut self) -> Option<u8> {
        self.number(2).and_then(|number| u8::try_from(number).ok())
    }

    /// `yyyy-mm-dd`.
    fn day(&mut self) -> Option<CivilDate> {
        let year = self.number(4)?;
        self.eat(b"-")?;
        let month = self.two()?;
        self.eat(b"-")?;
        CivilDate::new(year, month, self.two()?)
    }

    /// One of the wanted bytes.
    fn eat(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        wanted.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    /// The end of the text.
    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }

    /// The end of the text, or a time of day up to it, with or without an offset or `AM` and `PM`.
    fn end_or_time(&mut self) -> Option<()> {
        if self.end().is_some() {
            return Some(());
        }
        self.time()?;
        if self.eat(b" ").is_some() {
            self.eat(b"AaPp")?;
            self.eat(b"Mm")?;
        } else if self.end().is_none() {
            self.offset()?;
        }
        self.end()
    }

    /// `T` or a space, then `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f…`, as the second of the day.
    fn time(&mut self) -> Option<i32> {
        self.eat(b"Tt ")?;
        let hours = self.number(2).filter(|hours| *hours < 24)?;
        self.eat(b":")?;
        let minutes = self.number(2).filter(|minutes| *minutes < 60)?;
        let mut seconds = 0;
        if self.eat(b":").is_some() {
            // 60 is a leap second.
            seconds = self.number(2).filter(|seconds| *seconds <= 60)?.min(59);
            if self.eat(b".,").is_some() {
                self.number(1)?;
                while self.number(1).is_some() {}
            }
        }
        Some((hours * 60 + minutes) * 60 + seconds)
    }

    /// `Z`, `±hh`, `±hhmm` or `±hh:mm`, in minutes east of UTC.
    fn offset(&mut self) -> Option<i32> {
        let sign = match self.eat(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.number(2).filter(|hours| *hours < 24)?;
        let colon = self.eat(b":").is_some();
        let minutes = match self.end() {
            Some(()) if !colon => 0,
            _ => self.number(2).filter(|minutes| *minutes < 60)?,
        };
        Some(sign * (hours * 60 + minutes))
    }
}

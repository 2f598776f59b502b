//! Dates of the Gregorian and the Hijri calendar, in the formats of the patient service.
//!
//! The current date is always an argument. Conversion between the calendars is left to the browser's
//! `Intl`.

use crate::personal::{Personal, redact_debug};

/// Riyadh's offset from UTC in minutes, all year.
const RIYADH_OFFSET: i32 = 3 * 60;
const MINUTES_PER_DAY: i32 = 24 * 60;

/// An existing date of the Gregorian calendar, in the years 1 to 9999.
///
/// ```
/// use contract::date::{Age, CivilDate};
///
/// let born = CivilDate::new(1990, 1, 15).unwrap();
/// let today = CivilDate::new(2026, 11, 22).unwrap();
/// assert_eq!((born.year(), born.month(), born.day()), (1990, 1, 15));
/// assert_eq!(born.to_iso().as_str(), "1990-01-15");
/// assert_eq!(born.days_since_1970(), 7_319);
/// assert_eq!(born.age_on(today), Some(36));
/// assert_eq!(today.display_age_on(today), Some(Age::Days(0)));
/// assert_eq!(CivilDate::new(2023, 2, 29), None);
/// assert_eq!(CivilDate::in_riyadh(0), CivilDate::from_days_since_1970(0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDate {
    year: i32,
    month: u8,
    day: u8,
}

impl CivilDate {
    /// Creates a date; `None` for one that the calendar does not have.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        let exists = (1..=9999).contains(&year) && (1..=last).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The date that is a number of days after 1970-01-01.
    pub fn from_days_since_1970(days: i32) -> Option<Self> {
        // Days since 0000-03-01, so that the leap day is the last day of a year, in cycles of 400 years
        // (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
        // https://howardhinnant.github.io/date_algorithms.html).
        let days = days.checked_add(719_468)?;
        let cycle = days.div_euclid(146_097);
        let of_cycle = days.rem_euclid(146_097);
        let year = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
        let of_year = of_cycle - (365 * year + year / 4 - year / 100);
        let march_based = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_based + 2) / 5 + 1;
        let month = if march_based < 10 {
            march_based + 3
        } else {
            march_based - 9
        };
        Self::new(
            cycle * 400 + year + i32::from(month <= 2),
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }

    /// Number of days since 1970-01-01; times 86 400 000 it is a JavaScript date in UTC.
    pub fn days_since_1970(self) -> i32 {
        let month = i32::from(self.month);
        let year = self.year - i32::from(month <= 2);
        let cycle = year.div_euclid(400);
        let of_cycle = year.rem_euclid(400);
        let of_year =
            (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + i32::from(self.day) - 1;
        cycle * 146_097 + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year - 719_468
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Formats as `yyyy-mm-dd`, for the `datetime` attribute of a `<time>`.
    pub fn to_iso(self) -> Personal {
        iso(self.year, self.month, self.day)
    }

    /// The date in Riyadh at a moment, given in milliseconds since 1970-01-01T00:00:00Z.
    pub fn in_riyadh(milliseconds: i64) -> Option<Self> {
        let minutes = milliseconds.div_euclid(60_000) + i64::from(RIYADH_OFFSET);
        let days = i32::try_from(minutes.div_euclid(i64::from(MINUTES_PER_DAY))).ok()?;
        Self::from_days_since_1970(days)
    }

    /// Age for display: in years, below one year in months, below one month in days. `None` as for
    /// [`CivilDate::age_on`].
    pub fn display_age_on(self, today: CivilDate) -> Option<Age> {
        let years = self.age_on(today)?;
        if years > 0 {
            return Some(Age::Years(years));
        }
        let months = (today.year - self.year) * 12 + i32::from(today.month)
            - i32::from(self.month)
            - i32::from(today.day < self.day);
        let days = today.days_since_1970() - self.days_since_1970();
        match (u32::try_from(months), u32::try_from(days)) {
            (Ok(months), _) if months > 0 => Some(Age::Months(months)),
            (_, Ok(days)) => Some(Age::Days(days)),
            _ => None,
        }
    }

    /// Age in whole years of a person born on this date. A birthday on 29 February counts from 1 March
    /// in other years. `None` before birth and over 150 years, where the date must be wrong.
    pub fn age_on(self, today: CivilDate) -> Option<u32> {
        let before_birthday = (today.month, today.day) < (self.month, self.day);
        let years = today.year - self.year - i32::from(before_birthday);
        u32::try_from(years).ok().filter(|years| *years <= 150)
    }
}

/// Age in the largest unit that is at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Years, at least one.
    Years(u32),
    /// Months, for less than a year.
    Months(u32),
    /// Days, for less than a month.
    Days(u32),
}

/// A date of the Hijri calendar in the years 1300 to 1500. A month has at most 30 days; which months
/// have 29 is not checked.
///
/// ```
/// use contract::date::HijriDate;
///
/// let day = HijriDate::new(1410, 6, 18).unwrap();
/// assert_eq!((day.year(), day.month(), day.day()), (1410, 6, 18));
/// assert_eq!(day.to_iso().as_str(), "1410-06-18");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HijriDate {
    year: i32,
    month: u8,
    day: u8,
}

impl HijriDate {
    /// Creates a date; `None` outside year 1300–1500, month 1–12, day 1–30.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists =
            (1300..=1500).contains(&year) && (1..=12).contains(&month) && (1..=30).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The year, 1300 to 1500.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 30.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Formats as `yyyy-mm-dd`.
    pub fn to_iso(self) -> Personal {
        iso(self.year, self.month, self.day)
    }
}

/// Date of birth in the Gregorian calendar.
#[derive(PartialEq, Eq)]
pub enum BirthDate {
    /// A date in a known format.
    Date(CivilDate),
    /// Any other text, unchanged, for display.
    Text(Personal),
}

/// Date of birth in the Hijri calendar.
#[derive(PartialEq, Eq)]
pub enum HijriBirthDate {
    /// A date in a known format.
    Date(HijriDate),
    /// Any other text, unchanged, for display.
    Text(Personal),
}

redact_debug!(BirthDate, HijriBirthDate);

/// Parses a date of birth: `yyyy-mm-dd`, or an ISO 8601 instant, of which the date in Riyadh counts.
///
/// An instant ends in `Z`, `±hh:mm`, `±hhmm` or `±hh`, in either case of letters, with or without
/// seconds and their fractions. Without an offset it is local time in Riyadh, where the hospital's
/// servers write it, and its date is unchanged.
///
/// ```
/// use contract::date::{BirthDate, CivilDate, parse_birth};
///
/// let day = CivilDate::new(1990, 1, 15).unwrap();
/// assert!(parse_birth("1990-01-14T21:00:00Z") == BirthDate::Date(day));
/// assert!(matches!(parse_birth("15/01/1990"), BirthDate::Text(_)));
/// ```
pub fn parse_birth(text: &str) -> BirthDate {
    let text = text.trim();
    match riyadh_day(text) {
        Some(day) => BirthDate::Date(day),
        None => BirthDate::Text(Personal::from(text)),
    }
}

/// Parses a Hijri date of birth: `yyyymmdd`, `yyyy-mm-dd`, `dd/mm/yyyy` or `dd-mm-yyyy`.
///
/// ```
/// use contract::date::{HijriBirthDate, HijriDate, parse_hijri};
///
/// let day = HijriDate::new(1410, 6, 18).unwrap();
/// assert!(parse_hijri("18/06/1410") == HijriBirthDate::Date(day));
/// assert!(matches!(parse_hijri("1410-13-01"), HijriBirthDate::Text(_)));
/// ```
pub fn parse_hijri(text: &str) -> HijriBirthDate {
    let text = text.trim();
    match hijri_year_first(text).or_else(|| hijri_day_first(text)) {
        Some(day) => HijriBirthDate::Date(day),
        None => HijriBirthDate::Text(Personal::from(text)),
    }
}

/// Parses an offset such as `+05:30`, `-0300`, `+03` or `Z`, in minutes east of UTC.
pub(crate) fn offset_minutes(text: &str) -> Option<i16> {
    let mut cursor = Cursor(text.as_bytes());
    let minutes = cursor.offset()?;
    cursor.end()?;
    i16::try_from(minutes).ok()
}

/// Parses a moment as milliseconds since 1970-01-01T00:00:00Z: an ISO 8601 instant as for
/// [`parse_birth`], to the minute, or the milliseconds themselves, in the twelve or thirteen digits
/// that they have from 1973 on. `None` for anything else, and for a time without an offset.
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
    if (12..=13).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let mut cursor = Cursor(text.as_bytes());
    let day = cursor.day()?;
    cursor.eat(b"Tt ")?;
    let minute = cursor.clock()?;
    let offset = cursor.offset()?;
    cursor.end()?;
    let minutes =
        i64::from(day.days_since_1970()) * i64::from(MINUTES_PER_DAY) + i64::from(minute - offset);
    Some(minutes * 60_000)
}

fn riyadh_day(text: &str) -> Option<CivilDate> {
    let mut cursor = Cursor(text.as_bytes());
    let written = cursor.day()?;
    if cursor.end().is_some() {
        return Some(written);
    }
    cursor.eat(b"Tt ")?;
    let minute = cursor.clock()?;
    let offset = match cursor.end() {
        Some(()) => RIYADH_OFFSET,
        None => cursor.offset()?,
    };
    cursor.end()?;
    let days = (minute - offset + RIYADH_OFFSET).div_euclid(MINUTES_PER_DAY);
    CivilDate::from_days_since_1970(written.days_since_1970() + days)
}

fn hijri_year_first(text: &str) -> Option<HijriDate> {
    let mut cursor = Cursor(text.as_bytes());
    let year = cursor.number(4)?;
    let dashed = cursor.eat(b"-").is_some();
    let month = cursor.two()?;
    if dashed {
        cursor.eat(b"-")?;
    }
    let day = cursor.two()?;
    cursor.end()?;
    HijriDate::new(year, month, day)
}

fn hijri_day_first(text: &str) -> Option<HijriDate> {
    let mut cursor = Cursor(text.as_bytes());
    let day = cursor.two()?;
    let separator = cursor.eat(b"/-")?;
    let month = cursor.two()?;
    cursor.eat(&[separator])?;
    let year = cursor.number(4)?;
    cursor.end()?;
    HijriDate::new(year, month, day)
}

fn iso(year: i32, month: u8, day: u8) -> Personal {
    let mut text = Personal::with_capacity(10);
    let (month, day) = (i32::from(month), i32::from(day));
    for (separator, digits) in [("", year / 100), ("", year % 100), ("-", month), ("-", day)] {
        text.push_str(separator);
        for digit in [digits / 10, digits % 10] {
            text.push(char::from(b'0' + u8::try_from(digit % 10).unwrap_or(0)));
        }
    }
    text
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

    /// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f…`, as the minute of the day.
    fn clock(&mut self) -> Option<i32> {
        let hours = self.number(2).filter(|hours| *hours < 24)?;
        self.eat(b":")?;
        let minutes = self.number(2).filter(|minutes| *minutes < 60)?;
        if self.eat(b":").is_some() {
            // 60 is a leap second.
            self.number(2).filter(|seconds| *seconds <= 60)?;
            if self.eat(b".,").is_some() {
                self.number(1)?;
                while self.number(1).is_some() {}
            }
        }
        Some(hours * 60 + minutes)
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

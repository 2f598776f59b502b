//! Days of the two calendars, and how the patient service writes them.
//!
//! This module must not know today's date, and it converts nothing between the calendars: the
//! browser's `Intl` does.

use crate::personal::{Personal, keep_quiet};

/// Riyadh is three hours ahead of UTC all year, in minutes.
const RIYADH: i32 = 3 * 60;
const DAY: i32 = 24 * 60;

/// A day of the Gregorian calendar that exists, in the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDate {
    year: i32,
    month: u8,
    day: u8,
}

impl CivilDate {
    /// `None` for a day that the calendar does not have.
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

    /// The day that is so many days after 1970-01-01.
    pub fn from_days_since_1970(days: i32) -> Option<Self> {
        // Counted from 0000-03-01, so that the leap day is a year's last day, in cycles of 400 years
        // (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
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

    /// How many days after 1970-01-01 this is; times 86 400 000 for a JavaScript date in UTC.
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

    /// `yyyy-mm-dd`, for the `datetime` attribute of a `<time>`.
    pub fn to_iso(self) -> Personal {
        iso(self.year, self.month, self.day)
    }

    /// The day in Riyadh at a moment, in milliseconds since 1970-01-01T00:00:00Z.
    pub fn in_riyadh(milliseconds: i64) -> Option<Self> {
        let minutes = milliseconds.div_euclid(60_000) + i64::from(RIYADH);
        let days = i32::try_from(minutes.div_euclid(i64::from(DAY))).ok()?;
        Self::from_days_since_1970(days)
    }

    /// The age as people tell it: in years, of a baby in months, of a newborn in days. `None` as
    /// for [`CivilDate::age_on`].
    pub fn told_age_on(self, today: CivilDate) -> Option<Age> {
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

    /// The age in whole years of someone born on this day. A birthday on 29 February is kept on
    /// 1 March. `None` before birth, and for an age that no one has reached (over 150): then the
    /// date is wrong, and so would be the age.
    pub fn age_on(self, today: CivilDate) -> Option<u32> {
        let before_birthday = (today.month, today.day) < (self.month, self.day);
        let years = today.year - self.year - i32::from(before_birthday);
        u32::try_from(years).ok().filter(|years| *years <= 150)
    }
}

/// How old somebody is, in the largest unit of which there is a whole one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// One year or more.
    Years(u32),
    /// Less than a year.
    Months(u32),
    /// Less than a month.
    Days(u32),
}

/// A day of the Hijri calendar in the years 1300 to 1500. A month has at most 30 days; which ones
/// have 29 is the business of whoever converts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HijriDate {
    year: i32,
    month: u8,
    day: u8,
}

impl HijriDate {
    /// `None` outside year 1300–1500, month 1–12, day 1–30.
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

    /// `yyyy-mm-dd`.
    pub fn to_iso(self) -> Personal {
        iso(self.year, self.month, self.day)
    }
}

/// A day of birth in the Gregorian calendar.
#[derive(PartialEq, Eq)]
pub enum BirthDate {
    /// Understood.
    Date(CivilDate),
    /// Not understood: shown as it came.
    Text(Personal),
}

/// A day of birth in the Hijri calendar.
#[derive(PartialEq, Eq)]
pub enum HijriBirthDate {
    /// Understood.
    Date(HijriDate),
    /// Not understood: shown as it came.
    Text(Personal),
}

keep_quiet!(BirthDate, HijriBirthDate);

/// Reads a day of birth: `yyyy-mm-dd`, or an ISO 8601 instant, of which the Riyadh day counts.
///
/// An instant ends in `Z`, `±hh:mm`, `±hhmm` or `±hh`, in either case of letters, with or without
/// seconds and their fractions. Without any of these it is read as Riyadh wall-clock time, because
/// the hospital's own servers write it: its day is the day, unchanged.
pub fn parse_birth(text: &str) -> BirthDate {
    let text = text.trim();
    match riyadh_day(text) {
        Some(day) => BirthDate::Date(day),
        None => BirthDate::Text(Personal::from(text)),
    }
}

/// Reads a Hijri day of birth: `yyyymmdd`, `yyyy-mm-dd`, `dd/mm/yyyy` or `dd-mm-yyyy`.
pub fn parse_hijri(text: &str) -> HijriBirthDate {
    let text = text.trim();
    match hijri_year_first(text).or_else(|| hijri_day_first(text)) {
        Some(day) => HijriBirthDate::Date(day),
        None => HijriBirthDate::Text(Personal::from(text)),
    }
}

/// `+05:30`, `-0300`, `+03` or `Z` in minutes east of Greenwich.
pub(crate) fn offset_minutes(text: &str) -> Option<i16> {
    let mut cursor = Cursor(text.as_bytes());
    let minutes = cursor.offset()?;
    cursor.end()?;
    i16::try_from(minutes).ok()
}

/// Reads a moment, in milliseconds since 1970-01-01T00:00:00Z and to the minute: an ISO 8601 instant,
/// spelled as for [`parse_birth`], or the milliseconds themselves, in the twelve or thirteen digits
/// that they have from 1973 on. `None` for anything else, and for a time of which nobody says in
/// which zone: it is shown as it came.
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
    let minutes = i64::from(day.days_since_1970()) * i64::from(DAY) + i64::from(minute - offset);
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
        Some(()) => RIYADH,
        None => cursor.offset()?,
    };
    cursor.end()?;
    let days = (minute - offset + RIYADH).div_euclid(DAY);
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

/// What is left to read. Each step reads all of what it is after, or `None` ends the reading.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    /// Exactly so many digits.
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

    /// One of these bytes.
    fn eat(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        wanted.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    /// Nothing more.
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

    /// `Z`, `±hh`, `±hhmm` or `±hh:mm`, in minutes east of Greenwich.
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

//! The two calendars, and ages.

use crate::personal::{Personal, redact_debug};

/// Riyadh's offset from UTC in seconds, all year.
const RIYADH_OFFSET: i64 = 3 * 3_600;
/// Riyadh's offset before [`RIYADH_STANDARD_TIME`]: local mean time, +03:06:52.
const RIYADH_MEAN_TIME: i64 = RIYADH_OFFSET + 6 * 60 + 52;
/// Start of 14 March 1947 in Riyadh in seconds since 1970-01-01T00:00:00Z (tz database, Asia/Riyadh).
const RIYADH_STANDARD_TIME: i64 = -719_636_812;
pub(super) const SECONDS_PER_DAY: i64 = 24 * 3_600;

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
        let seconds = milliseconds.div_euclid(1_000);
        let offset = if seconds < RIYADH_STANDARD_TIME {
            RIYADH_MEAN_TIME
        } else {
            RIYADH_OFFSET
        };
        let days = i32::try_from((seconds + offset).div_euclid(SECONDS_PER_DAY)).ok()?;
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
    /// in other years. `None` before birth and over 130 years, where the date must be wrong.
    pub fn age_on(self, today: CivilDate) -> Option<u32> {
        let before_birthday = (today.month, today.day) < (self.month, self.day);
        let years = today.year - self.year - i32::from(before_birthday);
        u32::try_from(years).ok().filter(|years| *years <= 130)
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

/// The contents of a field for the date of birth.
#[derive(PartialEq, Eq)]
pub enum Birth {
    /// A date of the Gregorian calendar, or a text in no known format.
    Gregorian(BirthDate),
    /// A date of the Hijri calendar that was written in the form of a Gregorian one.
    Hijri(HijriDate),
    /// The lowest or highest value of a date type: the date is not known.
    Unknown,
}

/// Date of birth in the Hijri calendar.
#[derive(PartialEq, Eq)]
pub enum HijriBirthDate {
    /// A date in a known format.
    Date(HijriDate),
    /// Any other text, unchanged, for display.
    Text(Personal),
}

redact_debug!(Birth, BirthDate, HijriBirthDate);

fn iso(year: i32, month: u8, day: u8) -> Personal {
    let mut text = Personal::with_capacity(10);
    let (month, day) = (i32::from(month), i32::from(day));
    for (separator, digits) in [("", year / 100), ("", year), ("-", month), ("-", day)] {
        text.push_str(separator);
        // The last two of them.
        for digit in [digits / 10, digits] {
            text.push(char::from(b'0' + u8::try_from(digit % 10).unwrap_or(0)));
        }
    }
    text
}

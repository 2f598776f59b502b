//! Dates and moments: replaced by others that exist in the same calendar and epoch.

use super::random::Random;

/// The first and the last year that a service sends for "not known".
const EXTREMES: [&str; 3] = ["1900-01-01", "1753-01-01", "9999-12-31"];

/// A text that is a date, with or without a time.
pub(super) struct DateTime<'a> {
    text: &'a str,
    year: u16,
    order: Order,
    /// The position of the time in the text.
    time: Option<usize>,
}

#[derive(Clone, Copy)]
enum Order {
    /// `yyyy-mm-dd` or `yyyy/mm/dd`, and a time after it.
    YearFirst,
    /// `dd/mm/yyyy` or `dd-mm-yyyy`.
    DayFirst,
    /// `yyyymmdd`.
    Digits,
}

impl<'a> DateTime<'a> {
    /// Parses a date; eight bare digits are one under a key that says so.
    pub(super) fn parse(text: &'a str, key: &str) -> Option<Self> {
        if !text.is_ascii() {
            return None;
        }
        let part = |range: std::ops::Range<usize>| number(text.get(range)?);
        let separator = |at: usize| text.get(at..=at).filter(|one| matches!(*one, "-" | "/"));
        let (order, year, month, day) = if separator(4).is_some() && separator(4) == separator(7) {
            (Order::YearFirst, part(0..4)?, part(5..7)?, part(8..10)?)
        } else if text.len() == 10 && separator(2).is_some() && separator(2) == separator(5) {
            (Order::DayFirst, part(6..10)?, part(3..5)?, part(0..2)?)
        } else if text.len() == 8 && key.contains("date") {
            (Order::Digits, part(0..4)?, part(4..6)?, part(6..8)?)
        } else {
            return None;
        };
        let time = match text.len() {
            8 | 10 => None,
            _ => Some(10),
        };
        let exists = (1..=12).contains(&month) && (1..=31).contains(&day);
        let date = Self {
            text,
            year,
            order,
            time,
        };
        (exists && date.time_ends_well()).then_some(date)
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Returns `true` for the lowest and highest dates, which mean that a date is not known.
    pub(super) fn is_extreme(&self) -> bool {
        let has_no_moment = self.clock().is_none_or(is_round);
        let is_known = EXTREMES.iter().any(|date| self.text.starts_with(date));
        has_no_moment && (is_known || self.text.starts_with("0001-01-01"))
    }

    /// Another date of the same shape.
    pub(super) fn other(&self, random: &mut Random) -> String {
        let (first, last) = match self.year {
            1300..=1500 => (1360, 1420),
            1900..=1946 => (1905, 1945),
            1947..=2014 => (1950, 2010),
            2015..=2026 => (2015, 2025),
            2027..=2099 => (2030, 2095),
            year => (year - year % 100, year - year % 100 + 99),
        };
        let year = usize::from(first) + random.below(usize::from(last - first) + 1);
        let (month, day) = (1 + random.below(12), 1 + random.below(28));
        let separator: String = self
            .text
            .chars()
            .filter(|one| matches!(one, '-' | '/'))
            .take(1)
            .collect();
        let date = match self.order {
            Order::YearFirst => format!("{year:04}{separator}{month:02}{separator}{day:02}"),
            Order::DayFirst => format!("{day:02}{separator}{month:02}{separator}{year:04}"),
            Order::Digits => format!("{year:04}{month:02}{day:02}"),
        };
        let Some(clock) = self.clock() else {
            return date;
        };
        let rest = self.text.get(11 + clock.len()..).unwrap_or_default();
        let mark = self.text.get(10..11).unwrap_or_default();
        format!("{date}{mark}{}{rest}", other_time(clock, random))
    }

    /// `hh:mm`, with seconds and their fraction where there are some.
    fn clock(&self) -> Option<&'a str> {
        let rest = self.text.get(self.time? + 1..)?;
        let is_end =
            |character: char| !(character.is_ascii_digit() || matches!(character, ':' | '.'));
        let end = rest.find(is_end).unwrap_or(rest.len());
        rest.get(..end)
    }

    /// Returns `true` without a time, or with one that ends there or in an offset from UTC.
    fn time_ends_well(&self) -> bool {
        let Some(at) = self.time else {
            return true;
        };
        let mark = self.text.get(at..=at);
        let Some(clock) = self
            .clock()
            .filter(|_| matches!(mark, Some("T" | "t" | " ")))
        else {
            return false;
        };
        let parts: Vec<&str> = clock.split([':', '.']).collect();
        let is_clock = matches!(parts.as_slice(), [hours, minutes, ..]
            if hours.len() == 2 && minutes.len() == 2 && parts.len() <= 4)
            && parts.iter().all(|part| number(part).is_some());
        let rest = self.text.get(at + 1 + clock.len()..).unwrap_or_default();
        let is_offset = |rest: &str| {
            rest.starts_with(['+', '-'])
                && rest.len() <= 6
                && rest
                    .bytes()
                    .skip(1)
                    .all(|byte| byte.is_ascii_digit() || byte == b':')
        };
        is_clock && (matches!(rest, "" | "Z" | "z") || is_offset(rest))
    }
}

fn number(text: &str) -> Option<u16> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A fraction of a second may be longer than any number here.
    is_number.then(|| text.parse().unwrap_or(u16::MAX))
}

/// Returns `true` for midnight in UTC or in Riyadh, which is a date without a time.
fn is_round(clock: &str) -> bool {
    (clock.starts_with("00:00") || clock.starts_with("21:00"))
        && clock
            .bytes()
            .skip(5)
            .all(|byte| !matches!(byte, b'1'..=b'9'))
}

fn other_time(clock: &str, random: &mut Random) -> String {
    if is_round(clock) {
        return clock.to_owned();
    }
    let one = |(at, character): (usize, char)| match at {
        _ if !character.is_ascii_digit() => character,
        0 => random.digit(0, 1),
        3 | 6 => random.digit(0, 5),
        _ => random.digit(0, 9),
    };
    clock.chars().enumerate().map(one).collect()
}

//! Dates of the Gregorian and the Hijri calendar, in the formats of the patient service.
//!
//! The current date is always an argument. Conversion between the calendars is left to the browser's
//! `Intl`.

mod calendar;
mod parse;

pub use calendar::{Age, Birth, BirthDate, CivilDate, HijriBirthDate, HijriDate};
pub(crate) use parse::{is_moment, is_offset};
pub use parse::{is_unknown, parse_birth, parse_hijri, parse_moment};

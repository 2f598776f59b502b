//! The small readers: days of two calendars, moments, places.

#![no_main]

use contract::date::{BirthDate, CivilDate, HijriBirthDate, parse_birth, parse_hijri};
use contract::patient::coordinates;
use contract::service_error::RetryAfter;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let BirthDate::Date(day) = parse_birth(text) {
        assert!(parse_birth(day.to_iso().as_str()) == BirthDate::Date(day));
        assert_eq!(
            CivilDate::from_days_since_1970(day.days_since_1970()),
            Some(day)
        );
        assert_eq!(day.age_on(day), Some(0));
    }
    if let HijriBirthDate::Date(day) = parse_hijri(text) {
        assert!(parse_hijri(day.to_iso().as_str()) == HijriBirthDate::Date(day));
    }
    if let Some(place) = coordinates(text) {
        for (degrees, limit) in [(&place.latitude, 90.0), (&place.longitude, 180.0)] {
            let degrees: f64 = degrees.as_str().parse().unwrap();
            assert!(degrees.abs() <= limit);
        }
    }
    let _ = RetryAfter::read(text);
});

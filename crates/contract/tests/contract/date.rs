//! Dates of birth in both calendars, and ages.

use contract::date::{
    Age, Birth, BirthDate, CivilDate, HijriBirthDate, HijriDate, is_unknown, parse_birth,
    parse_hijri, parse_moment,
};
use proptest::prelude::*;

fn day(year: i32, month: u8, day: u8) -> CivilDate {
    CivilDate::new(year, month, day).unwrap()
}

fn born(text: &str) -> Option<(i32, u8, u8)> {
    match parse_birth(text) {
        Birth::Gregorian(BirthDate::Date(date)) => Some((date.year(), date.month(), date.day())),
        Birth::Gregorian(BirthDate::Text(shown)) => {
            assert_eq!(shown.as_str(), text.trim());
            None
        }
        Birth::Hijri(_) | Birth::Unknown => None,
    }
}

fn hijri(text: &str) -> Option<(i32, u8, u8)> {
    match parse_hijri(text) {
        HijriBirthDate::Date(date) => Some((date.year(), date.month(), date.day())),
        HijriBirthDate::Text(shown) => {
            assert_eq!(shown.as_str(), text.trim());
            None
        }
    }
}

#[test]
fn moment_is_read_only_with_its_time_zone() {
    for same in [
        "2022-09-07T11:42:51.887Z",
        "2022-09-07T11:42:51.887+00:00",
        "2022-09-07 14:42+03",
        " 2022-09-07T17:12:00+0530 ",
    ] {
        assert_eq!(parse_moment(same), Some(1_662_550_920_000), "{same}");
    }
    assert_eq!(parse_moment("1662550971887"), Some(1_662_550_971_887));
    assert_eq!(parse_moment("1969-12-31T23:59Z"), Some(-60_000));
    for unread in [
        "",
        "2022",
        "0",
        "20220907",
        "2022-09-07",
        "2022-09-07T11:42:51",
        "2022-02-30T11:42:51Z",
        "2022-09-07T25:00Z",
        "2022-09-07T11:42Zx",
        "16625509718871",
        "yesterday",
    ] {
        assert_eq!(parse_moment(unread), None, "{unread}");
    }
}

#[test]
fn moment_that_is_not_known_is_not_read_f7b() {
    for text in [
        "0001-01-01T00:00:00Z",
        "1900-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00",
    ] {
        assert!(is_unknown(text), "{text}");
        assert_eq!(parse_moment(text), None, "{text}");
    }
    for text in ["2022-09-07T11:42Z", "1662550971887", "yesterday", "", "0"] {
        assert!(!is_unknown(text), "{text}");
    }
}

#[test]
fn birth_date_without_time_is_that_day() {
    assert_eq!(born("1990-01-15"), Some((1990, 1, 15)));
    assert_eq!(born(" 2000-02-29 "), Some((2000, 2, 29)));
}

#[test]
fn birth_date_of_an_instant_is_the_riyadh_day() {
    assert_eq!(born("1990-01-14T21:00:00Z"), Some((1990, 1, 15)));
    assert_eq!(born("1990-01-14T20:59:59.999Z"), Some((1990, 1, 14)));
    assert_eq!(born("2022-09-07T11:42:51.887Z"), Some((2022, 9, 7)));
    assert_eq!(born("1999-12-31T21:00:00Z"), Some((2000, 1, 1)));
    assert_eq!(born("2000-02-28T23:30Z"), Some((2000, 2, 29)));
    assert_eq!(born("1900-02-28T23:30Z"), Some((1900, 3, 1)));
}

#[test]
fn birth_date_before_14_march_1947_is_in_the_local_mean_time_of_riyadh_f7a() {
    for (instant, date) in [
        ("1940-01-14T20:53:08.000Z", (1940, 1, 15)),
        ("1940-01-14T20:53:07Z", (1940, 1, 14)),
        ("1946-06-30T20:53:08Z", (1946, 7, 1)),
        ("1947-03-13T20:53:07Z", (1947, 3, 13)),
        ("1947-03-13T20:53:08Z", (1947, 3, 13)),
        ("1947-03-13T21:00:00Z", (1947, 3, 14)),
        ("1947-03-14T20:53:08Z", (1947, 3, 14)),
        ("/Date(-946263412000)/", (1940, 1, 7)),
    ] {
        assert_eq!(born(instant), Some(date), "{instant}");
    }
}

#[test]
fn birth_date_accepts_every_offset_in_every_notation() {
    assert_eq!(born("1990-01-15T00:00:00+03:00"), Some((1990, 1, 15)));
    assert_eq!(born("1990-01-15T00:00:00+0300"), Some((1990, 1, 15)));
    assert_eq!(born("1990-01-15T00:00:00+03"), Some((1990, 1, 15)));
    assert_eq!(born("1990-01-15T02:59:00+05:30"), Some((1990, 1, 15)));
    assert_eq!(born("1990-01-15T02:29:00+05:30"), Some((1990, 1, 14)));
    assert_eq!(born("1990-01-15T23:00:00-1200"), Some((1990, 1, 16)));
    assert_eq!(born("1990-01-15T23:59:00-23:59"), Some((1990, 1, 17)));
    assert_eq!(born("1990-01-15T00:00:00+23:59"), Some((1990, 1, 14)));
    assert_eq!(born("1990-01-14t21:00:00z"), Some((1990, 1, 15)));
    assert_eq!(born("1990-01-14 21:00:00Z"), Some((1990, 1, 15)));
    assert_eq!(
        born("1990-01-14T21:00:00.1234567890123Z"),
        Some((1990, 1, 15))
    );
    assert_eq!(born("1990-01-14T21:00:60Z"), Some((1990, 1, 15)));
}

#[test]
fn birth_date_without_offset_is_riyadh_local_time() {
    assert_eq!(born("1990-01-15T00:00:00"), Some((1990, 1, 15)));
    assert_eq!(born("1990-01-15T23:59:59.999"), Some((1990, 1, 15)));
    assert_eq!(born("1990-01-15 00:00"), Some((1990, 1, 15)));
}

#[test]
fn birth_date_in_any_other_form_is_kept_as_text() {
    for text in [
        "string",
        "0",
        "1990",
        "1990-1-5",
        "15/01/1990",
        "19900115",
        "1990-02-30",
        "1900-02-29",
        "1990-13-01",
        "1990-00-01",
        "1990-01-00",
        "1990-01-15T",
        "1990-01-15T24:00Z",
        "1990-01-15T10:60Z",
        "1990-01-15T10:00:61Z",
        "1990-01-15T10:00:00.Z",
        "1990-01-15T10Z",
        "1990-01-15T10:00:00+3",
        "1990-01-15T10:00:00+03:",
        "1990-01-15T10:00:00+03:0",
        "1990-01-15T10:00:00+24:00",
        "1990-01-15T10:00:00+03:60",
        "1990-01-15T10:00:00 Z",
        "1990-01-15T10:00:00ZZ",
        "1990-01-15X10:00",
        "+1990-01-15",
        "-1990-01-15",
        "12022-01-15",
        "1990-01-15\u{202e}",
        "١٩٩٠-٠١-١٥",
        "/Date()/",
        "/Date(x)/",
        "/Date(632361600000+3)/x",
        "/Date(632361600000+x)/",
        "/Date(99999999999999999999)/",
        "Date(632361600000)",
    ] {
        assert_eq!(born(text), None, "{text}");
    }
}

#[test]
fn birth_date_of_net_services_is_the_riyadh_day_of_its_milliseconds() {
    for (text, date) in [
        ("/Date(632361600000+0300)/", (1990, 1, 15)),
        ("/Date(632361600000)/", (1990, 1, 15)),
        ("/Date(632350799999-0500)/", (1990, 1, 14)),
        (" /Date(-86400000)/ ", (1969, 12, 31)),
        ("/Date(0)/", (1970, 1, 1)),
    ] {
        assert_eq!(born(text), Some(date), "{text}");
    }
}

#[test]
fn lowest_and_highest_dates_are_not_known_f7b() {
    for text in [
        "0001-01-01",
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "0000-01-01",
        "-62135596800000",
        "253402300799999",
        "1753-01-01T00:00:00",
        "1900-01-01T00:00:00",
        "1900-01-01",
        "9999-12-31",
        "9999-12-31T23:59:59.9999999",
        "9999-12-31T23:00Z",
        "/Date(-62135596800000)/",
        "/Date(253402300799999)/",
    ] {
        assert!(parse_birth(text) == Birth::Unknown, "{text}");
    }
    assert_eq!(born("1900-01-02"), Some((1900, 1, 2)));
    assert_eq!(born("1901-01-01"), Some((1901, 1, 1)));
}

#[test]
fn hijri_date_in_the_form_of_a_gregorian_one_is_a_hijri_date() {
    for (text, year, month, day) in [
        ("1410-06-18T00:00:00", 1410, 6, 18),
        ("1410-06-18", 1410, 6, 18),
        // No day of the Gregorian calendar, and in no time zone.
        ("1410-02-30T22:00:00Z", 1410, 2, 30),
        ("1300-01-01T00:00:00+03:00", 1300, 1, 1),
        ("1500-12-30 00:00", 1500, 12, 30),
    ] {
        let expected = HijriDate::new(year, month, day).unwrap();
        assert!(parse_birth(text) == Birth::Hijri(expected), "{text}");
    }
    for other in ["1299-06-18", "1501-06-18", "1410-06-31", "1410-06-18x"] {
        assert!(!matches!(parse_birth(other), Birth::Hijri(_)), "{other}");
    }
}

#[test]
fn time_of_day_after_a_hijri_date_is_dropped() {
    for text in [
        "1410/06/18",
        "1410-06-18T00:00:00",
        "18/06/1410 00:00:00",
        "18-06-1410 12:00:00 AM",
        "14100618 00:00",
        "1410-06-18T00:00:00.000+03:00",
    ] {
        assert_eq!(hijri(text), Some((1410, 6, 18)), "{text}");
    }
    for text in ["1410/06-18", "18/06/1410 noon", "18/06/1410 12:00 XM"] {
        assert_eq!(hijri(text), None, "{text}");
    }
}

#[test]
fn hijri_date_in_every_documented_form_is_read() {
    let expected = Some((1410, 6, 18));
    for text in [
        "14100618",
        "1410-06-18",
        "18/06/1410",
        "18-06-1410",
        " 1410-06-18\n",
    ] {
        assert_eq!(hijri(text), expected, "{text}");
    }
}

#[test]
fn hijri_date_out_of_range_is_kept_as_text() {
    assert_eq!(hijri("1300-01-01"), Some((1300, 1, 1)));
    assert_eq!(hijri("15001230"), Some((1500, 12, 30)));
    for text in [
        "string",
        "1299-12-30",
        "1501-01-01",
        "1410-00-01",
        "1410-13-01",
        "1410-06-00",
        "1410-06-31",
        "1410-6-18",
        "18-06/1410",
        "18/06-1410",
        "18061410",
        "1410-0618",
        "141006-18",
        "1410061",
        "141006181",
        "18 Jumada II 1410",
        "١٤١٠-٠٦-١٨",
        "1990-01-15",
        "18//1410",
    ] {
        assert_eq!(hijri(text), None, "{text}");
    }
}

#[test]
fn age_counts_birthdays() {
    let today = day(2026, 11, 22);
    assert_eq!(day(1990, 11, 22).age_on(today), Some(36));
    assert_eq!(day(1990, 11, 23).age_on(today), Some(35));
    assert_eq!(day(1990, 11, 21).age_on(today), Some(36));
    assert_eq!(day(2026, 11, 22).age_on(today), Some(0));
    assert_eq!(day(2026, 11, 23).age_on(today), None);
    assert_eq!(day(2027, 1, 1).age_on(today), None);
    assert_eq!(day(1896, 11, 22).age_on(today), Some(130));
    assert_eq!(day(1895, 11, 22).age_on(today), None);
    assert_eq!(day(1, 1, 1).age_on(today), None);
}

#[test]
fn display_age_is_in_the_largest_whole_unit() {
    let today = day(2026, 11, 22);
    assert_eq!(day(1990, 1, 15).display_age_on(today), Some(Age::Years(36)));
    assert_eq!(day(2025, 11, 22).display_age_on(today), Some(Age::Years(1)));
    assert_eq!(
        day(2025, 11, 23).display_age_on(today),
        Some(Age::Months(11))
    );
    assert_eq!(
        day(2025, 12, 22).display_age_on(today),
        Some(Age::Months(11))
    );
    assert_eq!(
        day(2026, 10, 22).display_age_on(today),
        Some(Age::Months(1))
    );
    assert_eq!(day(2026, 10, 23).display_age_on(today), Some(Age::Days(30)));
    assert_eq!(day(2026, 11, 22).display_age_on(today), Some(Age::Days(0)));
    assert_eq!(day(2026, 11, 23).display_age_on(today), None);
    assert_eq!(day(1895, 11, 22).display_age_on(today), None);
}

#[test]
fn riyadh_day_starts_three_hours_before_the_utc_day() {
    let at = CivilDate::in_riyadh;
    assert_eq!(at(0), Some(day(1970, 1, 1)));
    // 1990-01-14T20:59:59.999Z and a millisecond later.
    assert_eq!(at(632_350_799_999), Some(day(1990, 1, 14)));
    assert_eq!(at(632_350_800_000), Some(day(1990, 1, 15)));
    assert_eq!(at(-1), Some(day(1970, 1, 1)));
    assert_eq!(at(-10_800_001), Some(day(1969, 12, 31)));
    assert_eq!(at(i64::MAX), None);
    assert_eq!(at(i64::MIN), None);
}

#[test]
fn birthday_on_29_february_counts_from_1_march() {
    assert_eq!(day(2000, 2, 29).age_on(day(2001, 2, 28)), Some(0));
    assert_eq!(day(2000, 2, 29).age_on(day(2001, 3, 1)), Some(1));
    assert_eq!(day(2000, 2, 29).age_on(day(2004, 2, 29)), Some(4));
}

#[test]
fn date_that_does_not_exist_is_none() {
    assert!(CivilDate::new(2023, 2, 29).is_none());
    assert!(CivilDate::new(2024, 2, 29).is_some());
    assert!(CivilDate::new(1900, 2, 29).is_none());
    assert!(CivilDate::new(2000, 2, 29).is_some());
    assert!(CivilDate::new(2024, 4, 31).is_none());
    assert!(CivilDate::new(0, 1, 1).is_none());
    assert!(CivilDate::new(10_000, 1, 1).is_none());
    assert!(HijriDate::new(1410, 6, 31).is_none());
    assert!(HijriDate::new(1410, 6, 30).is_some());
}

#[test]
fn date_is_formatted_as_iso_8601() {
    assert_eq!(day(987, 6, 5).to_iso().as_str(), "0987-06-05");
    assert_eq!(day(1990, 12, 31).to_iso().as_str(), "1990-12-31");
    assert_eq!(
        HijriDate::new(1410, 6, 8).unwrap().to_iso().as_str(),
        "1410-06-08"
    );
}

#[test]
fn days_since_1970_match_known_dates() {
    assert_eq!(day(1970, 1, 1).days_since_1970(), 0);
    assert_eq!(day(1990, 1, 15).days_since_1970(), 7_319);
    assert_eq!(day(1969, 12, 31).days_since_1970(), -1);
    assert_eq!(CivilDate::from_days_since_1970(i32::MAX), None);
    assert_eq!(CivilDate::from_days_since_1970(i32::MIN), None);
}

/// Compares the arithmetic with a count of every day of 9999 years.
#[test]
fn days_since_1970_round_trip_for_every_date() {
    let mut count = day(1, 1, 1).days_since_1970();
    for year in 1..=9999 {
        for month in 1..=12 {
            for date in (1..=31).filter_map(|day| CivilDate::new(year, month, day)) {
                assert_eq!(date.days_since_1970(), count);
                assert_eq!(CivilDate::from_days_since_1970(count), Some(date));
                count += 1;
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_a_date_or_kept_as_text(text: String) {
        let _ = (born(&text), hijri(&text));
    }

    #[test]
    fn riyadh_day_is_the_day_of_the_instant_plus_three_hours(
        // From 1948: before March 1947 the offset was another.
        days in -8_000i32..36_500, minute in 0i32..1440, offset in -839i32..=840,
    ) {
        let written = CivilDate::from_days_since_1970(days).unwrap();
        let text = format!(
            "{}T{:02}:{:02}:00{}{:02}:{:02}",
            written.to_iso().as_str(), minute / 60, minute % 60,
            if offset < 0 { '-' } else { '+' }, offset.abs() / 60, offset.abs() % 60,
        );
        let instant = i64::from(days) * 1440 + i64::from(minute) - i64::from(offset);
        let riyadh = i32::try_from((instant + 180).div_euclid(1440)).unwrap();
        let expected = CivilDate::from_days_since_1970(riyadh).unwrap();
        prop_assert!(parse_birth(&text) == Birth::Gregorian(BirthDate::Date(expected)));
    }
}

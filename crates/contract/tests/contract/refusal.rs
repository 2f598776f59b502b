//! Statuses that mean the same everywhere, and when to try again.

use contract::refusal::{Flaw, Refusal, RetryAfter};
use contract::{patient, staff};
use proptest::prelude::*;

use crate::support::{ANY_BODY, answer, retry_after};

#[test]
fn any_5xx_is_the_service_being_down_whatever_it_says() {
    for status in 500..=599 {
        for body in ANY_BODY {
            let answer = answer(status, body);
            assert_eq!(patient::exists_answer(&answer), Err(Refusal::ServiceDown));
            assert_eq!(patient::login_answer(&answer), Err(Refusal::ServiceDown));
            assert_eq!(
                staff::sign_in_answer(&answer).err(),
                Some(Refusal::ServiceDown)
            );
            assert_eq!(staff::session_answer(&answer), Err(Refusal::ServiceDown));
        }
    }
}

#[test]
fn a_429_is_too_many_tries_wherever_it_comes_from() {
    let expected = Refusal::TooManyTries(Some(RetryAfter::Seconds(30)));
    let answer = retry_after(429, "30");
    assert_eq!(patient::exists_answer(&answer), Err(expected));
    assert_eq!(patient::login_answer(&answer), Err(expected));
    assert_eq!(staff::sign_in_answer(&answer).err(), Some(expected));
    assert_eq!(staff::session_answer(&answer), Err(expected));
}

#[test]
fn a_429_that_names_no_time_is_still_too_many_tries() {
    for value in ["", "soon", "-5", "1.5", "tomorrow"] {
        assert_eq!(
            patient::login_answer(&retry_after(429, value)),
            Err(Refusal::TooManyTries(None)),
            "{value}"
        );
    }
    assert_eq!(
        patient::login_answer(&answer(429, "")),
        Err(Refusal::TooManyTries(None))
    );
}

#[test]
fn a_status_without_a_meaning_is_a_bad_answer() {
    for status in [
        0,
        100,
        201,
        204,
        206,
        301,
        302,
        304,
        402,
        405,
        409,
        418,
        451,
        499,
        600,
        999,
        u16::MAX,
    ] {
        let expected = Refusal::BadAnswer(Flaw::UnexpectedStatus(status));
        let answer = answer(status, "true");
        assert_eq!(patient::exists_answer(&answer), Err(expected));
        assert_eq!(patient::login_answer(&answer), Err(expected));
        assert_eq!(staff::sign_in_answer(&answer).err(), Some(expected));
        assert_eq!(staff::session_answer(&answer), Err(expected));
    }
}

#[test]
fn seconds_are_read() {
    assert_eq!(RetryAfter::read("0"), Some(RetryAfter::Seconds(0)));
    assert_eq!(RetryAfter::read(" 120 "), Some(RetryAfter::Seconds(120)));
    assert_eq!(
        RetryAfter::read("99999999999999999999"),
        Some(RetryAfter::Seconds(u32::MAX))
    );
}

#[test]
fn all_three_forms_of_http_dates_are_read() {
    let expected = Some(RetryAfter::At(784_111_777));
    for text in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ] {
        assert_eq!(RetryAfter::read(text), expected, "{text}");
    }
    assert_eq!(
        RetryAfter::read("Sunday, 22-Nov-26 00:00:00 GMT"),
        RetryAfter::read("Sun, 22 Nov 2026 00:00:00 GMT")
    );
    assert_eq!(
        RetryAfter::read("Thu, 01 Jan 1970 00:00:00 GMT"),
        Some(RetryAfter::At(0))
    );
    assert_eq!(
        RetryAfter::read("Sat, 31 Dec 2016 23:59:60 GMT"),
        Some(RetryAfter::At(1_483_228_800))
    );
}

#[test]
fn other_dates_are_no_time() {
    for text in [
        "2026-11-22T00:00:00Z",
        "Sun, 06 Nov 1994 08:49:37 +0300",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Now 1994 08:49:37 GMT",
        "Sun, 06 Nov 994 08:49:37 GMT",
        "Sun, 06 Nov 1969 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT GMT",
        ", - : GMT",
    ] {
        assert_eq!(RetryAfter::read(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_time_or_none(text: String) {
        let _ = RetryAfter::read(&text);
    }

    #[test]
    fn http_dates_of_this_century_are_read(days in 0u64..47_000, second in 0u64..86_400) {
        let date = contract::date::CivilDate::from_days_since_1970(i32::try_from(days).unwrap()).unwrap();
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            [usize::from(date.month()) - 1];
        let text = format!(
            "Mon, {:02} {month} {:04} {:02}:{:02}:{:02} GMT",
            date.day(), date.year(), second / 3600, second / 60 % 60, second % 60,
        );
        prop_assert_eq!(RetryAfter::read(&text), Some(RetryAfter::At(days * 86_400 + second)));
    }
}

//! Statuses with the same error for every reader, and the `Retry-After` header.

use contract::reference::FaultKind;
use contract::service_error::{ResponseError, RetryAfter, ServiceError};
use contract::{patient, staff};
use proptest::prelude::*;

use crate::support::{ANY_BODY, response, retry_after, v1};

#[test]
fn status_5xx_with_any_body_is_service_down() {
    for status in 500..=599 {
        for body in ANY_BODY {
            let response = response(status, body);
            assert_eq!(
                patient::read_exists(&response),
                Err(ServiceError::ServiceDown)
            );
            assert_eq!(
                patient::read_login(&response),
                Err(ServiceError::ServiceDown)
            );
            // An empty 500 to a sign-in is another error: `staff_sign_in.rs`.
            if status != 500 || !body.trim().is_empty() {
                assert_eq!(
                    staff::read_sign_in(&v1(), &response).err(),
                    Some(ServiceError::ServiceDown)
                );
            }
            assert_eq!(
                staff::read_session(&response),
                Err(ServiceError::ServiceDown)
            );
        }
    }
}

#[test]
fn status_503_with_retry_after_says_when_the_service_is_back() {
    let back = |value| patient::read_exists(&retry_after(503, value)).err();
    let after = |seconds| Some(ServiceError::Unavailable(RetryAfter::Seconds(seconds)));
    assert_eq!(back("30"), after(30));
    assert_eq!(back("0"), after(0));
    assert_eq!(back("soon"), Some(ServiceError::ServiceDown));
    let other = retry_after(502, "30");
    assert_eq!(patient::read_exists(&other), Err(ServiceError::ServiceDown));
}

#[test]
fn retry_after_date_is_compared_with_the_servers_own_clock_f3() {
    let wait = |then: &str, date: &str| {
        let mut response = retry_after(429, then);
        response.headers.date = Some(date.to_owned());
        patient::read_exists(&response)
    };
    let tries = |when| Err(ServiceError::TooManyTries(Some(when)));
    let then = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (date, seconds) in [
        ("Sun, 06 Nov 1994 08:48:37 GMT", 60),
        ("Sunday, 06-Nov-94 08:49:36 GMT", 1),
        ("Sun, 06 Nov 1994 09:49:37 GMT", 0),
    ] {
        let expected = tries(RetryAfter::Seconds(seconds));
        assert_eq!(wait(then, date), expected, "{date}");
    }
    for date in ["", "now", "120"] {
        assert_eq!(wait(then, date), tries(RetryAfter::At(784_111_777)));
    }
    let with_seconds = wait("30", "Sun, 06 Nov 1994 08:48:37 GMT");
    assert_eq!(with_seconds, tries(RetryAfter::Seconds(30)));
}

#[test]
fn status_429_is_too_many_tries_for_every_reader() {
    let expected = ServiceError::TooManyTries(Some(RetryAfter::Seconds(30)));
    let response = retry_after(429, "30");
    assert_eq!(patient::read_exists(&response), Err(expected));
    assert_eq!(patient::read_login(&response), Err(expected));
    assert_eq!(staff::read_sign_in(&v1(), &response).err(), Some(expected));
    assert_eq!(staff::read_session(&response), Err(expected));
}

#[test]
fn status_429_without_a_readable_time_is_too_many_tries() {
    for value in ["", "soon", "-5", "1.5", "tomorrow"] {
        assert_eq!(
            patient::read_login(&retry_after(429, value)),
            Err(ServiceError::TooManyTries(None)),
            "{value}"
        );
    }
    assert_eq!(
        patient::read_login(&response(429, "")),
        Err(ServiceError::TooManyTries(None))
    );
}

#[test]
fn undocumented_status_is_an_invalid_response() {
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
        let expected = ServiceError::InvalidResponse(ResponseError::UnexpectedStatus(status));
        let response = response(status, "true");
        assert_eq!(patient::read_exists(&response), Err(expected));
        assert_eq!(patient::read_login(&response), Err(expected));
        assert_eq!(staff::read_sign_in(&v1(), &response).err(), Some(expected));
        assert_eq!(staff::read_session(&response), Err(expected));
    }
}

#[test]
fn retry_after_in_seconds_is_read() {
    assert_eq!(RetryAfter::read("0"), Some(RetryAfter::Seconds(0)));
    assert_eq!(RetryAfter::read(" 120 "), Some(RetryAfter::Seconds(120)));
    assert_eq!(
        RetryAfter::read("99999999999999999999"),
        Some(RetryAfter::Seconds(u32::MAX))
    );
}

#[test]
fn retry_after_in_each_form_of_http_date_is_read() {
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
fn retry_after_in_any_other_date_form_is_none() {
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

#[test]
fn fault_of_a_service_has_its_kind_and_what_a_person_can_correct_has_none() {
    use ServiceError as Error;
    let invalid = ServiceError::InvalidResponse;
    for (kind, errors) in [
        (
            Some(FaultKind::Down),
            &[Error::ServiceDown, Error::Unavailable(RetryAfter::At(0))][..],
        ),
        (Some(FaultKind::Limit), &[Error::TooManyTries(None)]),
        (Some(FaultKind::OtherPatient), &[Error::OtherPatient]),
        (Some(FaultKind::Token), &[Error::NotASignIn]),
        (Some(FaultKind::Origin), &[Error::NotSetUp]),
        (Some(FaultKind::Cookie), &[Error::SessionNotKept]),
        (
            Some(FaultKind::NotJson),
            &[
                invalid(ResponseError::NotJson),
                invalid(ResponseError::TooDeep),
            ],
        ),
        (Some(FaultKind::Size), &[invalid(ResponseError::TooLarge)]),
        (
            Some(FaultKind::Shape),
            &[
                invalid(ResponseError::DuplicateKey),
                invalid(ResponseError::WrongShape),
            ],
        ),
        (
            Some(FaultKind::Firewall),
            &[invalid(ResponseError::WebPage(403))],
        ),
        (
            Some(FaultKind::Status),
            &[invalid(ResponseError::UnexpectedStatus(418))],
        ),
        (
            Some(FaultKind::Message),
            &[invalid(ResponseError::UnknownMessage)],
        ),
        (
            None,
            &[
                Error::NotFound,
                Error::WrongCredentials,
                Error::AccountLocked(None),
                Error::AccountDisabled(None),
                Error::NoPermission,
                Error::BlankCredentials,
                Error::SessionOver,
                Error::NotAllowed,
            ],
        ),
    ] {
        for error in errors {
            assert_eq!(error.fault_kind(), kind, "{error:?}");
        }
    }
}

proptest! {
    #[test]
    fn retry_after_never_panics_on_any_text(text: String) {
        let _ = RetryAfter::read(&text);
    }

    #[test]
    fn retry_after_reads_every_http_date_of_this_century(days in 0u64..47_000, second in 0u64..86_400) {
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

//! Values that are none: numbers in other notations, placeholders, offsets that no zone has.

use contract::patient::read_login;
use contract::staff::read_sign_in;
use proptest::prelude::*;

use crate::support::{response, shown, v1, with_token};

/// The file number of a record with this JSON value.
fn file_number(value: &str) -> Option<String> {
    let body = format!(r#"{{"name":{{"firstName":"A"}},"fileNo":{value}}}"#);
    let patient = read_login(&response(200, &body)).unwrap();
    shown(&patient.patient_id).map(str::to_owned)
}

#[test]
fn number_in_another_notation_is_shown_in_plain_digits() {
    for (number, plain) in [
        ("12345", "12345"),
        ("1.2345e4", "12345"),
        ("1.2345678E7", "12345678"),
        ("12345.0", "12345"),
        ("120e-1", "12"),
        ("1E+3", "1000"),
        ("-1.5e1", "-15"),
        ("1.25", "1.25"),
        ("1.50", "1.50"),
        ("100000000000000000000000", "100000000000000000000000"),
        ("125e-4", "0.0125"),
        ("0.0", "0"),
        ("10000000000000000000", "10000000000000000000"),
    ] {
        assert_eq!(file_number(number).as_deref(), Some(plain), "{number}");
    }
    for number in ["1e21", "1e400", "1e-400", "1e99999999999999999999"] {
        assert_eq!(file_number(number), None, "{number}");
    }
    // A text stays as it came.
    for text in ["0012345", "1e4", "12345.0"] {
        assert_eq!(file_number(&format!("{text:?}")).as_deref(), Some(text));
    }
}

#[test]
fn placeholder_is_no_value() {
    for placeholder in [
        "",
        " ",
        "-",
        "--",
        "...",
        "*",
        "null",
        "undefined",
        "NaN",
        "N/A",
        "n/a",
        " null ",
    ] {
        let body = format!(
            r#"{{"fileNo":"7","email":{placeholder:?},"name":{{"lastName":{placeholder:?}}}}}"#
        );
        let patient = read_login(&response(200, &body)).unwrap();
        assert_eq!(shown(&patient.email), None, "{placeholder}");
        assert_eq!(shown(&patient.name.last), None, "{placeholder}");
    }
    for name in ["Null", "NULL", "Nan", "O", "N", "Na", "ـ", "7"] {
        let body = format!(r#"{{"fileNo":"7","name":{{"lastName":{name:?}}}}}"#);
        let patient = read_login(&response(200, &body)).unwrap();
        assert_eq!(shown(&patient.name.last), Some(name));
    }
}

#[test]
fn offset_that_no_zone_has_is_absent() {
    let offset = |text: &str| {
        let body = format!(r#"{{"username":"a","timezone":{{"id":1,"offset":"{text}"}}}}"#);
        let signed_in = read_sign_in(&v1(), &with_token(200, &body)).unwrap();
        let zone = signed_in.staff.time_zone.unwrap();
        shown(&zone.offset).map(str::to_owned)
    };
    for text in [
        "+03:00",
        "-09:30",
        "+0545",
        "+14",
        "-12:00",
        "Z",
        "UTC+00:00",
        "UTC",
        "Asia/Riyadh",
    ] {
        assert_eq!(offset(text).as_deref(), Some(text));
    }
    for text in [
        "+24:00",
        "+14:01",
        "-12:30",
        "+99:99",
        "+03:60",
        "03:00",
        "+3",
        "+03:00:00",
        "UTC+99:00",
    ] {
        assert_eq!(offset(text), None, "{text}");
    }
}

proptest! {
    /// Digits and value of a decimal number stay, whatever its notation.
    #[test]
    fn plain_notation_is_the_same_number(digits in 1_u64..1_000_000_000, exponent in -8_i32..8) {
        let number = format!("{digits}e{exponent}");
        let plain = file_number(&number).unwrap();
        prop_assert!(!plain.contains('e'));
        let expected: f64 = number.parse().unwrap();
        let read: f64 = plain.parse().unwrap();
        prop_assert!((expected - read).abs() <= expected.abs() * 1e-12);
    }
}

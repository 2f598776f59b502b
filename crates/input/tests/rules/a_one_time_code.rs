//! A one-time code.

use input::OneTimeCodeError;

fn read(raw: &str) -> Result<String, OneTimeCodeError> {
    input::one_time_code(raw).map(|code| code.as_str().to_owned())
}

#[test]
fn is_its_digits_in_any_script_and_grouping() {
    for raw in [
        "024681",
        " 024 681 ",
        "024-681\n",
        "٠٢٤٦٨١",
        "۰۲۴ ۶۸۱",
        "\u{200F}024681\u{200E}",
        "0 2 4 6 8 1",
    ] {
        assert_eq!(read(raw).as_deref(), Ok("024681"), "{raw}");
    }
}

#[test]
fn has_four_to_ten_digits() {
    for (raw, length) in [("1234", 4), ("1234567890", 10)] {
        assert_eq!(read(raw).map(|code| code.len()), Ok(length));
    }
    for raw in ["1", "123", "12345678901", &"1".repeat(1 << 20)] {
        assert_eq!(read(raw), Err(OneTimeCodeError::Length));
    }
}

#[test]
fn is_nothing_else() {
    for raw in ["", " - ", "\u{200F}"] {
        assert_eq!(read(raw), Err(OneTimeCodeError::Empty));
    }
    for raw in ["12345x", "+12345", "x", "G-123456"] {
        assert_eq!(read(raw), Err(OneTimeCodeError::Characters));
    }
}

#[test]
fn is_not_printed_by_debug() {
    let code = input::one_time_code("024681");
    assert_eq!(format!("{code:?}"), "Ok(OneTimeCode(…))");
}

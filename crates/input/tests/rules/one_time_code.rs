//! Parser of one-time codes.

use input::OneTimeCodeError;

fn read(raw: &str) -> Result<String, OneTimeCodeError> {
    input::one_time_code(raw).map(|code| code.as_str().to_owned())
}

#[test]
fn one_time_code_in_any_script_and_grouping_becomes_ascii_digits() {
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
fn one_time_code_outside_4_to_10_digits_is_a_length_error() {
    for (raw, length) in [("1234", 4), ("1234567890", 10)] {
        assert_eq!(read(raw).map(|code| code.len()), Ok(length));
    }
    for raw in ["1", "123", "12345678901", &"1".repeat(1 << 20)] {
        assert_eq!(read(raw), Err(OneTimeCodeError::Length));
    }
}

#[test]
fn one_time_code_without_digits_or_with_other_characters_is_an_error() {
    for raw in ["", " - ", "\u{200F}"] {
        assert_eq!(read(raw), Err(OneTimeCodeError::Empty));
    }
    for raw in ["12345x", "+12345", "x", "G-123456"] {
        assert_eq!(read(raw), Err(OneTimeCodeError::Characters));
    }
}

#[test]
fn one_time_code_is_redacted_in_debug_output() {
    let code = input::one_time_code("024681");
    assert_eq!(format!("{code:?}"), "Ok(OneTimeCode(…))");
}

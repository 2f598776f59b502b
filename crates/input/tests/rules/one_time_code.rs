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
    for raw in ["x", "12x", "G-123", "123456 or 654321", "12345678901x"] {
        assert_eq!(read(raw), Err(OneTimeCodeError::Characters), "{raw}");
    }
}

#[test]
fn one_time_code_is_the_only_run_of_4_to_10_digits_of_a_message() {
    for raw in [
        "G-123456",
        "Your code is 123456. It is valid for 5 minutes.",
        "رمز التحقق: ١٢٣٤٥٦ صالح لمدة ٥ دقائق",
        "<#> 123456 is your code\nFA+9qCX9VSu",
        "@portal.example #123456",
        "\u{200F}123456\u{200F} رمزك",
        "Code: 123\u{200B}456\u{FE0F}",
        "Code:123456, ends 12:05 on 1/2/26.",
        "code \u{2067}123\u{200e}456\u{2069}",
        "Your code is 123\u{200b}456",
    ] {
        assert_eq!(read(raw).as_deref(), Ok("123456"), "{raw}");
    }
    // A date or a phone beside the code: which of them it is cannot be told.
    for raw in ["code 123456, 28.11.2026", "123456 from 920001234"] {
        assert_eq!(read(raw), Err(OneTimeCodeError::Characters), "{raw}");
    }
}

#[test]
fn one_time_code_is_redacted_in_debug_output() {
    let code = input::one_time_code("024681");
    assert_eq!(format!("{code:?}"), "Ok(OneTimeCode(…))");
}

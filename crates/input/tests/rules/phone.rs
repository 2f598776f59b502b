//! Parser of phone numbers.

use super::*;

#[test]
fn phone_of_separators_only_is_empty() {
    assert_eq!(phone("() - / ."), Err(PhoneError::Empty));
}

#[test]
fn phone_with_a_plus_inside_is_an_error() {
    for raw in [
        "+966512345678+",
        "+966+966512345678",
        "++966512345678",
        "966+512345678",
    ] {
        assert_eq!(phone(raw), Err(PhoneError::Characters), "{raw}");
    }
}

#[test]
fn phone_with_a_plus_at_its_end_is_read_as_with_one_at_its_start_f8() {
    for raw in [
        "966512345678+",
        "966 51 234 5678 +",
        "٩٦٦٥١٢٣٤٥٦٧٨＋\u{200F}",
    ] {
        assert_eq!(phone(raw).as_deref(), Ok("512345678"), "{raw}");
    }
    assert_eq!(phone("0512345678+"), Err(PhoneError::Country));
    assert_eq!(phone("44512345678+"), Err(PhoneError::Country));
}

#[test]
fn phone_with_invisible_or_full_width_characters_is_read_without_them_f8() {
    for raw in [
        "05\u{FFFC}12345678",
        "0512345678\u{FE0F}",
        "0\u{FE0F}\u{20}512\u{E0020}345678",
        "（０５１）２３４－５６７８",
        "051٬234٬5678",
    ] {
        assert_eq!(phone(raw).as_deref(), Ok("512345678"), "{raw:?}");
    }
}

#[test]
fn number_with_a_decimal_mark_is_refused_k17() {
    for raw in ["٠٥١٢٣٤٥٫٦٧٨", "051234567٫8", "٫0512345678"] {
        assert_eq!(phone(raw), Err(PhoneError::Characters), "{raw}");
        assert_eq!(national_id(raw), Err(NationalIdError::Characters), "{raw}");
        assert_eq!(patient_id(raw), Err(PatientIdError::Characters), "{raw}");
    }
}

#[test]
fn phone_with_a_separator_before_its_plus_is_accepted() {
    assert_eq!(phone("(+966) 51 234 5678").as_deref(), Ok("512345678"));
}

#[test]
fn phone_character_error_precedes_other_errors() {
    for raw in ["x", "+44x", "12x", "12345678901234567890x"] {
        assert_eq!(phone(raw), Err(PhoneError::Characters), "{raw}");
    }
}

#[test]
fn phone_country_error_precedes_length_error() {
    assert_eq!(phone("+1"), Err(PhoneError::Country));
    assert_eq!(
        phone(&format!("+1{}", "2".repeat(99))),
        Err(PhoneError::Country)
    );
}

#[test]
fn phone_with_a_double_zero_needs_a_country_code_next() {
    for raw in [
        "00",
        "000",
        "0000512345678",
        "000966512345678",
        "00000966512345678",
    ] {
        assert_eq!(phone(raw), Err(PhoneError::Country), "{raw}");
    }
    assert_eq!(phone("+00966512345678"), Err(PhoneError::Country));
    assert_eq!(phone("+0512345678"), Err(PhoneError::Country));
}

#[test]
fn phone_drops_all_zeros_after_its_country_code() {
    assert_eq!(
        phone(&format!("+966{}512345678", "0".repeat(99))).as_deref(),
        Ok("512345678")
    );
}

#[test]
fn phone_drops_a_country_code_typed_twice() {
    assert_eq!(phone("+966 966 512345678").as_deref(), Ok("512345678"));
    assert_eq!(phone("+966 00966 0512345678").as_deref(), Ok("512345678"));
    assert_eq!(phone("00966 0966 512345678").as_deref(), Ok("512345678"));
}

#[test]
fn phone_keeps_a_bare_country_code_without_a_full_mobile_number() {
    for raw in [
        "96651234567",
        "9665123456789",
        "966112345678",
        "966966512345678",
    ] {
        assert_eq!(phone(raw).as_deref(), Ok(raw));
    }
}

#[test]
fn phone_drops_one_zero_at_most_between_bare_country_code_and_mobile_number() {
    assert_eq!(phone("9660512345678").as_deref(), Ok("512345678"));
    assert_eq!(phone("96600512345678").as_deref(), Ok("96600512345678"));
}

#[test]
fn phone_of_8_to_15_digits_is_accepted() {
    assert_eq!(phone("1234567"), Err(PhoneError::TooShort));
    assert_eq!(phone("12345678").as_deref(), Ok("12345678"));
    assert_eq!(phone("123456789012345").as_deref(), Ok("123456789012345"));
    assert_eq!(phone("1234567890123456"), Err(PhoneError::TooLong));
}

#[test]
fn phone_length_excludes_leading_zeros_and_country_code() {
    assert_eq!(phone("01234567"), Err(PhoneError::TooShort));
    assert_eq!(phone("+9661234567"), Err(PhoneError::TooShort));
    assert_eq!(
        phone("+966 123456789012345").as_deref(),
        Ok("123456789012345")
    );
}

#[test]
fn phone_from_any_configured_country_is_accepted() {
    let gulf = &["966", "971", "20"];
    assert_eq!(phone_in("+971501234567", gulf).as_deref(), Ok("501234567"));
    assert_eq!(phone_in("971501234567", gulf).as_deref(), Ok("501234567"));
    assert_eq!(
        phone_in("0020 10 0123 4567", gulf).as_deref(),
        Ok("1001234567")
    );
    assert_eq!(phone_in("+973 3600 1234", gulf), Err(PhoneError::Country));
}

#[test]
fn phone_matches_the_longest_country_code_in_any_order() {
    for codes in [["1", "1868"], ["1868", "1"]] {
        assert_eq!(
            phone_in("+1 868 62212345", &codes).as_deref(),
            Ok("62212345")
        );
    }
    for codes in [["2", "20"], ["20", "2"]] {
        assert_eq!(phone_in("20512345678", &codes).as_deref(), Ok("512345678"));
    }
}

#[test]
fn phone_with_a_country_code_is_an_error_when_none_is_configured() {
    for codes in [&[][..], &[""]] {
        assert_eq!(phone_in("+966512345678", codes), Err(PhoneError::Country));
        assert_eq!(
            phone_in("966512345678", codes).as_deref(),
            Ok("966512345678")
        );
        assert_eq!(phone_in("0512345678", codes).as_deref(), Ok("512345678"));
    }
}

#[test]
fn phone_accepts_country_codes_as_owned_strings() {
    let codes = vec![String::from("966")];
    assert!(input::phone("+966512345678", &codes).is_ok());
}

#[test]
fn phone_that_is_a_valid_saudi_national_id_gets_a_warning() {
    let warnings = |raw| input::phone(raw, SAUDI).unwrap().warnings;
    assert!(warnings("1012345672").contains(PhoneWarning::LooksLikeNationalId));
    assert!(!warnings("1012345671").contains(PhoneWarning::LooksLikeNationalId));
    assert_eq!(
        warnings("1012345671").first(),
        Some(PhoneWarning::NotSaudiMobile)
    );
}

#[test]
fn phone_is_formatted_in_groups() {
    let shown = |raw| input::format_phone(&input::phone(raw, SAUDI).unwrap().value);
    assert_eq!(shown("0512345678"), "51 234 5678");
    assert_eq!(shown("0112345678"), "112 345 678");
    assert_eq!(shown("12345678"), "123 456 78");
    assert_eq!(shown("5368798202"), "536 879 8202");
    assert_eq!(shown("123456789012345"), "123 456 789 012 345");
}

#[test]
fn phone_ends_in_its_last_two_digits() {
    let number = input::phone("0512345667", SAUDI).unwrap().value;
    assert_eq!(number.ending(), "67");
}

#[test]
fn phone_is_redacted_in_debug_output() {
    let checked = input::phone("1012345672", SAUDI).unwrap();
    assert_eq!(
        format!("{checked:?}"),
        "Checked { value: PhoneNumber(…), \
         warnings: Warnings([Some(NotSaudiMobile), Some(LooksLikeNationalId)]) }",
    );
}

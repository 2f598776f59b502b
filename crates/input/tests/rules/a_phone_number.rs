//! A phone number.

use super::*;

#[test]
fn is_empty_when_only_separators_were_typed() {
    assert_eq!(phone("() - / ."), Err(PhoneError::Empty));
}

#[test]
fn has_a_plus_only_in_front() {
    for raw in [
        "0512345678+",
        "+966+966512345678",
        "++966512345678",
        "966+512345678",
    ] {
        assert_eq!(phone(raw), Err(PhoneError::Characters), "{raw}");
    }
}

#[test]
fn may_have_its_plus_behind_a_separator() {
    assert_eq!(phone("(+966) 51 234 5678").as_deref(), Ok("512345678"));
}

#[test]
fn with_a_wrong_character_is_told_so_before_anything_else() {
    for raw in ["x", "+44x", "12x", "12345678901234567890x"] {
        assert_eq!(phone(raw), Err(PhoneError::Characters), "{raw}");
    }
}

#[test]
fn from_an_unknown_country_is_told_so_before_its_length() {
    assert_eq!(phone("+1"), Err(PhoneError::Country));
    assert_eq!(
        phone(&format!("+1{}", "2".repeat(99))),
        Err(PhoneError::Country)
    );
}

#[test]
fn with_a_double_zero_needs_a_country_right_behind_it() {
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
fn loses_any_number_of_zeros_behind_its_country() {
    assert_eq!(
        phone(&format!("+966{}512345678", "0".repeat(99))).as_deref(),
        Ok("512345678")
    );
}

#[test]
fn loses_a_country_that_was_typed_twice() {
    assert_eq!(phone("+966 966 512345678").as_deref(), Ok("512345678"));
    assert_eq!(phone("+966 00966 0512345678").as_deref(), Ok("512345678"));
    assert_eq!(phone("00966 0966 512345678").as_deref(), Ok("512345678"));
}

#[test]
fn keeps_a_bare_code_that_no_full_mobile_number_follows() {
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
fn loses_at_most_one_zero_between_bare_code_and_mobile_number() {
    assert_eq!(phone("9660512345678").as_deref(), Ok("512345678"));
    assert_eq!(phone("96600512345678").as_deref(), Ok("96600512345678"));
}

#[test]
fn of_exactly_8_to_15_digits_is_accepted() {
    assert_eq!(phone("1234567"), Err(PhoneError::TooShort));
    assert_eq!(phone("12345678").as_deref(), Ok("12345678"));
    assert_eq!(phone("123456789012345").as_deref(), Ok("123456789012345"));
    assert_eq!(phone("1234567890123456"), Err(PhoneError::TooLong));
}

#[test]
fn is_measured_without_its_zeros_and_country() {
    assert_eq!(phone("01234567"), Err(PhoneError::TooShort));
    assert_eq!(phone("+9661234567"), Err(PhoneError::TooShort));
    assert_eq!(
        phone("+966 123456789012345").as_deref(),
        Ok("123456789012345")
    );
}

#[test]
fn may_come_from_any_configured_country() {
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
fn has_the_longest_code_that_fits_whatever_their_order() {
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
fn has_no_country_when_none_is_configured() {
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
fn takes_its_codes_from_owned_strings_too() {
    let codes = vec![String::from("966")];
    assert!(input::phone("+966512345678", &codes).is_ok());
}

#[test]
fn looks_like_a_national_id_only_with_the_right_check_digit() {
    let hints = |raw| input::phone(raw, SAUDI).unwrap().hints;
    assert!(hints("1012345672").contains(PhoneHint::LooksLikeNationalId));
    assert!(!hints("1012345671").contains(PhoneHint::LooksLikeNationalId));
    assert_eq!(hints("1012345671").first(), Some(PhoneHint::NotSaudiMobile));
}

#[test]
fn is_grouped_for_reading() {
    let shown = |raw| input::display(&input::phone(raw, SAUDI).unwrap().value);
    assert_eq!(shown("0512345678"), "51 234 5678");
    assert_eq!(shown("0112345678"), "112 345 678");
    assert_eq!(shown("12345678"), "123 456 78");
    assert_eq!(shown("5368798202"), "536 879 8202");
    assert_eq!(shown("123456789012345"), "123 456 789 012 345");
}

#[test]
fn is_not_printed_by_debug() {
    let checked = input::phone("1012345672", SAUDI).unwrap();
    assert_eq!(
        format!("{checked:?}"),
        "Checked { value: PhoneNumber(…), \
         hints: Hints([Some(NotSaudiMobile), Some(LooksLikeNationalId)]) }",
    );
}

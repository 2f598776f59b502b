//! Parser of national IDs.

use super::*;

fn warnings(raw: &str) -> Vec<NationalIdWarning> {
    input::national_id(raw).unwrap().warnings.iter().collect()
}

#[test]
fn national_id_keeps_leading_zeros() {
    assert_eq!(national_id("0000-0001"), Ok("00000001".to_owned()));
}

#[test]
fn national_id_of_8_to_15_digits_is_accepted() {
    assert_eq!(national_id("1234567"), Err(NationalIdError::TooShort));
    assert!(national_id("12345678").is_ok());
    assert!(national_id("123456789012345").is_ok());
    assert_eq!(
        national_id("1234567890123456"),
        Err(NationalIdError::TooLong)
    );
}

#[test]
fn national_id_character_error_precedes_length_error() {
    assert_eq!(national_id("1x"), Err(NationalIdError::Characters));
    assert_eq!(
        national_id("1234567890123456x"),
        Err(NationalIdError::Characters)
    );
    assert_eq!(national_id("+"), Err(NationalIdError::Characters));
}

#[test]
fn national_id_has_one_format_warning_at_most() {
    assert_eq!(warnings("123456789"), [NationalIdWarning::NotTenDigits]);
    assert_eq!(warnings("3000000000"), [NationalIdWarning::FirstDigit]);
    assert_eq!(warnings("1000000000"), [NationalIdWarning::CheckDigit]);
    assert_eq!(warnings("1000000008"), []);
}

#[test]
fn national_id_with_any_digit_changed_fails_its_check_digit() {
    let right = "1012345672";
    for at in 0..right.len() {
        for digit in '0'..='9' {
            let mut wrong = String::from(right);
            wrong.replace_range(at..=at, digit.encode_utf8(&mut [0; 4]));
            assert_eq!(warnings(&wrong).is_empty(), wrong == right, "{wrong}");
        }
    }
}

#[test]
fn national_id_that_is_a_saudi_mobile_number_in_any_notation_gets_a_warning() {
    for raw in [
        "512345678",
        "0512345678",
        "966512345678",
        "9660512345678",
        "00966512345678",
    ] {
        assert!(
            warnings(raw).contains(&NationalIdWarning::LooksLikePhone),
            "{raw}"
        );
    }
    for raw in ["1512345678", "411234567", "0112345678", "96512345678"] {
        assert!(
            !warnings(raw).contains(&NationalIdWarning::LooksLikePhone),
            "{raw}"
        );
    }
}

//! A National ID.

use super::*;

fn hints(raw: &str) -> Vec<NationalIdHint> {
    input::national_id(raw).unwrap().hints.iter().collect()
}

#[test]
fn keeps_its_leading_zeros() {
    assert_eq!(national_id("0000-0001"), Ok("00000001".to_owned()));
}

#[test]
fn of_exactly_8_to_15_digits_is_accepted() {
    assert_eq!(national_id("1234567"), Err(NationalIdError::TooShort));
    assert!(national_id("12345678").is_ok());
    assert!(national_id("123456789012345").is_ok());
    assert_eq!(
        national_id("1234567890123456"),
        Err(NationalIdError::TooLong)
    );
}

#[test]
fn with_a_wrong_character_is_told_so_before_its_length() {
    assert_eq!(national_id("1x"), Err(NationalIdError::Characters));
    assert_eq!(
        national_id("1234567890123456x"),
        Err(NationalIdError::Characters)
    );
    assert_eq!(national_id("+"), Err(NationalIdError::Characters));
}

#[test]
fn has_one_flaw_at_most() {
    assert_eq!(hints("123456789"), [NationalIdHint::NotTenDigits]);
    assert_eq!(hints("3000000000"), [NationalIdHint::FirstDigit]);
    assert_eq!(hints("1000000000"), [NationalIdHint::CheckDigit]);
    assert_eq!(hints("1000000008"), []);
}

#[test]
fn notices_a_wrong_digit_wherever_it_is() {
    let right = "1012345672";
    for at in 0..right.len() {
        for digit in '0'..='9' {
            let mut wrong = String::from(right);
            wrong.replace_range(at..=at, digit.encode_utf8(&mut [0; 4]));
            assert_eq!(hints(&wrong).is_empty(), wrong == right, "{wrong}");
        }
    }
}

#[test]
fn looks_like_a_phone_number_however_that_was_written() {
    for raw in [
        "512345678",
        "0512345678",
        "966512345678",
        "9660512345678",
        "00966512345678",
    ] {
        assert!(
            hints(raw).contains(&NationalIdHint::LooksLikePhone),
            "{raw}"
        );
    }
    for raw in ["1512345678", "411234567", "0112345678", "96512345678"] {
        assert!(
            !hints(raw).contains(&NationalIdHint::LooksLikePhone),
            "{raw}"
        );
    }
}

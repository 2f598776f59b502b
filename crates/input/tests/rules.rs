//! The input rules, a sentence each, where the vectors leave something to say.

#![allow(clippy::unwrap_used)]

use input::{
    FileNumberError, FileNumberHint, NationalIdError, NationalIdHint, PhoneError, PhoneHint,
    StaffUsernameError, sanitize_digits,
};

const SAUDI: &[&str] = &["966"];

fn phone(raw: &str) -> Result<String, PhoneError> {
    phone_in(raw, SAUDI)
}

fn phone_in(raw: &str, codes: &[&str]) -> Result<String, PhoneError> {
    input::phone(raw, codes).map(|checked| checked.value.as_str().to_owned())
}

fn national_id(raw: &str) -> Result<String, NationalIdError> {
    input::national_id(raw).map(|checked| checked.value.as_str().to_owned())
}

fn file_number(raw: &str) -> Result<String, FileNumberError> {
    input::file_number(raw).map(|checked| checked.value.as_str().to_owned())
}

fn staff_username(raw: &str) -> Result<String, StaffUsernameError> {
    input::staff_username(raw).map(|name| name.as_str().to_owned())
}

mod sanitizing {
    use super::*;

    fn sanitized(raw: &str) -> String {
        sanitize_digits(raw).collect()
    }

    #[test]
    fn digits_of_one_number_may_come_from_several_scripts() {
        assert_eq!(sanitized("0٥۱２३𝟜"), "051234");
    }

    #[test]
    fn every_separator_of_the_rules_is_dropped() {
        assert_eq!(sanitized("1-‐‑‒–—―−.()/[]_,،·2"), "12");
    }

    #[test]
    fn every_kind_of_white_space_is_dropped() {
        assert_eq!(
            sanitized("1\t\n\u{85}\u{A0}\u{1680}\u{2007}\u{2028}\u{202F}\u{3000}2"),
            "12"
        );
    }

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        assert_eq!(
            sanitized(
                "\u{FEFF}1\u{200B}\u{200C}\u{200D}\u{2060}\u{AD}\u{61C}\u{202E}\u{2066}2\u{2069}"
            ),
            "12",
        );
    }

    #[test]
    fn full_width_plus_is_plus() {
        assert_eq!(sanitized("＋966"), "+966");
    }

    #[test]
    fn what_is_neither_digit_nor_separator_stays_to_be_refused() {
        assert_eq!(sanitized("1O²½五\0:;'\""), "1O²½五\0:;'\"");
    }
}

mod a_phone_number {
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
}

mod a_national_id {
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
}

mod a_patient_id {
    use super::*;

    #[test]
    fn keeps_letters_hyphens_slashes_case_and_leading_zeros() {
        assert_eq!(file_number("00-Ab/ملف-7").as_deref(), Ok("00-Ab/ملف-7"));
    }

    #[test]
    fn has_digits_folded_dashes_straightened_and_blanks_dropped() {
        assert_eq!(
            file_number("\u{200F} MR ٠١٢\u{A0}–\u{2212}３ ").as_deref(),
            Ok("MR012--3")
        );
    }

    #[test]
    fn takes_no_other_separators() {
        for raw in [
            "1.2", "1,2", "1_2", "(12)", "[12]", "1·2", "1،2", "+12", "12#", "½",
        ] {
            assert_eq!(file_number(raw), Err(FileNumberError::Characters), "{raw}");
        }
    }

    #[test]
    fn is_empty_when_nothing_can_be_seen() {
        assert_eq!(
            file_number(" \u{200F}\u{FEFF}\n"),
            Err(FileNumberError::Empty)
        );
    }

    #[test]
    fn has_32_characters_at_most_whatever_their_bytes() {
        assert_eq!(
            file_number(&"م".repeat(32)).as_deref(),
            Ok("م".repeat(32).as_str())
        );
        assert_eq!(file_number(&"7".repeat(33)), Err(FileNumberError::TooLong));
        assert_eq!(
            file_number(&format!("{} ", "7 ".repeat(32))).as_deref(),
            Ok("7".repeat(32).as_str())
        );
    }

    #[test]
    fn with_a_wrong_character_is_told_so_before_its_length() {
        assert_eq!(
            file_number(&format!("{}#", "7".repeat(99))),
            Err(FileNumberError::Characters)
        );
    }

    #[test]
    fn looks_like_a_national_id_only_if_that_has_no_flaw() {
        let hints = |raw| input::file_number(raw).unwrap().hints;
        assert_eq!(
            hints("١٠١٢ 345 672").first(),
            Some(FileNumberHint::LooksLikeNationalId)
        );
        for raw in [
            "1012345671",
            "3000000004",
            "101234567",
            "10123456-2",
            "101234567A",
        ] {
            assert!(hints(raw).is_empty(), "{raw}");
        }
    }
}

mod a_staff_user_name {
    use super::*;

    #[test]
    fn is_trimmed_of_blanks_and_otherwise_untouched() {
        assert_eq!(
            staff_username("\u{FEFF} \u{200F}HOSP\\Ali\u{200C}  ٣_(x)\u{A0}\n"),
            Ok("HOSP\\Ali\u{200C}  ٣_(x)".to_owned()),
        );
    }

    #[test]
    fn is_empty_when_nothing_can_be_seen() {
        assert_eq!(staff_username(""), Err(StaffUsernameError::Empty));
        assert_eq!(
            staff_username("\u{3000}\u{200E}"),
            Err(StaffUsernameError::Empty)
        );
    }

    #[test]
    fn is_not_printed_by_debug() {
        assert_eq!(
            format!("{:?}", input::staff_username("ali")),
            "Ok(StaffUsername(…))"
        );
    }
}

mod a_phone_number_as_a_user_name {
    fn read(raw: &str) -> String {
        let name = input::staff_username(raw).unwrap().or_phone();
        name.as_str().to_owned()
    }

    #[test]
    fn comes_in_plain_digits_without_separators() {
        assert_eq!(read("٠٧٦ ١٢٣ ٤٥٦"), "076123456");
        assert_eq!(read("(076) 123-456"), "076123456");
        assert_eq!(read("＋232 76 123456"), "+23276123456");
        assert_eq!(read("76123456"), "76123456");
    }

    #[test]
    fn is_told_from_every_other_name() {
        for name in [
            "kavya+x@spice.mdt",
            "٠٧٦ ١٢٣ x",
            "a-1",
            "+",
            "-",
            "(x)",
            "1+2",
        ] {
            assert_eq!(read(name), name);
        }
    }
}

mod a_one_time_code {
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
}

//! A Patient ID.

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

//! Parser of Patient IDs.

use super::*;

#[test]
fn patient_id_keeps_letters_hyphens_slashes_case_and_leading_zeros() {
    for raw in ["00-Ab/ملف-7", "É7", "ß-ö/ø"] {
        assert_eq!(patient_id(raw).as_deref(), Ok(raw));
    }
}

#[test]
fn patient_id_has_digits_and_dashes_normalized_and_white_space_dropped() {
    assert_eq!(
        patient_id("\u{200F} MR ٠١٢\u{A0}–\u{2212}３ ").as_deref(),
        Ok("MR012--3")
    );
}

#[test]
fn patient_id_with_invisible_full_width_or_grouping_characters_is_sent_without_them_f8() {
    for raw in [
        "MR12345-6/7",
        "MR12٬345-6/7",
        "ＭＲ１２３４５－６／７",
        "M\u{FFFC}R12345-6/7\u{FE0F}",
        "MR\u{202A}12345\u{202C}-6/\u{200D}7",
    ] {
        assert_eq!(patient_id(raw).as_deref(), Ok("MR12345-6/7"), "{raw:?}");
    }
}

#[test]
fn patient_id_with_other_separators_is_an_error() {
    for raw in [
        "1.2", "1,2", "1_2", "(12)", "[12]", "1·2", "1،2", "+12", "12#", "½", "1×2", "1÷2",
    ] {
        assert_eq!(patient_id(raw), Err(PatientIdError::Characters), "{raw}");
    }
}

#[test]
fn patient_id_without_visible_characters_is_empty() {
    assert_eq!(
        patient_id(" \u{200F}\u{FEFF}\n"),
        Err(PatientIdError::Empty)
    );
}

#[test]
fn patient_id_length_is_limited_to_32_characters_not_bytes() {
    assert_eq!(
        patient_id(&"م".repeat(32)).as_deref(),
        Ok("م".repeat(32).as_str())
    );
    assert_eq!(patient_id(&"7".repeat(33)), Err(PatientIdError::TooLong));
    assert_eq!(
        patient_id(&format!("{} ", "7 ".repeat(32))).as_deref(),
        Ok("7".repeat(32).as_str())
    );
}

#[test]
fn patient_id_character_error_precedes_length_error() {
    assert_eq!(
        patient_id(&format!("{}#", "7".repeat(99))),
        Err(PatientIdError::Characters)
    );
}

#[test]
fn patient_id_that_is_a_valid_saudi_national_id_gets_a_warning() {
    let warnings = |raw| input::patient_id(raw).unwrap().warnings;
    assert_eq!(
        warnings("١٠١٢ 345 672").first(),
        Some(PatientIdWarning::LooksLikeNationalId)
    );
    for raw in [
        "1012345671",
        "3000000004",
        "101234567",
        "10123456-2",
        "101234567A",
    ] {
        assert!(warnings(raw).is_empty(), "{raw}");
    }
}

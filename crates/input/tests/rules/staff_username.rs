//! Parser of staff user names.

use super::*;

#[test]
fn staff_username_is_trimmed_and_otherwise_unchanged() {
    assert_eq!(
        staff_username("\u{FEFF} \u{200F}HOSP\\Ali\u{200C}  ٣_(x)\u{A0}\n"),
        Ok("HOSP\\Ali\u{200C}  ٣_(x)".to_owned()),
    );
}

#[test]
fn staff_username_without_visible_characters_is_empty() {
    assert_eq!(staff_username(""), Err(StaffUsernameError::Empty));
    assert_eq!(
        staff_username("\u{3000}\u{200E}"),
        Err(StaffUsernameError::Empty)
    );
}

#[test]
fn staff_username_is_redacted_in_debug_output() {
    assert_eq!(
        format!("{:?}", input::staff_username("ali")),
        "Ok(StaffUsername(…))"
    );
}

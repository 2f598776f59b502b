//! A user name.

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

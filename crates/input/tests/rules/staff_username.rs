//! Parser of staff user names.

use super::*;

#[test]
fn staff_username_is_trimmed_and_its_visible_characters_are_kept() {
    assert_eq!(
        staff_username("\u{FEFF} \u{200F}HOSP\\Ali\u{200C}  ٣_(x)\u{A0}\n"),
        Ok("HOSP\\Ali  ٣_(x)".to_owned()),
    );
}

#[test]
fn staff_username_with_invisible_or_full_width_characters_is_sent_without_them_f8() {
    for raw in [
        "ka\u{200B}vya@spice.mdt",
        "kavya\u{200E}@spice.mdt\u{202C}",
        "kavya＠spice．mdt",
        "ｋａｖｙａ@ｓｐｉｃｅ.mdt",
        "\u{FEFF}kav\u{FE0F}ya@\u{FFFC}spice\u{E0020}.mdt\u{3164}",
    ] {
        assert_eq!(
            staff_username(raw).as_deref(),
            Ok("kavya@spice.mdt"),
            "{raw:?}"
        );
    }
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

//! Titles of roles.

use contract::personal::Personal;
use contract::staff::{KnownRole, Role, RoleTitle, title_case};
use proptest::prelude::*;

#[test]
fn known_role_is_found_in_any_case_and_with_white_space() {
    for (name, role) in KnownRole::ALL {
        for written in [
            (*name).to_owned(),
            name.to_lowercase(),
            name.to_uppercase(),
            format!(" {name} "),
        ] {
            assert_eq!(KnownRole::find(&written), Some(*role), "{written}");
        }
    }
    assert_eq!(KnownRole::ALL.len(), 35);
    for name in ["", "SUPER", "_", "BED_MANAGER", "NURSES"] {
        assert_eq!(KnownRole::find(name), None, "{name}");
    }
}

#[test]
fn unknown_role_is_shown_in_title_case() {
    assert_eq!(title_case("MID_WIFE"), "Mid Wife");
    assert_eq!(title_case("employee"), "Employee");
    assert_eq!(
        title_case("EMR_OPERATING_UNIT_ADMIN"),
        "Emr Operating Unit Admin"
    );
    assert_eq!(title_case("__lab  assistant_"), "Lab Assistant");
    assert_eq!(title_case("level_2_NURSE"), "Level 2 Nurse");
    assert_eq!(title_case("ممرضة_أولى"), "ممرضة أولى");
    assert_eq!(title_case(""), "");
    assert_eq!(title_case("_ _"), "");
}

#[test]
fn role_title_has_no_directional_or_invisible_characters_and_bounded_length() {
    assert_eq!(title_case("A\u{202e}DMIN\u{2069}\u{200b}"), "Admin");
    assert_eq!(title_case("NUR\0SE\u{1b}[31m"), "Nurse[31m");
    assert_eq!(title_case("A\r\nB"), "A B");
    assert_eq!(title_case("\u{feff}\u{200f}\u{61c}"), "");
    assert_eq!(title_case(&"x".repeat(100_000)).chars().count(), 60);
}

#[test]
fn role_title_is_the_known_role_the_name_or_the_authority() {
    let title = |name: Option<&str>, authority: Option<&str>| {
        Role {
            name: name.map(Personal::from),
            authority: authority.map(Personal::from),
            ..Role::default()
        }
        .title()
    };
    let known = |role| Some(RoleTitle::Known(role));
    assert_eq!(
        title(Some("OPERATING_UNIT_ADMIN"), None),
        known(KnownRole::OperatingUnitAdmin)
    );
    assert_eq!(title(Some("CHA"), Some("NURSE")), known(KnownRole::Cha));
    assert_eq!(title(None, Some("NURSE")), known(KnownRole::Nurse));
    assert_eq!(
        title(Some("BED_MANAGER"), Some("NURSE")),
        Some(RoleTitle::Own("Bed Manager".to_owned()))
    );
    assert_eq!(title(Some("\u{202e}"), None), None);
    assert_eq!(title(None, None), None);
}

proptest! {
    #[test]
    fn role_title_of_any_name_is_short_and_visible(name: String) {
        let title = title_case(&name);
        prop_assert!(title.chars().count() <= 60);
        prop_assert!(!title.chars().any(char::is_control));
        prop_assert_eq!(title.trim(), title.as_str());
        prop_assert!(!title.contains("  "));
    }
}

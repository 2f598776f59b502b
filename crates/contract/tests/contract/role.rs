//! Roles in words.

use contract::personal::Personal;
use contract::staff::{KnownRole, Role, RoleTitle, title_case};
use proptest::prelude::*;

#[test]
fn a_role_is_known_by_its_name_however_it_is_written() {
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
fn an_unknown_role_is_shown_by_its_own_name_in_title_case() {
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
fn nothing_in_a_role_can_turn_hide_or_flood_the_page() {
    assert_eq!(title_case("A\u{202e}DMIN\u{2069}\u{200b}"), "Admin");
    assert_eq!(title_case("NUR\0SE\u{1b}[31m"), "Nurse[31m");
    assert_eq!(title_case("A\r\nB"), "A B");
    assert_eq!(title_case("\u{feff}\u{200f}\u{61c}"), "");
    assert_eq!(title_case(&"x".repeat(100_000)).chars().count(), 60);
}

#[test]
fn a_role_goes_by_what_it_is_known_as_its_name_or_its_authority() {
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
    fn a_title_is_short_and_visible_whatever_the_name(name: String) {
        let title = title_case(&name);
        prop_assert!(title.chars().count() <= 60);
        prop_assert!(!title.chars().any(char::is_control));
        prop_assert_eq!(title.trim(), title.as_str());
        prop_assert!(!title.contains("  "));
    }
}

//! Roles in words.

use contract::personal::Personal;
use contract::staff::{Role, role_label, title_case};
use proptest::prelude::*;

#[test]
fn every_documented_role_has_spices_own_label() {
    for (name, label) in [
        ("SUPER_USER", "Super User"),
        ("SUPER_ADMIN", "Super Admin"),
        ("REGION_ADMIN", "Region Admin"),
        ("ACCOUNT_ADMIN", "Account Admin"),
        ("OPERATING_UNIT_ADMIN", "OU Admin"),
        ("REPORT_ADMIN", "Report Admin"),
        ("HEALTH_COACH", "Health Coach"),
        ("HEALTH_SCREENER", "Health Screener"),
        ("HRIO", "HRIO"),
        ("LAB_TECHNICIAN", "Lab Technician"),
        ("NURSE", "Nurse"),
        ("NUTRITIONIST", "Nutritionist"),
        ("PHARMACIST", "Pharmacist"),
        ("PHYSICIAN_PRESCRIBER", "Physician Prescriber"),
        ("PROVIDER", "Provider"),
        ("RED_RISK_USER", "Red Risk User"),
    ] {
        assert_eq!(role_label(name), Some(label));
        assert_eq!(role_label(&name.to_lowercase()), Some(label));
        assert_eq!(role_label(&format!(" {name} ")), Some(label));
    }
}

#[test]
fn roles_known_without_a_label_have_none() {
    for name in [
        "SYSTEM_ADMIN",
        "employee",
        "job",
        "EMR_SITE_ADMIN",
        "CHW",
        "PEER_SUPERVISOR",
        "HEALTH_FACILITY_ADMIN",
        "SECHN",
        "MCHA",
        "CHA",
        "MID_WIFE",
        "LAB_ASSISTANT",
        "SRN",
        "DISTRICT_ADMIN",
        "CHIEFDOM_ADMIN",
        "",
        "SUPER",
        "_",
    ] {
        assert_eq!(role_label(name), None, "{name}");
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
fn a_role_goes_by_its_label_its_name_or_its_authority() {
    let role = |name: Option<&str>, authority: Option<&str>| Role {
        name: name.map(Personal::from),
        authority: authority.map(Personal::from),
        ..Role::default()
    };
    assert_eq!(
        role(Some("OPERATING_UNIT_ADMIN"), None).label().as_deref(),
        Some("OU Admin")
    );
    assert_eq!(
        role(Some("CHA"), Some("NURSE")).label().as_deref(),
        Some("Cha")
    );
    assert_eq!(role(None, Some("NURSE")).label().as_deref(), Some("Nurse"));
    assert_eq!(role(Some("\u{202e}"), None).label(), None);
    assert_eq!(role(None, None).label(), None);
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

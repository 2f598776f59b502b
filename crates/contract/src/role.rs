//! The names of SPICE's roles, for people.
//!
//! This module must not know what a role may do.

/// SPICE's own labels.
const LABELS: [(&str, &str); 16] = [
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
];

/// No label is longer, in characters: an open set may hold anything.
const LONGEST: usize = 60;

/// SPICE's own label for a role, in English; `None` for the roles it has none for.
pub fn role_label(name: &str) -> Option<&'static str> {
    let name = name.trim();
    LABELS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, label)| *label)
}

/// A label made of an unknown role's own name: `MID_WIFE` becomes `Mid Wife`.
///
/// Safe to show whatever the server sends: control characters and invisible ones, those that
/// turn the direction of text above all, are left out, and it has at most 60 characters. Only
/// ASCII letters change case; other scripts stay as they are.
pub fn title_case(name: &str) -> String {
    let mut label = String::new();
    let visible = name.chars().filter(|character| !is_invisible(*character));
    let mut word_starts = true;
    let mut gap = false;
    for character in visible.take(LONGEST) {
        if character == '_' || character.is_whitespace() {
            gap = !label.is_empty();
            word_starts = true;
            continue;
        }
        if gap {
            label.push(' ');
            gap = false;
        }
        label.push(if word_starts {
            character.to_ascii_uppercase()
        } else {
            character.to_ascii_lowercase()
        });
        word_starts = false;
    }
    label
}

fn is_invisible(character: char) -> bool {
    // White space is dealt with as such, line breaks included.
    (character.is_control() && !character.is_whitespace())
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

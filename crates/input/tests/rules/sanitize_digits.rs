//! Normalization of digits.

use super::*;

fn sanitized(raw: &str) -> String {
    sanitize_digits(raw).collect()
}

#[test]
fn digits_of_several_scripts_in_one_number_become_ascii() {
    assert_eq!(sanitized("0٥۱２३𝟜"), "051234");
}

#[test]
fn every_separator_of_the_rules_is_dropped() {
    assert_eq!(sanitized("1-‐‑‒–—―−﹘﹣.()/[]_,،٬۔·（）－／．，＿2"), "12");
}

#[test]
fn every_kind_of_white_space_is_dropped() {
    assert_eq!(
        sanitized("1\t\n\u{85}\u{A0}\u{1680}\u{2007}\u{2028}\u{202F}\u{3000}2"),
        "12"
    );
}

#[test]
fn invisible_characters_are_dropped() {
    assert_eq!(
        sanitized(
            "\u{FEFF}1\u{200B}\u{200C}\u{200D}\u{2060}\u{AD}\u{61C}\u{202E}\u{2066}\
             \u{34F}\u{180E}\u{3164}\u{FFA0}\u{FE00}\u{FE0F}\u{FFF9}\u{FFFC}\u{E0001}\u{E01EF}2\u{2069}"
        ),
        "12",
    );
}

#[test]
fn full_width_characters_become_ascii() {
    assert_eq!(sanitized("＋９66ａ＃"), "+966a#");
}

#[test]
fn characters_that_are_neither_digit_nor_separator_are_kept() {
    assert_eq!(sanitized("1O²½五٫\0:;'\""), "1O²½五٫\0:;'\"");
}

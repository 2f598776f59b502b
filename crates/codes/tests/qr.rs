//! The shape of a QR code. That it says what it should is read by a scanner's own program, off the
//! page, in `e2e/record.spec.ts`.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

use codes::qr;
use proptest::prelude::*;

/// The square that a scanner finds a corner by.
fn has_finder(code: &[Vec<bool>], top: usize, left: usize) -> bool {
    (0..7).all(|y| {
        (0..7).all(|x| {
            let ring = y.min(6 - y).min(x.min(6 - x));
            code[top + y][left + x] == (ring != 1)
        })
    })
}

#[test]
fn what_is_empty_or_too_long_is_none() {
    assert!(qr("").is_none());
    assert!(qr(&"x".repeat(500)).is_none());
    assert!(qr(&"x".repeat(200)).is_some());
}

#[test]
fn a_file_number_is_a_small_code() {
    assert_eq!(qr("0012345").unwrap().len(), 21);
    assert_eq!(qr("A-10/77").unwrap().len(), 21);
}

proptest! {
    #[test]
    fn is_square_with_its_three_corners(text in any::<String>().prop_filter("short", |t| (1..200).contains(&t.len()))) {
        let code = qr(&text).unwrap();
        let size = code.len();
        prop_assert!((21..=57).contains(&size) && size % 4 == 1);
        prop_assert!(code.iter().all(|row| row.len() == size));
        prop_assert!(has_finder(&code, 0, 0));
        prop_assert!(has_finder(&code, 0, size - 7));
        prop_assert!(has_finder(&code, size - 7, 0));
    }
}

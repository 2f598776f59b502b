//! QR codes against another encoder. `e2e/journeys/card.spec.ts` tests that a scanner reads them from the
//! page.

#![allow(clippy::unwrap_used, missing_docs)]

use barcodes::qr::{MAX_LENGTH, qr};
use proptest::prelude::*;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

fn by_other_encoder(text: &str) -> Vec<Vec<bool>> {
    let code = QrCode::encode_segments_advanced(
        &[QrSegment::make_bytes(text.as_bytes())],
        QrCodeEcc::Medium,
        Version::MIN,
        Version::MAX,
        Some(Mask::new(0)),
        false,
    )
    .unwrap();
    let size = code.size();
    let row = |y| (0..size).map(|x| code.get_module(x, y)).collect();
    (0..size).map(row).collect()
}

#[test]
fn text_that_is_empty_or_too_long_is_none() {
    assert_eq!(qr(""), None);
    assert_eq!(qr(&"x".repeat(MAX_LENGTH + 1)), None);
    assert_eq!(qr(&"ع".repeat(MAX_LENGTH)), None);
}

#[test]
fn every_length_matches_another_encoder() {
    for length in 1..=MAX_LENGTH {
        let text: String = ('0'..='z').cycle().take(length).collect();
        assert_eq!(qr(&text).unwrap(), by_other_encoder(&text), "{text}");
    }
}

#[test]
fn patient_id_fits_version_1() {
    assert_eq!(qr("0012345").unwrap().len(), 21);
    assert_eq!(qr("A-10/77").unwrap().len(), 21);
}

proptest! {
    #[test]
    fn any_text_matches_another_encoder(text in any::<String>()) {
        match qr(&text) {
            Some(code) => prop_assert_eq!(code, by_other_encoder(&text)),
            None => prop_assert!(text.is_empty() || text.len() > MAX_LENGTH),
        }
    }
}

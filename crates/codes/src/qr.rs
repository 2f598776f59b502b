//! QR codes (ISO/IEC 18004), made by Nayuki's encoder.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// Light modules that a scanner needs on each side of a QR code.
pub const QUIET: usize = 4;

/// The largest code is of this version: 57 modules wide, which a phone still reads off a card of
/// five centimetres.
const LARGEST: u8 = 10;

/// The text as a QR code with error correction of level M or better: rows of modules, dark ones
/// `true`, without the quiet zone. `None` for an empty text, or one of more than about 210 bytes.
pub fn qr(text: &str) -> Option<Vec<Vec<bool>>> {
    if text.is_empty() {
        return None;
    }
    let code = QrCode::encode_segments_advanced(
        &QrSegment::make_segments(text),
        QrCodeEcc::Medium,
        Version::MIN,
        Version::new(LARGEST),
        None,
        true,
    )
    .ok()?;
    let size = code.size();
    let row = |y| (0..size).map(|x| code.get_module(x, y)).collect();
    Some((0..size).map(row).collect())
}

//! QR codes (ISO/IEC 18004), reduced to what a short text needs: byte mode, error correction level M,
//! versions 1 to 3, each of a single block, and mask 0. The choice among more versions and masks would be
//! most of an encoder's size, and scanners read every mask.
//!
//! The tests compare every module with another encoder's.

/// Number of light modules that a scanner needs on each side of a QR code.
pub const QUIET_ZONE: usize = 4;

/// Maximum length of a text, in bytes of UTF-8.
pub const MAX_LENGTH: usize = 42;

/// Modules per side, data codewords and error correction codewords of each version.
const VERSIONS: [(usize, usize, usize); 3] = [(21, 16, 10), (25, 28, 16), (29, 44, 26)];

/// Format information for level M and mask 0, with its error correction bits.
const FORMAT: u32 = 0x5412;

/// Encodes a text as a QR code: rows of modules, dark ones `true`, without the quiet zone. `None` for an
/// empty text and for one of more than [`MAX_LENGTH`] bytes.
///
/// ```
/// use barcodes::qr::{MAX_LENGTH, qr};
///
/// let rows = qr("A-10/77").unwrap();
/// assert_eq!((rows.len(), rows[0].len()), (21, 21));
/// assert_eq!(qr(&"x".repeat(MAX_LENGTH + 1)), None);
/// ```
pub fn qr(text: &str) -> Option<Vec<Vec<bool>>> {
    let bytes = text.as_bytes();
    let length = u8::try_from(bytes.len())
        .ok()
        .filter(|length| *length > 0)?;
    // Mode and length take twelve bits, the terminator four.
    let (size, data, correction) = VERSIONS
        .into_iter()
        .find(|(_, data, _)| bytes.len() + 2 <= *data)?;

    let mut codewords = Vec::with_capacity(data + correction);
    let mut kept = 4;
    for byte in [length].iter().chain(bytes).chain(&[0]) {
        codewords.push(kept << 4 | byte >> 4);
        kept = byte & 15;
    }
    let padding = [0xec, 0x11].into_iter().cycle();
    codewords.extend(padding.take(data - codewords.len()));
    codewords.extend(remainder(&codewords, correction));

    let mut bit = 0;
    let mut code = vec![vec![false; size]; size];
    // Pairs of columns from the right, alternately up and down, skipping the vertical timing pattern.
    for pair in 0..size / 2 {
        let right = size - 1 - 2 * pair;
        let right = if right <= 6 { right - 1 } else { right };
        for step in 0..size {
            let y = if pair.is_multiple_of(2) {
                size - 1 - step
            } else {
                step
            };
            for x in [right, right - 1] {
                if fixed(size, x, y).is_none() {
                    let codeword = codewords.get(bit / 8).copied().unwrap_or(0);
                    let dark = codeword >> (7 - bit % 8) & 1 == 1;
                    bit += 1;
                    put(&mut code, x, y, dark != (x + y).is_multiple_of(2));
                }
            }
        }
    }
    for y in 0..size {
        for x in 0..size {
            if let Some(dark) = fixed(size, x, y) {
                put(&mut code, x, y, dark);
            }
        }
    }
    Some(code)
}

fn put(code: &mut [Vec<bool>], x: usize, y: usize, dark: bool) {
    if let Some(module) = code.get_mut(y).and_then(|row| row.get_mut(x)) {
        *module = dark;
    }
}

/// The module at a position without data: of a function pattern or of the format information.
fn fixed(size: usize, x: usize, y: usize) -> Option<bool> {
    let last = size - 1;
    let ring = |left: usize, top: usize| x.abs_diff(left).max(y.abs_diff(top));
    let format = |bit: usize| Some(FORMAT >> bit & 1 == 1);
    for (left, top) in [(3, 3), (last - 3, 3), (3, last - 3)] {
        let ring = ring(left, top);
        if ring <= 4 {
            return Some(!matches!(ring, 2 | 4));
        }
    }
    if x == 6 || y == 6 {
        return Some((x + y).is_multiple_of(2));
    }
    if size > 21 && ring(last - 6, last - 6) <= 2 {
        return Some(ring(last - 6, last - 6) != 1);
    }
    match (x, y) {
        (8, 0..=5) => format(y),
        // Bits 6 to 8 of the format information are light.
        (8, 7 | 8) | (7, 8) => Some(false),
        (0..=5, 8) => format(14 - x),
        (_, 8) if x + 8 > last => format(last - x),
        (8, _) => match (y + 7).checked_sub(last)? {
            0 => Some(true),
            bit => format(bit + 7),
        },
        _ => None,
    }
}

/// Remainder of the data by the generator polynomial of this degree (Reed–Solomon).
fn remainder(data: &[u8], degree: usize) -> Vec<u8> {
    let mut divisor = vec![0; degree - 1];
    divisor.push(1);
    let mut root = 1;
    for _ in 0..degree {
        let lower: Vec<u8> = divisor.iter().copied().skip(1).chain([0]).collect();
        for (factor, lower) in divisor.iter_mut().zip(lower) {
            *factor = times(*factor, root) ^ lower;
        }
        root = times(root, 2);
    }
    let mut rest = vec![0; degree];
    for byte in data {
        let factor = byte ^ rest.remove(0);
        rest.push(0);
        for (rest, divisor) in rest.iter_mut().zip(&divisor) {
            *rest ^= times(*divisor, factor);
        }
    }
    rest
}

/// Product in GF(256) with the polynomial of QR codes.
fn times(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0, |product: u8, bit| {
        let carry = (product >> 7) * 0x1d;
        (product << 1) ^ carry ^ ((b >> bit & 1) * a)
    })
}

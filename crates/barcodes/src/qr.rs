//! QR codes (ISO/IEC 18004), as few of the standard's ways as a short text needs: bytes, error
//! correction of level M, versions 1 to 3, of which each is a single block, and one mask. What chooses
//! among more of them would be most of an encoder's bytes; a scanner reads them all alike.
//!
//! The tests hold every module against another encoder's.

/// Light modules that a scanner needs on each side of a QR code.
pub const QUIET_ZONE: usize = 4;

/// The longest text, in bytes of UTF-8.
pub const MAX_LENGTH: usize = 42;

/// Modules on a side, codewords for data, codewords for correction.
const VERSIONS: [(usize, usize, usize); 3] = [(21, 16, 10), (25, 28, 16), (29, 44, 26)];

/// Level M and mask 0, with their own error correction.
const FORMAT: u32 = 0x5412;

/// The text as a QR code: rows of modules, dark ones `true`, without the quiet zone. `None` for an
/// empty text and one of more than [`MAX_LENGTH`] bytes.
pub fn qr(text: &str) -> Option<Vec<Vec<bool>>> {
    let bytes = text.as_bytes();
    let length = u8::try_from(bytes.len())
        .ok()
        .filter(|length| *length > 0)?;
    // Kind and length take twelve bits, and the end four.
    let (size, data, correction) = VERSIONS
        .into_iter()
        .find(|(_, data, _)| bytes.len() + 2 <= *data)?;

    let mut words = Vec::with_capacity(data + correction);
    let mut kept = 4;
    for byte in [length].iter().chain(bytes).chain(&[0]) {
        words.push(kept << 4 | byte >> 4);
        kept = byte & 15;
    }
    let mut padding = 0xec;
    while words.len() < data {
        words.push(padding);
        padding ^= 0xec ^ 0x11;
    }
    words.extend(remainder(&words, correction));

    let mut bit = 0;
    let mut code = vec![vec![false; size]; size];
    // Pairs of columns from the right, up and down by turns, around the column that counts modules.
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
                    let word = words.get(bit / 8).copied().unwrap_or(0);
                    let dark = word >> (7 - bit % 8) & 1 == 1;
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

/// What a module is that holds no data: of the patterns a scanner finds its way by, and the format.
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
        (8, 7 | 8) => format(y - 1),
        (7, 8) => format(8),
        (0..=5, 8) => format(14 - x),
        (_, 8) if x + 8 > last => format(last - x),
        (8, _) if y + 7 == last => Some(true),
        (8, _) if y + 7 > last => format(y + 14 - last),
        _ => None,
    }
}

/// The remainder of the data by the generator polynomial of that degree (Reed and Solomon).
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

/// The product in the field of 256 elements that QR codes use.
fn times(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0, |product: u8, bit| {
        let carry = (product >> 7) * 0x1d;
        (product << 1) ^ carry ^ ((b >> bit & 1) * a)
    })
}

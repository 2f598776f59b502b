//! Code 128 (ISO/IEC 15417), in its subsets B (printable ASCII) and C (pairs of digits).

use std::iter;

/// Number of light modules that a scanner needs on each side of a bar code.
pub const QUIET_ZONE: usize = 10;

/// Maximum length of a text in characters: more would make the bars too thin for a phone's screen.
pub const MAX_LENGTH: usize = 32;

const TO_C: u8 = 99;
const TO_B: u8 = 100;
const START_B: u8 = 104;
const START_C: u8 = 105;
const STOP: u8 = 106;

/// Widths of bars and spaces, one number per symbol, bar first: 212222 is a bar of two modules, a space
/// of one, and so on. The last bar of the stop symbol, two modules, is added by [`code128`].
const SYMBOLS: [u32; 107] = [
    212_222, 222_122, 222_221, 121_223, 121_322, 131_222, 122_213, 122_312, 132_212, 221_213,
    221_312, 231_212, 112_232, 122_132, 122_231, 113_222, 123_122, 123_221, 223_211, 221_132,
    221_231, 213_212, 223_112, 312_131, 311_222, 321_122, 321_221, 312_212, 322_112, 322_211,
    212_123, 212_321, 232_121, 111_323, 131_123, 131_321, 112_313, 132_113, 132_311, 211_313,
    231_113, 231_311, 112_133, 112_331, 132_131, 113_123, 113_321, 133_121, 313_121, 211_331,
    231_131, 213_113, 213_311, 213_131, 311_123, 311_321, 331_121, 312_113, 312_311, 332_111,
    314_111, 221_411, 431_111, 111_224, 111_422, 121_124, 121_421, 141_122, 141_221, 112_214,
    112_412, 122_114, 122_411, 142_112, 142_211, 241_211, 221_114, 413_111, 241_112, 134_111,
    111_242, 121_142, 121_241, 114_212, 124_112, 124_211, 411_212, 421_112, 421_211, 212_141,
    214_121, 412_121, 111_143, 111_341, 131_141, 114_113, 114_311, 411_113, 411_311, 113_141,
    114_131, 311_141, 411_131, 211_412, 211_214, 211_232, 233_111,
];

/// Encodes a text as a bar code: modules from left to right, dark ones `true`, without the quiet zone.
/// `None` for an empty text, for one of more than [`MAX_LENGTH`] characters, and for one with a
/// character that is not printable ASCII.
///
/// ```
/// use barcodes::code128;
///
/// // Start symbol, two pairs of digits, check symbol, stop symbol.
/// assert_eq!(code128("1234").unwrap().len(), 5 * 11 + 2);
/// assert_eq!(code128("رقم"), None);
/// ```
pub fn code128(text: &str) -> Option<Vec<bool>> {
    let printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if text.is_empty() || text.len() > MAX_LENGTH || !printable {
        return None;
    }
    let mut values = values(text.as_bytes());
    values.push(check(&values));
    values.push(STOP);
    let mut modules = Vec::with_capacity(values.len() * 11 + 2);
    for value in values {
        let mut widths = *SYMBOLS.get(usize::from(value))?;
        // From the last width, of a space, to the first, of a bar.
        let mut symbol: Vec<bool> = Vec::with_capacity(11);
        let mut dark = false;
        for _ in 0..6 {
            symbol.extend(iter::repeat_n(dark, usize::try_from(widths % 10).ok()?));
            widths /= 10;
            dark = !dark;
        }
        modules.extend(symbol.into_iter().rev());
    }
    modules.extend([true, true]);
    Some(modules)
}

/// Symbol values up to the check symbol. Digits are paired (subset C) where that is shorter: four or more
/// of them at an end, six or more in between.
fn values(text: &[u8]) -> Vec<u8> {
    let mut values = Vec::with_capacity(text.len() + 4);
    let mut rest = text;
    let mut pairs = None;
    while let Some(first) = rest.first() {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let at_an_end = pairs.is_none() || digits == rest.len();
        let enough = if at_an_end { 4 } else { 6 };
        // An odd digit is encoded before the switch to pairs, where that takes no further symbol.
        let turn = digits >= enough && (pairs.is_none() || digits % 2 == 0);
        let whole_of_two = pairs.is_none() && digits == 2 && rest.len() == 2;
        match (pairs, rest) {
            (Some(true), [tens, ones, more @ ..]) if digits >= 2 => {
                values.push((tens - b'0') * 10 + (ones - b'0'));
                rest = more;
            }
            (None | Some(false), _) if turn || whole_of_two => {
                values.push(if pairs.is_none() { START_C } else { TO_C });
                pairs = Some(true);
            }
            (None | Some(true), _) => {
                values.push(if pairs.is_none() { START_B } else { TO_B });
                pairs = Some(false);
            }
            (Some(false), [_, more @ ..]) => {
                values.push(first - b' ');
                rest = more;
            }
            (Some(false), []) => {}
        }
    }
    values
}

/// Check symbol: the sum of the values weighted by position, modulo 103. The start symbol and the first
/// after it both have weight 1.
fn check(values: &[u8]) -> u8 {
    let weighed = values
        .iter()
        .zip(iter::once(1).chain(1u32..))
        .map(|(value, place)| u32::from(*value) * place);
    u8::try_from(weighed.sum::<u32>() % 103).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbol_values_match_published_codes() {
        // The example of Wikipedia's article on Code 128, with check symbol 88.
        let mut wikipedia = vec![START_B];
        wikipedia.extend([55, 73, 75, 73, 80, 69, 68, 73, 65]);
        assert_eq!(values(b"Wikipedia"), wikipedia);
        assert_eq!(check(&wikipedia), 88);
        // The other example of the article starts in subset A.
        assert_eq!(check(&[103, 48, 42, 42, 17, 18, 19, 35]), 54);
    }

    #[test]
    fn digits_are_paired_where_that_is_shorter() {
        assert_eq!(values(b"204417"), [START_C, 20, 44, 17]);
        assert_eq!(values(b"12"), [START_C, 12]);
        assert_eq!(values(b"123"), [START_B, 17, 18, 19]);
        // The odd digit is last.
        assert_eq!(values(b"0012345"), [START_C, 0, 12, 34, TO_B, 21]);
        assert_eq!(values(b"AB1234"), [START_B, 33, 34, TO_C, 12, 34]);
        // The odd digit is before the pairs.
        assert_eq!(values(b"A12345"), [START_B, 33, 17, TO_C, 23, 45]);
        assert_eq!(values(b"A1234B"), [START_B, 33, 17, 18, 19, 20, 34]);
        assert_eq!(
            values(b"A123456BC"),
            [START_B, 33, TO_C, 12, 34, 56, TO_B, 34, 35]
        );
        assert_eq!(values(b"A-10/77"), [START_B, 33, 13, 17, 16, 15, 23, 23]);
    }

    #[test]
    fn every_symbol_is_unique_and_eleven_modules_wide() {
        for (index, symbol) in SYMBOLS.iter().enumerate() {
            let widths = symbol.to_string();
            let sum: u32 = widths.chars().filter_map(|c| c.to_digit(10)).sum();
            assert_eq!((widths.len(), sum), (6, 11), "{index}");
            assert!(!SYMBOLS[..index].contains(symbol), "{index}");
        }
    }
}

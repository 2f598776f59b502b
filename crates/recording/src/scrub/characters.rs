//! Characters: which of them are replaced, and by which of the same class.

use super::random::Random;

/// Returns `true` for a letter, a digit or a symbol; `false` for punctuation, white space, marks and controls,
/// which are the shape of a text.
pub(super) fn is_replaced(character: char) -> bool {
    if matches!(
        character,
        '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{fffd}'
    ) {
        return false;
    }
    character.is_alphanumeric() || is_symbol(character)
}

/// A symbol or a pictogram, but not the punctuation of East Asia, controls and private use.
fn is_symbol(character: char) -> bool {
    matches!(character, '\u{20a0}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// The value of a decimal digit of the scripts in use: ASCII, Arabic, Persian, Devanagari, Bengali.
pub(super) fn digit(character: char) -> Option<u32> {
    let code = u32::from(character);
    zero_of(character).map(|zero| code - zero)
}

fn zero_of(character: char) -> Option<u32> {
    [0x30, 0x660, 0x6f0, 0x966, 0x9e6]
        .into_iter()
        .find(|zero| (*zero..zero + 10).contains(&u32::from(character)))
}

/// The character by which two values are compared: digits are ASCII, letters small.
pub(super) fn canonical(character: char) -> char {
    if let Some(digit) = digit(character) {
        return char::from_digit(digit, 10).unwrap_or('0');
    }
    let mut small = character.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) if same_block(one, character) => one,
        _ => character,
    }
}

/// The canonical replacement in the script and the case of the original.
pub(super) fn render(original: char, replacement: char) -> char {
    if let Some(zero) = zero_of(original)
        && let Some(value) = digit(replacement)
    {
        return char::from_u32(zero + value).unwrap_or(replacement);
    }
    if canonical(original) == original {
        return replacement;
    }
    let mut capital = replacement.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(one), None) if canonical(one) == replacement => one,
        _ => replacement,
    }
}

/// A random character of the same class as a canonical one.
pub(super) fn random_like(original: char, random: &mut Random) -> char {
    const ARABIC: &str = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
    let pick = |text: &str, random: &mut Random| {
        let count = text.chars().count();
        text.chars().nth(random.below(count)).unwrap_or('x')
    };
    match original {
        '0'..='9' => pick("0123456789", random),
        'a'..='z' => pick("abcdefghijklmnopqrstuvwxyz", random),
        '\u{620}'..='\u{64a}' => pick(ARABIC, random),
        _ => in_block(original, random),
    }
}

/// A random character of the same class in the same block of 128.
fn in_block(original: char, random: &mut Random) -> char {
    let first = u32::from(original) & !0x7f;
    let is_like = |character: &char| {
        is_replaced(*character)
            && canonical(*character) == *character
            && character.is_alphabetic() == original.is_alphabetic()
            && character.is_numeric() == original.is_numeric()
            && character.is_lowercase() == original.is_lowercase()
            && digit(*character).is_none()
    };
    let offset = u32::try_from(random.below(128)).unwrap_or_default();
    (0..128)
        .filter_map(|step| char::from_u32(first + (offset + step) % 128))
        .find(|character| is_like(character) && *character != original)
        .or_else(|| {
            // The only one of its kind: an ideograph, a number in a circle or a pictogram.
            let (first, count) = match original {
                _ if original.is_alphabetic() => (0x4e00, 5_000),
                _ if original.is_numeric() => (0x2460, 20),
                _ => (0x2600, 100),
            };
            char::from_u32(first + u32::try_from(random.below(count)).ok()?)
        })
        .unwrap_or('\u{fffd}')
}

fn same_block(one: char, other: char) -> bool {
    u32::from(one) & !0x7f == u32::from(other) & !0x7f
}

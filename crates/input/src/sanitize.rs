//! Normalization common to all fields: digits of any script become ASCII, and white space, invisible
//! characters and separators are dropped. Validation is up to the parser of each field.

/// Normalizes the characters of a number: decimal digits of any script and full-width characters become ASCII,
/// and white space, invisible characters and separators (hyphens and dashes, `. ( ) / [ ] _ , ، ٬ ۔ ·`) are
/// dropped. Any other character is kept, for the caller to reject: so is `٫`, a decimal mark.
///
/// The function is idempotent.
///
/// ```
/// assert!(input::sanitize_digits("＋٩٦٦ （٥١）-٢").eq("+966512".chars()));
/// ```
pub fn sanitize_digits(raw: &str) -> impl Iterator<Item = char> + Clone {
    visible(raw).filter(|&c| !is_separator(c))
}

/// The digits of a number, and `true` with a plus before them, or after them as in text copied from right to
/// left. `None` if there is anything else in it, or no digit.
pub(crate) fn signed_digits(raw: &str) -> Option<(bool, impl Iterator<Item = char> + Clone)> {
    let typed = sanitize_digits(raw);
    let plus = [typed.clone().next(), typed.clone().last()].contains(&Some('+'));
    let signs = typed.clone().filter(|&c| c == '+').count();
    let digits = typed.filter(|&c| c != '+');
    let valid = signs <= usize::from(plus)
        && digits.clone().next().is_some()
        && digits.clone().all(|c| c.is_ascii_digit());
    valid.then_some((plus, digits))
}

/// The visible characters of a text, without the Arabic thousands separator, with ASCII digits.
pub(crate) fn visible(raw: &str) -> impl Iterator<Item = char> + Clone {
    raw.chars()
        .filter(|&c| !is_blank(c) && c != '٬')
        .map(|c| narrow(decimal_digit(c).unwrap_or(c)))
}

/// The ASCII character of a full-width one.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// `true` for white space and invisible characters.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// `true` for characters that nothing on a page shows: directional marks, zero-width characters, variation
/// selectors, fillers, the BOM, and what stands for an embedded object.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        // A soft hyphen is visible only at a line break, and a field has one line.
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'..='\u{1160}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFC}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// `true` for hyphens, dashes and the minus sign.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}'
    )
}

fn is_separator(c: char) -> bool {
    is_dash(c)
        || matches!(
            c,
            '.' | '(' | ')' | '/' | '[' | ']' | '_' | ',' | '،' | '۔' | '·'
        )
}

/// The ASCII digit of a decimal digit of any script.
pub(crate) fn decimal_digit(c: char) -> Option<char> {
    let c = u32::from(c);
    let below = ZEROS.partition_point(|&zero| zero <= c).checked_sub(1)?;
    char::from_digit(c - ZEROS.get(below)?, 10)
}

/// Code points of the digit zero of every script, ascending. Each starts ten consecutive characters of
/// the general category Nd; together they are all 770 decimal digits of Unicode 17.
#[rustfmt::skip]
const ZEROS: [u32; 77] = [
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6,
    0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0,
    0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40,
    0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0,
    0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11DE0, 0x11F50,
    0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
    0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

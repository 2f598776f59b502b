//! Properties of the parsers on any text, against a second implementation of the input rules that is
//! written for clarity instead of speed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use input::{
    Identifier, NationalIdError, NationalIdWarning, PatientIdError, PhoneError, sanitize_digits,
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::sync::LazyLock;

/// All decimal digits by value, in order, from a source independent of the crate's own table.
static DIGITS: LazyLock<[Vec<char>; 10]> = LazyLock::new(|| {
    let source: serde_json::Value =
        serde_json::from_str(include_str!("vectors/decimal_zeros.json")).unwrap();
    let zeros: Vec<u32> = (source["zeros"].as_array().unwrap().iter())
        .map(|zero| u32::from_str_radix(zero.as_str().unwrap(), 16).unwrap())
        .collect();
    core::array::from_fn(|value| {
        let value = u32::try_from(value).unwrap();
        zeros
            .iter()
            .map(|zero| char::from_u32(zero + value).unwrap())
            .collect()
    })
});

fn digit_value(c: char) -> Option<usize> {
    (0..10).find(|&value| DIGITS[value].binary_search(&c).is_ok())
}

const WHITE: &str = "\t\n\u{B}\u{C}\r \u{85}\u{A0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\
    \u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}";
const INVISIBLE: &str = "\u{AD}\u{34F}\u{61C}\u{115F}\u{1160}\u{2800}\u{180B}\u{180C}\u{180D}\u{180E}\u{180F}\
    \u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\
    \u{202E}\u{2060}\u{2061}\u{2062}\u{2063}\u{2064}\u{2065}\u{2066}\u{2067}\u{2068}\u{2069}\u{206A}\
    \u{206B}\u{206C}\u{206D}\u{206E}\u{206F}\u{3164}\u{FE00}\u{FE01}\u{FE02}\u{FE03}\u{FE04}\u{FE05}\
    \u{FE06}\u{FE07}\u{FE08}\u{FE09}\u{FE0A}\u{FE0B}\u{FE0C}\u{FE0D}\u{FE0E}\u{FE0F}\u{FEFF}\u{FFA0}\
    \u{FFF9}\u{FFFA}\u{FFFB}\u{FFFC}";
const GROUPING: &str = "\u{66C}";
const DASHES: &str =
    "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{FE58}\u{FE63}\u{FF0D}";
const SEPARATORS: &str = ".()/[]_,\u{60C}\u{6D4}\u{B7}．（）／［］＿，";

/// Invisible characters, with the tags and the variation selectors of plane 14.
fn invisible(c: char) -> bool {
    INVISIBLE.contains(c) || ('\u{E0000}'..='\u{E0FFF}').contains(&c)
}

fn blank(c: char) -> bool {
    WHITE.contains(c) || invisible(c)
}

fn noise(c: char) -> bool {
    invisible(c) || ANY_NOISE.concat().contains(c)
}

const ANY_NOISE: [&str; 5] = [WHITE, INVISIBLE, GROUPING, DASHES, SEPARATORS];

const CODES: [&[&str]; 5] = [
    &["966"],
    &["966", "971", "9"],
    &["20", "2", "5"],
    &[""],
    &[],
];

mod model {
    use super::*;

    fn narrow(c: char) -> char {
        let full_width = ('！'..='～').zip('!'..='~').find(|(full, _)| *full == c);
        full_width.map_or(c, |(_, ascii)| ascii)
    }

    fn folded(raw: &str) -> String {
        let fold = |c| digit_value(c).map_or(c, |value| DIGITS[value][0]);
        raw.chars().map(fold).map(narrow).collect()
    }

    pub fn sanitized(raw: &str) -> String {
        let dropped = ANY_NOISE.concat();
        folded(raw).replace(|c| dropped.contains(c) || invisible(c), "")
    }

    pub fn username(raw: &str) -> String {
        let name = raw.trim_matches(blank).chars();
        name.filter(|c| !invisible(*c)).map(narrow).collect()
    }

    fn is_mobile(digits: &str) -> bool {
        digits.len() == 9 && digits.starts_with('5')
    }

    pub fn phone(raw: &str, codes: &[&str]) -> Result<String, PhoneError> {
        let mut number = sanitized(raw);
        let codes: Vec<_> = codes.iter().filter(|code| !code.is_empty()).collect();
        if number.is_empty() {
            return Err(PhoneError::Empty);
        }
        if let Some(digits) = number.strip_suffix('+')
            && !digits.starts_with('+')
        {
            number = ["+", digits].concat();
        }
        let unsigned = number.strip_prefix('+').unwrap_or(&number);
        if unsigned.is_empty() || !unsigned.chars().all(|c| c.is_ascii_digit()) {
            return Err(PhoneError::Characters);
        }
        if let Some(abroad) = number.strip_prefix('+').or(number.strip_prefix("00")) {
            let rests = codes.iter().filter_map(|code| abroad.strip_prefix(**code));
            let longest_code = rests.min_by_key(|rest| rest.len());
            number = String::from(longest_code.ok_or(PhoneError::Country)?);
        }
        loop {
            let mut next = number.trim_start_matches('0');
            for code in &codes {
                if let Some(rest) = next.strip_prefix(**code)
                    && is_mobile(rest.strip_prefix('0').unwrap_or(rest))
                {
                    next = rest;
                    break;
                }
            }
            if next == number {
                break;
            }
            number = String::from(next);
        }
        match number.len() {
            0..=7 => Err(PhoneError::TooShort),
            8..=15 => Ok(number),
            _ => Err(PhoneError::TooLong),
        }
    }

    pub fn national_id(raw: &str) -> Result<String, NationalIdError> {
        let number = sanitized(raw);
        match number.len() {
            0 => Err(NationalIdError::Empty),
            _ if !number.chars().all(|c| c.is_ascii_digit()) => Err(NationalIdError::Characters),
            1..=7 => Err(NationalIdError::TooShort),
            8..=15 => Ok(number),
            _ => Err(NationalIdError::TooLong),
        }
    }

    pub fn patient_id(raw: &str) -> Result<String, PatientIdError> {
        let number = folded(raw)
            .replace(|c| blank(c) || GROUPING.contains(c), "")
            .replace(|c| DASHES.contains(c), "-");
        let scripts = ['\0'..='z', 'À'..='ɏ', 'ؠ'..='ي', 'ٱ'..='ۓ'];
        let letter = |c: char| c.is_alphabetic() && scripts.iter().any(|all| all.contains(&c));
        let wrong = |c: char| !(c.is_ascii_digit() || letter(c) || "-/".contains(c));
        match number.chars().count() {
            0 => Err(PatientIdError::Empty),
            _ if number.contains(wrong) => Err(PatientIdError::Characters),
            1..=32 => Ok(number),
            _ => Err(PatientIdError::TooLong),
        }
    }
}

fn phone(raw: &str, codes: &[&str]) -> Result<String, PhoneError> {
    input::phone(raw, codes).map(|checked| checked.value.as_str().to_owned())
}

fn national_id(raw: &str) -> Result<String, NationalIdError> {
    input::national_id(raw).map(|checked| checked.value.as_str().to_owned())
}

fn patient_id(raw: &str) -> Result<String, PatientIdError> {
    input::patient_id(raw).map(|checked| checked.value.as_str().to_owned())
}

/// Digits, with the prefixes and numbers that the rules treat specially more often than by chance.
fn digits() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[0-9]{1,4}",
        2 => select(vec!["0", "00", "966", "20", "2", "9", "971", "5", "05"]).prop_map(str::to_owned),
        2 => "0?5[0-9]{8}",
        1 => "[12][0-9]{9}",
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// The same text in another notation: digits of any script, noise before each character and at the
/// end.
fn dressed(plain: String, noise: &[&str]) -> impl Strategy<Value = String> + use<> {
    let noise: Vec<char> = noise.concat().chars().collect();
    let written = |c: char| match c.to_digit(10) {
        Some(value) => select(DIGITS[value as usize].clone()).boxed(),
        None if c == '+' => select(vec!['+', '＋']).boxed(),
        None => Just(c).boxed(),
    };
    let pieces: Vec<_> = (plain.chars().chain([' ']))
        .map(|c| (vec(select(noise.clone()), 0..3), written(c)))
        .collect();
    pieces.prop_map(|pieces| {
        pieces
            .into_iter()
            .flat_map(|(noise, c)| noise.into_iter().chain([c]))
            .collect()
    })
}

/// Text that is nearly a number, valid or not.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => digits().prop_flat_map(|digits| dressed(digits, &ANY_NOISE)),
        1 => select(vec!["+", "＋", "x", "ｘ", "م", "²", "O", "٫", "\u{E0020}"]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop_oneof![
        8 => vec(piece, 0..3).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn codes() -> impl Strategy<Value = &'static [&'static str]> {
    select(CODES.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn sanitize_digits_matches_the_model_and_is_idempotent(raw in text()) {
        let once: String = sanitize_digits(&raw).collect();
        prop_assert_eq!(&once, &model::sanitized(&raw));
        prop_assert!(sanitize_digits(&once).eq(once.chars()));
    }

    #[test]
    fn identifier_differs_neither_by_zeros_before_it_nor_by_case(
        digits in "[1-9][0-9]{9}", letters in "[1-9][A-Za-z0-9]{1,9}", zeros in "0{0,5}", other in text(),
    ) {
        let national_id = Identifier::NationalId(input::national_id(&digits).unwrap().value);
        prop_assert!(!national_id.differs_from(&[zeros.as_str(), &digits].concat()));
        let file_number = Identifier::PatientId(input::patient_id(&letters).unwrap().value);
        prop_assert!(!file_number.differs_from(&[zeros.as_str(), &letters.to_uppercase()].concat()));
        prop_assert!(file_number.differs_from(&[letters.as_str(), "1"].concat()));
        // Nothing that is no identifier is another person's.
        if input::national_id(&other).is_err() {
            prop_assert!(!national_id.differs_from(&other));
        }
    }

    #[test]
    fn phone_matches_the_model(raw in text(), codes in codes()) {
        prop_assert_eq!(phone(&raw, codes), model::phone(&raw, codes));
    }

    #[test]
    fn phone_is_idempotent_on_accepted_numbers(
        plus in select(vec!["", "+966", "00966", "+", "00"]), digits in digits(), codes in codes(),
    ) {
        if let Ok(number) = input::phone(&format!("{plus}{digits}"), codes) {
            let text = number.value.as_str();
            prop_assert!((8..=15).contains(&text.len()) && !text.starts_with('0'));
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_digit()));
            prop_assert_eq!(input::phone(text, codes), input::phone(&input::format_phone(&number.value), codes));
            prop_assert_eq!(input::phone(text, codes), Ok(number));
        }
    }

    #[test]
    fn phone_is_independent_of_script_and_separators(
        (plain, dressed) in (select(vec!["", "+"]), digits()).prop_flat_map(|(plus, digits)| {
            let plain = format!("{plus}{digits}");
            (Just(plain.clone()), dressed(plain, &ANY_NOISE))
        }),
        codes in codes(),
    ) {
        prop_assert_eq!(input::phone(&dressed, codes), input::phone(&plain, codes));
    }

    #[test]
    fn national_id_matches_the_model_and_is_idempotent(raw in text()) {
        let read = national_id(&raw);
        prop_assert_eq!(&read, &model::national_id(&raw));
        if let Ok(number) = read {
            prop_assert_eq!(input::national_id(&number), input::national_id(&raw));
            prop_assert_eq!(national_id(&number), Ok(number));
        }
    }

    #[test]
    fn national_id_is_independent_of_script_and_separators(
        (plain, dressed) in digits().prop_flat_map(|digits| {
            (Just(digits.clone()), dressed(digits, &ANY_NOISE))
        }),
    ) {
        prop_assert_eq!(input::national_id(&dressed), input::national_id(&plain));
    }

    #[test]
    fn saudi_mobile_number_typed_as_national_id_gets_a_warning(digits in digits()) {
        let mobile = input::phone(&digits, &["966"]).is_ok_and(|number| number.warnings.is_empty());
        if let (true, Ok(id)) = (mobile, input::national_id(&digits)) {
            prop_assert!(id.warnings.contains(NationalIdWarning::LooksLikePhone));
        }
    }

    #[test]
    fn patient_id_matches_the_model_and_is_idempotent(raw in text()) {
        let read = patient_id(&raw);
        prop_assert_eq!(&read, &model::patient_id(&raw));
        if let Ok(number) = read {
            prop_assert_eq!(input::patient_id(&number), input::patient_id(&raw));
            prop_assert_eq!(patient_id(&number), Ok(number));
        }
    }

    #[test]
    fn patient_id_is_independent_of_script_and_white_space(
        (plain, dressed) in "[0-9A-Za-z/-]{0,34}".prop_flat_map(|plain| {
            (Just(plain.clone()), dressed(plain, &[WHITE, INVISIBLE, GROUPING]))
        }),
    ) {
        prop_assert_eq!(input::patient_id(&dressed), input::patient_id(&plain));
    }

    #[test]
    fn one_time_code_is_in_the_sanitized_text_and_idempotent(raw in text()) {
        if let Ok(code) = input::one_time_code(&raw) {
            let typed = model::sanitized(&raw);
            prop_assert!(typed.contains(code.as_str()));
            let digits_only = typed.bytes().all(|byte| byte.is_ascii_digit());
            prop_assert!(!digits_only || typed == code.as_str());
            prop_assert!((4..=10).contains(&code.as_str().len()));
            prop_assert_eq!(input::one_time_code(code.as_str()).unwrap(), code);
        }
    }

    #[test]
    fn one_time_code_is_independent_of_script_and_separators(
        (code, raw) in digits().prop_flat_map(|code| (Just(code.clone()), dressed(code, &ANY_NOISE))),
    ) {
        let read = |raw| input::one_time_code(raw).map(|code| code.as_str().to_owned());
        prop_assert_eq!(read(&raw), read(&code));
    }

    #[test]
    fn normalize_phone_is_idempotent(raw in text()) {
        if let Ok(name) = input::staff_username(&raw) {
            let once = name.normalize_phone();
            let twice = input::staff_username(once.as_str()).unwrap().normalize_phone();
            prop_assert_eq!(once, twice);
        }
    }

    #[test]
    fn staff_username_matches_the_model_and_is_idempotent(raw in text()) {
        if let Ok(name) = input::staff_username(&raw) {
            prop_assert_eq!(name.as_str(), model::username(&raw));
            prop_assert!(!name.as_str().starts_with(blank) && !name.as_str().ends_with(blank));
            prop_assert_eq!(input::staff_username(name.as_str()), Ok(name));
        } else {
            prop_assert!(raw.chars().all(blank));
        }
    }
}

#[test]
fn only_decimal_digits_of_unicode_become_ascii_digits() {
    for c in '\0'..=char::MAX {
        let read = sanitize_digits(c.encode_utf8(&mut [0; 4])).next();
        let read = read.and_then(|c| c.to_digit(10));
        assert_eq!(read.map(|digit| digit as usize), digit_value(c), "{c:?}");
    }
    assert_eq!(DIGITS.each_ref().map(Vec::len), [77; 10]);
}

#[test]
fn only_white_space_invisible_characters_and_separators_are_dropped() {
    for c in '\0'..=char::MAX {
        let read = sanitize_digits(c.encode_utf8(&mut [0; 4])).next();
        assert_eq!(read.is_none(), noise(c), "{c:?}");
    }
}

/// Quadratic time for a megabyte would be hours, over the time limit of the test run. `benches/fields.rs`
/// measures the cost of a long paste.
#[test]
fn pasted_megabyte_gets_a_result() {
    let paste = |piece: &str| piece.repeat((1 << 20) / piece.len());
    assert_eq!(phone(&paste("٥"), &["966"]), Err(PhoneError::TooLong));
    assert_eq!(phone(&paste("966"), &["966"]), Err(PhoneError::TooLong));
    assert_eq!(phone(&paste("0"), &["966"]), Err(PhoneError::Country));
    assert_eq!(
        phone(&format!("+966{}", paste("0")), &["966"]),
        Err(PhoneError::TooShort)
    );
    assert_eq!(phone(&paste("+966"), &["966"]), Err(PhoneError::Characters));
    assert_eq!(phone(&paste(" "), &["966"]), Err(PhoneError::Empty));
    assert_eq!(
        phone(&(paste("-") + "0512345678" + &paste("\u{200F}")), &["966"]).unwrap(),
        "512345678"
    );
    assert_eq!(national_id(&paste("1")), Err(NationalIdError::TooLong));
    assert_eq!(patient_id(&paste("م")), Err(PatientIdError::TooLong));
    assert!(input::staff_username(&paste(" ")).is_err());
}

//! Bar codes: a published example and properties. `e2e/journeys/card.spec.ts` tests that a scanner reads
//! them from the page.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

use barcodes::code128::{MAX_LENGTH, code128};
use proptest::prelude::*;

/// The symbol of a character in subset B, from a code with this character only.
fn symbol_of(character: char) -> Vec<bool> {
    // Start B, the character, check symbol, stop.
    code128(&character.to_string()).unwrap()[11..22].to_vec()
}

fn symbols(modules: &[bool]) -> Vec<&[bool]> {
    modules[..modules.len() - 2].chunks(11).collect()
}

/// The published bar code of `Wikipedia`.
#[test]
fn wikipedia_example_matches_bar_for_bar() {
    let drawn: String = code128("Wikipedia")
        .unwrap()
        .into_iter()
        .map(|dark| if dark { '1' } else { '0' })
        .collect();
    let published = [
        "11010010000",   // Start B
        "11101000110",   // W
        "10000110100",   // i
        "11000010010",   // k
        "10000110100",   // i
        "10100111100",   // p
        "10110010000",   // e
        "10000100110",   // d
        "10000110100",   // i
        "10010110000",   // a
        "11110010010",   // check symbol 88
        "1100011101011", // stop
    ];
    assert_eq!(drawn, published.concat());
}

#[test]
fn text_that_is_empty_too_long_or_not_printable_ascii_is_none() {
    for text in ["", "رقم", "é", "a\tb", "\u{7f}", "١٢٣"] {
        assert_eq!(code128(text), None, "{text:?}");
    }
    assert!(code128(&"x".repeat(MAX_LENGTH)).is_some());
    assert_eq!(code128(&"x".repeat(MAX_LENGTH + 1)), None);
}

proptest! {
    #[test]
    fn encoders_never_panic_on_any_text(text in any::<String>()) {
        let _ = code128(&text);
        let _ = barcodes::qr(&text);
    }

    #[test]
    fn letters_are_encoded_one_symbol_each(text in "[ -/:-~]{1,32}") {
        let modules = code128(&text).unwrap();
        let symbols = symbols(&modules);
        // Start, the text, check symbol, stop.
        prop_assert_eq!(symbols.len(), text.len() + 3);
        for (symbol, character) in symbols[1..].iter().zip(text.chars()) {
            prop_assert_eq!(symbol.to_vec(), symbol_of(character));
        }
    }

    #[test]
    fn code_starts_and_ends_dark_and_has_bounded_length(text in "[ -~]{1,32}") {
        let modules = code128(&text).unwrap();
        prop_assert!(modules[0] && *modules.last().unwrap());
        prop_assert!(modules.len() <= 11 * (text.len() + 3) + 2);
    }

    #[test]
    fn digit_pairs_take_one_symbol_each(text in "([0-9]{2}){2,16}") {
        prop_assert_eq!(code128(&text).unwrap().len(), 11 * (text.len() / 2 + 3) + 2);
    }
}

//! The examples of the input rules.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use input::{Checked, NationalIdError, NationalIdWarning, PhoneError, PhoneWarning};
use serde_json::{Value, json};

#[test]
fn phone_matches_the_vectors() {
    let codes = &["966"];
    check(
        include_str!("vectors/phone.json"),
        |raw| match input::phone(raw, codes) {
            Ok(Checked { value, warnings }) => {
                accepted(raw, value.as_str(), warnings, |warning| match warning {
                    PhoneWarning::NotSaudiMobile => "not_saudi_mobile",
                    PhoneWarning::LooksLikeNationalId => "looks_like_national_id",
                })
            }
            Err(error) => rejected(
                raw,
                match error {
                    PhoneError::Empty => "empty",
                    PhoneError::Characters => "characters",
                    PhoneError::Country => "country",
                    PhoneError::TooShort | PhoneError::TooLong => "length",
                },
            ),
        },
    );
}

#[test]
fn national_id_matches_the_vectors() {
    check(
        include_str!("vectors/national_id.json"),
        |raw| match input::national_id(raw) {
            Ok(Checked { value, warnings }) => {
                accepted(raw, value.as_str(), warnings, |warning| match warning {
                    NationalIdWarning::NotTenDigits => "not_ten_digits",
                    NationalIdWarning::FirstDigit => "first_digit",
                    NationalIdWarning::CheckDigit => "check_digit",
                    NationalIdWarning::LooksLikePhone => "looks_like_phone",
                })
            }
            Err(error) => rejected(
                raw,
                match error {
                    NationalIdError::Empty => "empty",
                    NationalIdError::Characters => "characters",
                    NationalIdError::TooShort | NationalIdError::TooLong => "length",
                },
            ),
        },
    );
}

/// Compares the result for every input with the whole entry, in the vectors' own form.
fn check(vectors: &str, result: impl Fn(&str) -> Value) {
    let vectors: Vec<Value> = serde_json::from_str(vectors).unwrap();
    assert!(!vectors.is_empty());
    for vector in vectors {
        assert_eq!(result(vector["input"].as_str().unwrap()), vector);
    }
}

fn accepted<H>(
    raw: &str,
    value: &str,
    warnings: impl IntoIterator<Item = H>,
    name: fn(H) -> &'static str,
) -> Value {
    let warnings: Vec<_> = warnings.into_iter().map(name).collect();
    json!({ "input": raw, "value": value, "warnings": warnings })
}

fn rejected(raw: &str, error: &str) -> Value {
    json!({ "input": raw, "error": error })
}

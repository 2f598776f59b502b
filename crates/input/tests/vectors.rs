//! The examples of the input rules, one by one.

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
            Err(error) => refused(
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
            Err(error) => refused(
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

/// Answers every input in the vectors' own form, so that the whole entry is compared.
fn check(vectors: &str, answer: impl Fn(&str) -> Value) {
    let vectors: Vec<Value> = serde_json::from_str(vectors).unwrap();
    assert!(!vectors.is_empty());
    for vector in vectors {
        assert_eq!(answer(vector["input"].as_str().unwrap()), vector);
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

fn refused(raw: &str, error: &str) -> Value {
    json!({ "input": raw, "error": error })
}

//! The input rules, a sentence each, where the vectors leave something to say.

#![allow(clippy::unwrap_used)]

mod a_national_id;
mod a_one_time_code;
mod a_patient_id;
mod a_phone_number;
mod a_phone_number_as_a_user_name;
mod a_staff_user_name;
mod sanitizing;

use input::{
    FileNumberError, FileNumberHint, NationalIdError, NationalIdHint, PhoneError, PhoneHint,
    StaffUsernameError, sanitize_digits,
};

const SAUDI: &[&str] = &["966"];

fn phone(raw: &str) -> Result<String, PhoneError> {
    phone_in(raw, SAUDI)
}

fn phone_in(raw: &str, codes: &[&str]) -> Result<String, PhoneError> {
    input::phone(raw, codes).map(|checked| checked.value.as_str().to_owned())
}

fn national_id(raw: &str) -> Result<String, NationalIdError> {
    input::national_id(raw).map(|checked| checked.value.as_str().to_owned())
}

fn file_number(raw: &str) -> Result<String, FileNumberError> {
    input::file_number(raw).map(|checked| checked.value.as_str().to_owned())
}

fn staff_username(raw: &str) -> Result<String, StaffUsernameError> {
    input::staff_username(raw).map(|name| name.as_str().to_owned())
}

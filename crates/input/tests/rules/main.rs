//! The input rules that the vectors do not cover.

#![allow(clippy::unwrap_used)]

mod identifier;
mod national_id;
mod one_time_code;
mod patient_id;
mod phone;
mod phone_as_user_name;
mod sanitize_digits;
mod staff_username;

use input::{
    NationalIdError, NationalIdWarning, PatientIdError, PatientIdWarning, PhoneError, PhoneWarning,
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

fn patient_id(raw: &str) -> Result<String, PatientIdError> {
    input::patient_id(raw).map(|checked| checked.value.as_str().to_owned())
}

fn staff_username(raw: &str) -> Result<String, StaffUsernameError> {
    input::staff_username(raw).map(|name| name.as_str().to_owned())
}

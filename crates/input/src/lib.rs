//! Parsers for the text of form fields.
//!
//! Each parser takes the raw text of a field and returns a clean value with [`Warnings`], or the
//! first error that applies. An *error* keeps a form from being submitted; a *warning* is shown and
//! blocks nothing, unless the site is strict: then the caller treats it as an error.
//!
//! The crate is pure: it depends on no browser, network, message text or language. No parser panics on
//! any text, and each takes time linear in its length. Errors are detected in passes over the whole
//! text without storing it; only an accepted value is allocated. The precedence of errors therefore
//! does not depend on their position in the text.
//!
//! ```
//! use input::PhoneError;
//!
//! let number = input::phone("+966 (0)51-234-5678", &["966"]).unwrap();
//! assert_eq!(number.value.as_str(), "512345678");
//! assert!(number.warnings.is_empty());
//!
//! assert_eq!(input::phone("+44 20 7946 0018", &["966"]), Err(PhoneError::Country));
//! ```

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod checked;
mod identifier;
mod national_id;
mod one_time_code;
mod patient_id;
mod phone;
mod sanitize;
mod staff;
mod wiped;

pub use checked::{Checked, Warnings};
pub use identifier::Identifier;
pub use national_id::{NationalId, NationalIdError, NationalIdWarning, national_id};
pub use one_time_code::{OneTimeCode, OneTimeCodeError, one_time_code};
pub use patient_id::{PatientId, PatientIdError, PatientIdWarning, patient_id};
pub use phone::{PhoneError, PhoneNumber, PhoneWarning, format_phone, phone};
pub use sanitize::sanitize_digits;
pub use staff::{StaffUsername, StaffUsernameError, staff_username};

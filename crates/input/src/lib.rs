//! What people type, turned into values that can be sent.
//!
//! Every function here takes the text of a field as it stands and returns a clean value with
//! hints, or the one reason why it cannot be right, as the project's input rules have it. An
//! *error* keeps a form from being sent; a *hint* is shown and never blocks, unless the site
//! is strict, which is for the caller to know: it then takes any hint for an error.
//!
//! The crate knows nothing of browsers, networks, words or languages. No function panics,
//! whatever the text, and each takes time linear in its length: an error is looked for over
//! the whole text, in several passes and without storing it, and only an accepted value is
//! allocated. So the order of errors never depends on where in the text they stand.
//!
//! ```
//! use input::PhoneError;
//!
//! let number = input::phone("+966 (0)51-234-5678", &["966"]).unwrap();
//! assert_eq!(number.value.as_str(), "512345678");
//! assert!(number.hints.is_empty());
//!
//! assert_eq!(input::phone("+44 20 7946 0018", &["966"]), Err(PhoneError::Country));
//! ```

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod checked;
mod national_id;
mod one_time_code;
mod patient_id;
mod personal;
mod phone;
mod sanitize;
mod staff;

pub use checked::{Checked, Hints};
pub use national_id::{NationalId, NationalIdError, NationalIdHint, national_id};
pub use one_time_code::{OneTimeCode, OneTimeCodeError, one_time_code};
pub use patient_id::{FileNumber, FileNumberError, FileNumberHint, file_number};
pub use phone::{PhoneError, PhoneHint, PhoneNumber, display, phone};
pub use sanitize::sanitize_digits;
pub use staff::{StaffUsername, StaffUsernameError, staff_username};

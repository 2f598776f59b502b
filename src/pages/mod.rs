//! The pages, one file or folder each. A page reads what is typed, sends it through [`crate::api`], keeps
//! the outcome in [`crate::store`], and shows it. It never builds an address and never sees bytes.

mod addresses;
pub mod config_error;
mod document_title;
mod not_found;
mod one_time_code;
mod onward;
mod patient_sign_in;
mod profile;
mod record;
mod roles;
mod sign_in_shared;
mod staff_sign_in;

pub use addresses::Addresses;
pub use document_title::title_of;
pub use not_found::NotFound;
pub use one_time_code::OneTimeCode;
pub use patient_sign_in::PatientSignIn;
pub use profile::Profile;
pub use record::warm_up as warm_up_record;
pub use roles::Roles;
pub use staff_sign_in::StaffSignIn;

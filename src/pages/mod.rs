//! The pages, one file or folder each. A page reads what is typed, sends it through [`crate::api`], keeps
//! the outcome in [`crate::store`], and shows it. It never builds an address and never sees bytes.

mod addresses;
pub mod config_error;
mod not_found;
mod one_time_code;
mod patient_sign_in;
mod profile;
mod record;
mod roles;
mod sign_in;
mod staff_sign_in;
mod title;

pub use addresses::Addresses;
pub use not_found::NotFound;
pub use one_time_code::OneTimeCode;
pub use patient_sign_in::PatientSignIn;
pub use profile::Profile;
pub use record::warm_up as warm_up_record;
pub use roles::Roles;
pub use staff_sign_in::StaffSignIn;
pub use title::title_of;

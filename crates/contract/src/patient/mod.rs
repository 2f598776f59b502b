//! Patient side: the calls of the Logistration module document (HMG) and their responses.
//!
//! The meaning of codes (gender 1, marital status 2, …) is configured and not known here.

mod coordinates;
mod fields;
mod readers;
mod requests;
mod types;

pub use coordinates::{Coordinates, coordinates};
pub use readers::{read_exists, read_login, read_login_or_code, read_resend, read_verification};
pub use requests::{
    exists_request, login_request, resend_request, sign_out_request, verify_request,
};
pub use types::{Address, CodeId, Gender, Login, Name, Patient, Resend, Verification};

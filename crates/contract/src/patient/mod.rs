//! The patient side: the two calls of the Logistration module document (HMG) and what they answer.
//!
//! This module must not know what a code means (gender 1, marital status 2, …): that is configured.

mod coordinates;
mod fields;
mod readers;
mod requests;
mod types;

pub use coordinates::{Coordinates, coordinates};
pub use readers::{
    exists_answer, login_answer, login_or_code_answer, resend_answer, verify_answer,
};
pub use requests::{exists_request, login_request, resend_request, verify_request};
pub use types::{Address, CodeSent, Gender, Login, Name, Patient, Resent, Verdict};

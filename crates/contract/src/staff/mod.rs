//! The staff side: sign-in, session and sign-out of "SPICE 1.x Mobile – Login", and what SPICE 2.0
//! answers differently.
//!
//! This module must not know which roles an entrance admits, nor what a role may do.

mod readers;
mod requests;
mod role;
mod types;

pub use readers::{bearer, cookie_answer, session_answer, sign_in_answer};
pub use requests::{sign_in_request, sign_out_request, validate_request};
pub use role::{KnownRole, title_case};
pub use types::{
    Bearer, Client, Country, Culture, Organization, Pass, Role, RoleTitle, SignedIn, Staff,
    TimeZone,
};

//! Checks of the staff service. Of the existing accounts only the test user's is used. It gets one wrong
//! password, after a successful sign-in has reset its count of failed attempts, so it cannot be locked.

mod examine;
mod limits;
mod origin;
mod session;
mod sign_in;
mod target;

pub(crate) use examine::{examine, probe};
pub(crate) use target::UNKNOWN_USER;

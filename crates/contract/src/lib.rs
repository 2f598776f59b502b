//! What the two services say, as types: requests go out, and a status, a few headers and some
//! bytes come back as a typed answer or as a typed [`Refusal`](refusal::Refusal).
//!
//! The patient side follows the Logistration module document (HMG), the staff side
//! "SPICE 1.x Mobile – Login". Everything here is pure: no browser, no network, no clock. This crate
//! must not know who asks, where the answer is shown or in which language; nothing past it looks
//! at a status code or at JSON.
//!
//! One small module a noun, and data walks one way:
//! [`request`] → (the network) → [`answer`] → [`json`] → [`patient`] or [`staff`], or [`refusal`].

#![forbid(unsafe_code)]

pub mod answer;
pub mod date;
pub mod json;
pub mod password;
pub mod patient;
pub mod personal;
pub mod refusal;
pub mod request;
pub mod staff;

mod fields;
mod write;

pub use json::MAX_BODY;

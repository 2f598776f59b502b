//! Tests of the crate, one file per subject. One binary, because linking a dozen takes longer than running
//! them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    // The fields compared are `Option`s, and `shown(&field)` reads better a hundred times over.
    clippy::ref_option,
    missing_docs
)]

mod bearer_token;
mod coordinates;
mod date;
mod hostile;
mod json;
mod json_types;
mod mutated_samples;
mod never_panics;
mod one_time_code;
mod password;
mod patient_exists;
mod patient_login;
mod probe;
mod reference;
mod request;
mod role;
mod samples;
mod secrets;
mod service_error;
mod spice_2;
mod staff_session;
mod staff_sign_in;
mod support;
mod tree;
mod values;

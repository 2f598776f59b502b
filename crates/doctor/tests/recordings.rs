//! Recordings: what the doctor writes of a service, replayed, is the same service to the portal; and the
//! portal's readers over the recorded answers of the published servers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "broken_services/support.rs"]
#[allow(dead_code)]
mod support;

#[path = "recordings/published.rs"]
mod published;
#[path = "recordings/replayed.rs"]
mod replayed;

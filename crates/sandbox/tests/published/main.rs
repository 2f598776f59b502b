//! The staff service beside the recorded answers of the published SPICE servers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "../common/mod.rs"]
mod common;

mod accounts;
mod compare;
mod differences;
mod installation;
mod readme;
mod replay;
mod rules;
mod sessions;
mod web_clients;

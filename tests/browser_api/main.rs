//! Requests to both services, through the browser's fetch, against the sandbox and its faults.
//! `LOGISTRATION_SANDBOX` is its address at compile time; `cargo xtask test` starts one and sets it.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "../in_page/mod.rs"]
mod in_page;

mod app;
mod calls;
mod documented;
mod failures;
mod roles;
mod sandbox;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

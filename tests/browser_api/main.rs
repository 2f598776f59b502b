//! The calls to both services, through the browser's fetch, against a sandbox that answers as they
//! are documented, and that fails on order. `LOGISTRATION_SANDBOX` holds its address when this is
//! compiled; `cargo xtask test` starts one and sets it.

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
mod sandbox;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

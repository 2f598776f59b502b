//! Components and layout in a real browser: accessible names and descriptions, focus, typed text.

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
mod cards;
mod choice;
mod field;
mod form;
mod helpers;
mod link;
mod password;
mod signals;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

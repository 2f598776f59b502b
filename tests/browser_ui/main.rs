//! The parts of a page and the frame around it, in a real browser: what they tell a screen reader,
//! where the focus goes, and that nothing a person typed is lost.

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

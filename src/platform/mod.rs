//! Work-arounds for Leptos and the browser, each with its reason.

mod unsubscribe;
#[cfg(target_family = "wasm")]
mod wiping_allocator;

pub use unsubscribe::unsubscribe_on_cleanup;

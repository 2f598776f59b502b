//! Work-arounds for Leptos and the browser, each with its reason.

mod moment;
mod unsubscribe;
#[cfg(target_family = "wasm")]
mod wiping_allocator;

pub use moment::Moment;
pub use unsubscribe::unsubscribe_on_cleanup;

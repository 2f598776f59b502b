//! What the portal needs beside Leptos, each with its reason.

mod follow;
#[cfg(target_family = "wasm")]
mod memory;

pub use follow::follow;

//! The program that Trunk builds. The boot script (`public/boot.js`) calls [`logistration::start`] after loading it.

// The library has to be linked for its export.
use logistration as _;

#[cfg(target_family = "wasm")]
fn main() {}

#[cfg(not(target_family = "wasm"))]
fn main() {
    eprintln!(
        "The portal runs in a browser: type `cargo xtask start`, or `trunk serve` (see README.md)."
    );
    std::process::exit(2);
}

//! The portal's program. The boot script calls [`logistration::start`] once it is loaded.

// Named, so that the library is linked in, with what it exports.
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

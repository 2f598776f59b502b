//! Encoders of QR codes and Code 128 bar codes. The result is a pattern of dark and light modules, which
//! the caller draws.
//!
//! Only texts that fit on a patient's card are encoded: a longer text gives no code, rather than one that
//! a scanner cannot read.
//!
//! ```
//! let rows = barcodes::qr("0012345").unwrap();
//! assert_eq!(rows.len(), 21);
//!
//! let bars = barcodes::code128("0012345").unwrap();
//! assert!(bars[0] && bars[bars.len() - 1]);
//! ```

#![forbid(unsafe_code)]

pub mod code128;
pub mod qr;

pub use code128::code128;
pub use qr::qr;

//! Text as codes that a scanner reads. Pure: what comes out are dark and light modules, to be drawn
//! by whoever asks.
//!
//! This crate must not know what the text means, nor how a code is drawn. It makes codes only of
//! what fits onto a card: a text that is too long for one has no code, rather than one that no
//! scanner makes out.

#![forbid(unsafe_code)]

pub mod code128;
pub mod qr;

pub use code128::code128;
pub use qr::qr;

//! The portal's release build, and the sandbox beside it.

pub mod portal;
pub mod reproducible;
pub mod sandbox;

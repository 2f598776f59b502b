//! What a deployment decides, as types: `config.json`, read at start. Every key is optional; a value of
//! the wrong kind and a key that is not known are mistakes, and all of them are told at once, since a
//! portal that half-works is worse than one that says what is wrong.
//!
//! The doc comments of the fields are the descriptions in `config.schema.json` and in the documents'
//! table of keys. Everything here is pure: no browser, no files. This crate must not know what a page
//! looks like.

#![forbid(unsafe_code)]

mod accent;
mod base_url;
mod error;
mod kinds;
mod label;
mod language;
mod parse;
#[cfg(feature = "schema")]
pub mod schema;
mod types;

pub use accent::Accent;
pub use base_url::BaseUrl;
pub use error::{ConfigError, Mistake, Remedy};
pub use label::{Label, LabelTexts};
pub use language::Language;
pub use types::{
    Brand, Config, Labels, MapLink, OwnSession, Patient, Protocol, Request, Session, Sessions,
    Staff, StaffEntrance, Validation,
};

//! Types and reader of `config.json`, a deployment's configuration. Every key is optional; a wrong value
//! and an unknown key are mistakes, and all mistakes are reported at once, because a portal that
//! half-works is worse than one that reports its configuration.
//!
//! The doc comments of the fields are the descriptions in `config.schema.json` and in the table of keys in
//! `docs/configuration.md`. The crate is pure: no browser, no files, no pages.
//!
//! ```
//! use config::Config;
//!
//! let config = Config::parse(br#"{"brand":{"name":"Test Hospital"}}"#).unwrap();
//! assert_eq!(config.brand.name, "Test Hospital");
//! assert_eq!(config.patient_session_limits().idle_seconds, 900);
//!
//! let error = Config::parse(br#"{"sesion":{}}"#).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "sesion is not a known key; did you mean session?"
//! );
//! ```

#![forbid(unsafe_code)]

mod accent;
mod base_url;
mod error;
mod kinds;
mod label;
mod language;
mod links;
mod parse;
#[cfg(feature = "schema")]
pub mod schema;
mod types;

pub use accent::Accent;
pub use base_url::BaseUrl;
pub use error::{ConfigError, Mistake, Remedy};
pub use label::Label;
pub use language::Language;
pub use links::{Link, Moment, Notice, NoticeKind, OnwardAudience, OnwardLink};
pub use parse::is_start_page;
pub use types::{
    Brand, Config, Digits, Labels, MapLink, PatientConfig, Protocol, RequestConfig, SessionLimits,
    SessionOverride, SessionsConfig, StaffClientConfig, StaffConfig, Validation,
};

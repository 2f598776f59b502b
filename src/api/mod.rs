//! Calls to the two services. The only place that knows fetch; it turns typed values into a
//! [`contract`] request, and bytes into what [`contract`] makes of them. It never sees a signal,
//! a page or a word of any language.

mod error;
mod http;
pub mod patient;
pub mod staff;

pub use error::ApiError;
pub use http::{AbortGuard, AbortToken};

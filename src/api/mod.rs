//! Requests to the two services. The only place that knows fetch: typed values become a [`contract`]
//! request, and a response becomes the value or error that [`contract`] reads from it.

mod error;
mod http;
pub mod patient;
mod report;
pub mod staff;

pub use error::{ApiError, Failure};
pub use http::{AbortGuard, AbortToken};
pub use report::report;

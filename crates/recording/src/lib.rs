//! Recorded exchanges with a service: one JSON object a line, with the request and the answer as it came,
//! and the [`Scrubber`], which replaces all personal details before a recording is written.
//!
//! ```
//! let line = r#"{"case":"sign-in","request":{"method":"POST","path":"/auth-service/session"},
//!     "status":401,"headers":[["Content-Type","application/json"]],"body":"{}"}"#;
//! let recording = recording::read(&line.replace('\n', "")).unwrap();
//! assert_eq!(recording[0].status, Some(401));
//! ```

#![forbid(unsafe_code)]

mod constants;
mod exchange;
mod scrub;

pub use exchange::{Exchange, ReadError, Request, read, write};
pub use scrub::Scrubber;

/// Returns `true` for a value that stays in a recording as it is.
pub fn is_constant(value: &str) -> bool {
    constants::is_value(value) || scrub::is_extreme_date(value)
}

/// Returns `true` for the name of a key or a field that stays in a recording as it is.
pub fn is_known_key(name: &str) -> bool {
    constants::is_key(name)
}

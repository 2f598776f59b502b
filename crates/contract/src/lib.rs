//! Types for the requests and responses of the two services: a request is built from clean values, and
//! status, headers and bytes of its response are read as a value or as a
//! [`ServiceError`](service_error::ServiceError).
//!
//! The patient side follows the Logistration module document (HMG), the staff side "SPICE 1.x Mobile –
//! Login". The crate is pure: no browser, no network, no clock, no message texts. Its callers handle
//! neither status codes nor JSON.
//!
//! One module per noun, and data flows one way:
//! [`request`] → (the network) → [`response`] → [`json`] → [`patient`] or [`staff`], or
//! [`service_error`].
//!
//! ```
//! use contract::patient;
//! use contract::response::{Headers, Response};
//! use contract::service_error::ServiceError;
//!
//! let request = patient::login_request("nationalId", "1000000008", "500000000");
//! assert_eq!(request.path, "/api/customer/login");
//!
//! let response = |status, body| Response { status, headers: Headers::default(), body };
//!
//! let body = br#"{"fileNo":"0000001","name":{"firstName":"Test","lastName":"Patient"}}"#;
//! let patient = patient::read_login(&response(200, body)).unwrap();
//! assert_eq!(patient.name.full().unwrap().as_str(), "Test Patient");
//!
//! let error = patient::read_login(&response(404, b"")).unwrap_err();
//! assert_eq!(error, ServiceError::NotFound);
//! ```

#![forbid(unsafe_code)]

pub mod date;
pub mod json;
pub mod password;
pub mod patient;
pub mod personal;
pub mod reference;
pub mod request;
pub mod response;
pub mod service_error;
pub mod staff;

mod fields;
mod write;

pub use json::MAX_BODY;

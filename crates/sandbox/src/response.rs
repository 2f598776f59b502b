//! A service's complete response, before a fault is applied and before it is sent. Services return
//! it and contain no streaming.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use serde_json::json;

/// A status, headers and a body held in memory.
#[derive(Clone, Debug)]
pub(crate) struct BufferedResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl BufferedResponse {
    /// A status without a body.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// A body of a given type.
    pub(crate) fn typed(
        status: StatusCode,
        content_type: &'static str,
        body: impl Into<Bytes>,
    ) -> Self {
        let mut response = Self::empty(status);
        response.body = body.into();
        response.set(CONTENT_TYPE, HeaderValue::from_static(content_type));
        response
    }

    /// JSON text.
    pub(crate) fn json(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::typed(status, "application/json; charset=utf-8", body)
    }

    /// `{"message": …}`, the form of most documented errors.
    pub(crate) fn message(status: StatusCode, message: &str) -> Self {
        Self::json(status, json!({ "message": message }).to_string())
    }

    /// The sandbox's own response to a request that the documents do not describe.
    pub(crate) fn contract_violation(
        status: StatusCode,
        domain: &str,
        violation: &ContractViolation,
    ) -> Self {
        let body = json!({
            "status": "fail",
            "errors": [{ "domain": domain, "reason": violation.reason, "message": violation.message }],
        });
        Self::json(status, body.to_string())
    }

    pub(crate) fn set(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.insert(name, value);
    }

    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.set(name, value);
        self
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// The rule of the documents that a request violates: an identifier for tests, a sentence for people.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ContractViolation {
    pub(crate) reason: &'static str,
    pub(crate) message: String,
}

impl ContractViolation {
    pub(crate) fn new(reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
        }
    }
}

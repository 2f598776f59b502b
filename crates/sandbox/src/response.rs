//! An answer of a service, complete and in one piece, before a fault touches it and before it
//! becomes HTTP. Services return it and know nothing of bodies that stream.

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

    /// `{"message": …}`, the form most of the documented refusals have.
    pub(crate) fn message(status: StatusCode, message: &str) -> Self {
        Self::json(status, json!({ "message": message }).to_string())
    }

    /// What this sandbox says, and no real service would say as clearly, when a request is not
    /// written as the documents ask.
    pub(crate) fn contract_violation(
        status: StatusCode,
        domain: &str,
        rule: &ContractViolation,
    ) -> Self {
        let body = json!({
            "status": "fail",
            "errors": [{ "domain": domain, "reason": rule.reason, "message": rule.message }],
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

/// Which rule of the documents a request breaks: a word for tests, a sentence for people.
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

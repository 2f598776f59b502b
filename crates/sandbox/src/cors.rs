//! Who may read the services' answers from another origin: anyone, as the staff service of
//! version 1.x says.

use crate::answer::Answer;
use axum::http::StatusCode;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue,
};

/// Lets any origin read the answer, and `Authorization` as the only header of note: `TenantId`
/// is sent but stays hidden from a page.
pub(crate) fn allow(answer: &mut Answer) {
    answer.set(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    answer.set(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("Authorization"),
    );
}

/// The answer to a browser that asks before it calls.
pub(crate) fn preflight() -> Answer {
    let mut answer = Answer::empty(StatusCode::OK);
    answer.set(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    answer.set(
        ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST, OPTIONS"),
    );
    answer.set(
        ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("client, authorization, tenantid, content-type"),
    );
    answer
}

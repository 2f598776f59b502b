//! Who may read answers from another origin. The services' own: anyone, as the staff service of
//! version 1.x says. The tests' door: pages of this machine only, or any site a developer visits
//! could read along.

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

/// Whether a page of this origin was served by this machine.
pub(crate) fn is_this_machine(origin: &HeaderValue) -> bool {
    let host = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.strip_prefix("http://"))
        .map(|host| host.rsplit_once(':').map_or(host, |(host, _port)| host));
    matches!(host, Some("127.0.0.1" | "localhost"))
}

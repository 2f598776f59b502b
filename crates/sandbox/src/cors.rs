//! CORS of the patient middleware, of faults, and of the control API; the staff service has its own. The
//! middleware allows any origin. A fault in place of a response that may be for a session in a cookie
//! names the requesting origin, because browsers reject `*` with credentials. The control API allows pages from the loopback address only, so that
//! no site a developer visits can read it.

use crate::request::BufferedRequest;
use crate::response::BufferedResponse;
use crate::spice_version::SpiceVersion;
use axum::http::StatusCode;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue, ORIGIN, VARY,
};

/// The origin that a response allows.
#[derive(Clone, Debug)]
pub(crate) enum AllowedOrigin {
    /// Any origin, without credentials.
    Any,
    /// This origin, with credentials.
    WithCredentials(HeaderValue),
}

impl AllowedOrigin {
    /// The origin allowed for a call of the staff service: SPICE 2.0, whose session may be a cookie,
    /// names it.
    pub(crate) fn of_staff(version: SpiceVersion, request: &BufferedRequest) -> Self {
        match (version, request.headers.get(ORIGIN)) {
            (SpiceVersion::V2, Some(origin)) => Self::WithCredentials(origin.clone()),
            _ => Self::Any,
        }
    }

    fn write(self, response: &mut BufferedResponse) {
        match self {
            Self::Any => response.set(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
            Self::WithCredentials(origin) => {
                response.set(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
                response.set(
                    ACCESS_CONTROL_ALLOW_CREDENTIALS,
                    HeaderValue::from_static("true"),
                );
                response.set(VARY, HeaderValue::from_static("Origin"));
            }
        }
    }
}

/// Adds the headers that let a page read the response and its `Authorization` header. `TenantId` is
/// sent but not exposed.
pub(crate) fn allow(response: &mut BufferedResponse, allowed: AllowedOrigin) {
    allowed.write(response);
    response.set(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("Authorization"),
    );
}

/// The response to a preflight of a call that needs no credentials.
pub(crate) fn preflight() -> BufferedResponse {
    let mut response = BufferedResponse::empty(StatusCode::OK);
    AllowedOrigin::Any.write(&mut response);
    response.set(
        ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST, OPTIONS"),
    );
    response.set(
        ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("client, authorization, tenantid, content-type"),
    );
    response
}

/// Returns `true` for an origin on the loopback address.
pub(crate) fn is_loopback_origin(origin: &HeaderValue) -> bool {
    let host = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.strip_prefix("http://"))
        .map(|host| host.rsplit_once(':').map_or(host, |(host, _port)| host));
    matches!(host, Some("127.0.0.1" | "localhost"))
}

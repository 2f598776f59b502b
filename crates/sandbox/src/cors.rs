//! CORS: the origins whose pages may read responses. Services allow any origin, as the staff service
//! of SPICE 1.x does; where a cookie is the session they name the requesting origin, because browsers
//! reject `*` with credentials. The control API allows pages from the loopback address only, so that
//! no site a developer visits can read it.

use crate::request::{BufferedRequest, Call};
use crate::response::BufferedResponse;
use crate::staff_accounts::CLIENT_WEB;
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
    /// The origin allowed for a call: with credentials where it signs in as SPICE 2.0's `web`, or uses
    /// a session without a token.
    pub(crate) fn for_call(call: Call, request: &BufferedRequest) -> Self {
        let with_credentials = match call {
            Call::Session => request.header("client") == CLIENT_WEB,
            Call::Logout | Call::Validate => request.header("authorization").is_empty(),
            _ => false,
        };
        Self::by_origin(with_credentials, request)
    }

    /// The origin allowed for a preflight. It does not contain the value of `client`, so a sign-in is
    /// allowed with credentials; a page that sends none may read such a response, too.
    pub(crate) fn for_preflight(call: Call, request: &BufferedRequest) -> Self {
        let asks_for_token = request
            .header("access-control-request-headers")
            .split(',')
            .any(|name| name.trim().eq_ignore_ascii_case("authorization"));
        let with_credentials = match call {
            Call::Session => true,
            Call::Logout | Call::Validate => !asks_for_token,
            _ => false,
        };
        Self::by_origin(with_credentials, request)
    }

    fn by_origin(with_credentials: bool, request: &BufferedRequest) -> Self {
        match request.headers.get(ORIGIN) {
            Some(origin) if with_credentials => Self::WithCredentials(origin.clone()),
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

/// The response to a preflight.
pub(crate) fn preflight(allowed: AllowedOrigin) -> BufferedResponse {
    let mut response = BufferedResponse::empty(StatusCode::OK);
    allowed.write(&mut response);
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

//! Who may read answers from another origin. The services' own: anyone, as the staff service of
//! version 1.x says; where a cookie is the session, whoever asks, by name, since a browser takes no
//! less there. The control API: pages of this machine only, or any site a developer visits could
//! read along.

use crate::request::{BufferedRequest, Call};
use crate::response::BufferedResponse;
use crate::staff_accounts::CLIENT_WEB;
use axum::http::StatusCode;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue, ORIGIN, VARY,
};

/// To whom an answer is allowed.
#[derive(Clone, Debug)]
pub(crate) enum AllowedOrigin {
    /// Any page, without cookies.
    Any,
    /// The pages of this origin, with cookies.
    WithCredentials(HeaderValue),
}

impl AllowedOrigin {
    /// For a call: with cookies where it signs in as SPICE 2.0's `web`, or uses a session without a
    /// token.
    pub(crate) fn for_call(call: Call, request: &BufferedRequest) -> Self {
        let with_credentials = match call {
            Call::Session => request.header("client") == CLIENT_WEB,
            Call::Logout | Call::Validate => request.header("authorization").is_empty(),
            _ => false,
        };
        Self::by_origin(with_credentials, request)
    }

    /// For a browser that asks first. It does not say which `client` it will send, so a sign-in is
    /// allowed with cookies: a page that sends none may read such an answer, too.
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
                let yes = HeaderValue::from_static("true");
                response.set(ACCESS_CONTROL_ALLOW_CREDENTIALS, yes);
                response.set(VARY, HeaderValue::from_static("Origin"));
            }
        }
    }
}

/// Lets a page read the answer, and `Authorization` as the only header of note: `TenantId` is sent
/// but stays hidden from a page.
pub(crate) fn allow(response: &mut BufferedResponse, allowed: AllowedOrigin) {
    allowed.write(response);
    response.set(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("Authorization"),
    );
}

/// The answer to a browser that asks before it calls.
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

/// Whether a page of this origin was served by this machine.
pub(crate) fn is_loopback_origin(origin: &HeaderValue) -> bool {
    let host = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.strip_prefix("http://"))
        .map(|host| host.rsplit_once(':').map_or(host, |(host, _port)| host));
    matches!(host, Some("127.0.0.1" | "localhost"))
}

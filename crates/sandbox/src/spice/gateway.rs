//! What stands between a browser and the services: CORS, limits of a response's head, and the headers
//! that each part adds.

use super::headers::{Reply, Sender, add_service_headers, bad_gateway};
use super::settings::StaffOptions;
use crate::cors;
use crate::request::BufferedRequest;
use crate::response::BufferedResponse;
use crate::spice_version::SpiceVersion;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, CONNECTION, HeaderValue, ORIGIN,
    VARY,
};
use axum::http::{Method, StatusCode};

/// The limit of a response's head in the services' servlet container, in bytes.
const HEAD_LIMIT: usize = 8192;
/// The body that a servlet container holds back until its head is sent.
const HELD_BODY: usize = 8192;
/// The status line, and the headers that a server adds last: `Date`, `Content-Length`, `Connection`.
const HEAD_REST: usize = 100;

/// The page of an nginx in front, for a request with a header line that its buffers do not hold.
pub(crate) fn too_long_header(
    settings: &StaffOptions,
    request: &BufferedRequest,
) -> Option<BufferedResponse> {
    const TITLE: &str = "400 Request Header Or Cookie Too Large";
    let buffer = settings.header_buffer?;
    let mut lines = request.headers.iter();
    lines.find(|(name, value)| name.as_str().len() + ": \r\n".len() + value.len() > buffer)?;
    let html = format!(
        "<html>\r\n<head><title>{TITLE}</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1>\
         </center>\r\n<center>Request Header Or Cookie Too Large</center>\r\n<hr>\
         <center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n"
    );
    Some(BufferedResponse::typed(
        StatusCode::BAD_REQUEST,
        "text/html",
        html,
    ))
}

/// The reply to a preflight, and SPICE 2.0's refusal of an origin that is not configured.
pub(crate) fn cross_origin(
    settings: &StaffOptions,
    version: SpiceVersion,
    request: &BufferedRequest,
) -> Option<Reply> {
    let origin = request.headers.get(ORIGIN)?;
    let allowed = allows(settings, origin);
    let is_preflight = request.method == Method::OPTIONS
        && request.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    match version {
        SpiceVersion::V2 if settings.allowed_origins.as_ref().is_some_and(Vec::is_empty) => {
            Some(Reply::unauthorized(Sender::User))
        }
        SpiceVersion::V2 if !allowed => {
            let mut response = BufferedResponse::empty(StatusCode::FORBIDDEN);
            response.body = "Invalid CORS request".into();
            Some(Reply::new(Sender::User, response))
        }
        SpiceVersion::V2 if is_preflight => Some(preflight(Sender::User, request)),
        // Where both versions are served, a preflight does not say which one is meant.
        SpiceVersion::V1 if is_preflight && settings.version.is_none() && allowed => {
            let mut reply = preflight(Sender::Gateway, request);
            allow_by_name(&mut reply.response, origin);
            Some(reply)
        }
        SpiceVersion::V1 if is_preflight => Some(preflight(Sender::Gateway, request)),
        _ => None,
    }
}

fn preflight(sender: Sender, request: &BufferedRequest) -> Reply {
    let mut response = BufferedResponse::empty(StatusCode::OK);
    if let Some(method) = request.headers.get(ACCESS_CONTROL_REQUEST_METHOD) {
        response.set(ACCESS_CONTROL_ALLOW_METHODS, method.clone());
    }
    let names: Vec<_> = request
        .header("access-control-request-headers")
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if let Ok(names) = HeaderValue::from_str(&names.join(", "))
        && !names.is_empty()
    {
        response.set(ACCESS_CONTROL_ALLOW_HEADERS, names);
    }
    Reply::new(sender, response)
}

/// Returns `true` for an origin in `ALLOWED_ORIGINS`.
fn allows(settings: &StaffOptions, origin: &HeaderValue) -> bool {
    match &settings.allowed_origins {
        Some(allowed) => allowed
            .iter()
            .any(|one| one.as_bytes() == origin.as_bytes()),
        None => cors::is_loopback_origin(origin),
    }
}

fn allow_by_name(response: &mut BufferedResponse, origin: &HeaderValue) {
    response.set(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    response.set(
        ACCESS_CONTROL_ALLOW_CREDENTIALS,
        HeaderValue::from_static("true"),
    );
}

/// A reply as it leaves the installation.
pub(crate) fn pass(
    settings: &StaffOptions,
    version: SpiceVersion,
    request: &BufferedRequest,
    reply: Reply,
) -> BufferedResponse {
    let mut response = reply.response;
    let origin = request.headers.get(ORIGIN);
    match version {
        SpiceVersion::V1 => {
            if reply.sender != Sender::Gateway {
                add_service_headers(&mut response, "1; mode=block");
                add_vary(&mut response);
                if origin.is_some() && reply.sender == Sender::SignIn {
                    response.set(
                        ACCESS_CONTROL_ALLOW_CREDENTIALS,
                        HeaderValue::from_static("true"),
                    );
                }
                if head_length(&response) > HEAD_LIMIT {
                    response = too_large(&response);
                }
            }
            add_vary(&mut response);
            if origin.is_some() && !response.headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN) {
                response.set(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            }
            response
        }
        SpiceVersion::V2 if reply.sender == Sender::Gateway => response,
        SpiceVersion::V2 => {
            add_service_headers(&mut response, "0");
            add_vary(&mut response);
            if let Some(origin) = origin.filter(|origin| allows(settings, origin)) {
                allow_by_name(&mut response, origin);
            }
            let length = head_length(&response);
            if length > HEAD_LIMIT {
                return too_large(&response);
            }
            if settings.proxy_buffer.is_some_and(|buffer| length > buffer) {
                return bad_gateway().response;
            }
            response
        }
    }
}

fn add_vary(response: &mut BufferedResponse) {
    for name in [
        "Origin",
        "Access-Control-Request-Method",
        "Access-Control-Request-Headers",
    ] {
        response
            .headers
            .append(VARY, HeaderValue::from_static(name));
    }
}

/// The response when a head does not fit: nothing, or the end of a body that was begun.
fn too_large(response: &BufferedResponse) -> BufferedResponse {
    let mut failed = BufferedResponse::empty(StatusCode::INTERNAL_SERVER_ERROR)
        .with(CONNECTION, HeaderValue::from_static("close"));
    if response.body.len() > HELD_BODY {
        failed.body = "0\r\n\r\n".into();
    }
    failed
}

fn head_length(response: &BufferedResponse) -> usize {
    let headers = response.headers.iter();
    let length: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len())
        .sum();
    length + HEAD_REST
}

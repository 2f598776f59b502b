//! The staff service: SPICE 1.x and 2.0 as they are published. The answers follow from rules, each of
//! which is a row in this crate's README with where it was seen; none is read from a recording.

mod account;
mod accounts;
mod auth_calls;
mod clock;
mod gateway;
mod headers;
mod json;
mod outages;
mod recorded;
mod roles;
mod session;
mod settings;
mod sign_in;
mod state;
pub(crate) mod strict;
mod token;
mod user_calls;

pub use self::settings::{Environment, StaffOptions};
pub(crate) use self::state::{StaffService, password_hash};
pub use crate::spice_version::SpiceVersion;

use self::headers::{Reply, Sender};
use crate::form::Fields;
use crate::request::BufferedRequest;
use crate::response::BufferedResponse;
use axum::http::Method;
use std::time::Duration;

/// A response of the staff service, and the time until it is sent.
pub(crate) struct StaffResponse {
    pub(crate) response: BufferedResponse,
    pub(crate) delay: Duration,
}

/// The response to a staff call. `fields` are those of a form; `None` for a body that is not a form.
pub(crate) fn respond(
    service: &mut StaffService,
    request: &BufferedRequest,
    fields: Option<&Fields>,
) -> StaffResponse {
    if let Some(response) = gateway::too_long_header(&service.settings, request) {
        return StaffResponse {
            response,
            delay: Duration::ZERO,
        };
    }
    let version = service.version_of(request);
    let path = request.uri.path();
    let part = if path.starts_with("/auth-service/") {
        Sender::SignIn
    } else {
        Sender::User
    };
    let now = service.clock.now();
    let outage = service.outages.before_service(version, part, path, now);
    let is_nginx = |reply: &Reply| version == SpiceVersion::V2 && reply.sender == Sender::Gateway;
    let reply = match outage {
        // Before SPICE 2.0 stands an nginx, which knows nothing of origins.
        Some(outage) if is_nginx(&outage) => outage,
        outage => gateway::cross_origin(&service.settings, version, request)
            .or(outage)
            .unwrap_or_else(|| answer(service, version, request, fields)),
    };
    let delay = reply.delay;
    StaffResponse {
        response: gateway::pass(&service.settings, version, request, reply),
        delay,
    }
}

/// The reply of a service that works.
fn answer(
    service: &mut StaffService,
    version: SpiceVersion,
    request: &BufferedRequest,
    fields: Option<&Fields>,
) -> Reply {
    if request.method == Method::OPTIONS {
        // Not a preflight.
        return Reply::unauthorized(Sender::SignIn);
    }
    match request.uri.path() {
        "/auth-service/session" => sign_in::session(service, version, request, fields),
        "/auth-service/logout" => auth_calls::logout(service, version, request),
        "/auth-service/authenticate" => auth_calls::authenticate(service, version, request),
        "/auth-service/health-check" => auth_calls::health_check(version, request),
        path if path.starts_with("/user-service/") => {
            user_calls::respond(service, version, request)
        }
        _ => Reply::unauthorized(Sender::SignIn),
    }
}

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
pub(crate) use self::state::StaffService;
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
    let version = service.version_of(request);
    let is_sign_in_service = request.uri.path().starts_with("/auth-service/");
    if let Some(outage) = service.outages.before_service(
        version,
        is_sign_in_service,
        request.uri.path(),
        service.clock.now(),
    ) {
        return sent(service, version, request, outage);
    }
    if let Some(reply) = gateway::cross_origin(&service.settings, version, request) {
        return sent(service, version, request, reply);
    }
    if request.method == Method::OPTIONS && version == SpiceVersion::V1 {
        // A gateway answers any CORS request of this method itself; what is left is refused.
        return sent(
            service,
            version,
            request,
            Reply::unauthorized(Sender::SignIn),
        );
    }
    let reply = match request.uri.path() {
        "/auth-service/session" => sign_in::session(service, version, request, fields),
        "/auth-service/logout" => auth_calls::logout(service, version, request),
        "/auth-service/authenticate" => auth_calls::authenticate(service, version, request),
        "/auth-service/health-check" => auth_calls::health_check(version, request),
        path if path.starts_with("/user-service/") => {
            user_calls::respond(service, version, request)
        }
        _ => Reply::unauthorized(Sender::SignIn),
    };
    sent(service, version, request, reply)
}

fn sent(
    service: &StaffService,
    version: SpiceVersion,
    request: &BufferedRequest,
    reply: Reply,
) -> StaffResponse {
    let delay = reply.delay;
    StaffResponse {
        response: gateway::pass(&service.settings, version, request, reply),
        delay,
    }
}

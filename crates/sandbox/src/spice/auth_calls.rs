//! The other calls of the sign-in service: sign-out, and those that SPICE's own services make.

use super::headers::{Reply, Sender, SignInHeaders};
use super::json::put;
use super::session::{self, Proof};
use super::state::StaffService;
use super::token::BEARER;
use crate::request::BufferedRequest;
use crate::response::BufferedResponse;
use crate::spice_version::SpiceVersion;
use axum::http::{Method, StatusCode};
use serde_json::json;

/// `GET` or `POST /auth-service/logout`. Signing out of an ended session succeeds, too.
pub(crate) fn logout(
    service: &mut StaffService,
    version: SpiceVersion,
    request: &BufferedRequest,
) -> Reply {
    let now = service.clock.now();
    let proof = session::proof_of_sign_out(version, request);
    let is_known = service
        .sessions
        .issued(proof.authorization())
        .is_some_and(|session| session.version == version);
    let fails = version == SpiceVersion::V1 && service.outages.without_redis(now);
    if !is_known || fails {
        return Reply::unauthorized(Sender::SignIn);
    }
    if !service.outages.without_redis(now) {
        service.sessions.end(proof.authorization());
    }
    let mut response = BufferedResponse::empty(StatusCode::OK);
    response.end_servlet_session();
    if matches!(proof, Proof::Cookie(_)) {
        response.add_cookie(&session::remove_cookie(&service.settings));
    }
    Reply::new(Sender::SignIn, response)
}

/// `POST /auth-service/authenticate` of SPICE 2.0: the session of an `Authorization`, which the user
/// service asks for. It looks at no cookie, and at no table of calls.
pub(crate) fn authenticate(
    service: &mut StaffService,
    version: SpiceVersion,
    request: &BufferedRequest,
) -> Reply {
    if version == SpiceVersion::V1 || request.method != Method::POST {
        return Reply::unauthorized(Sender::SignIn);
    }
    let authorization = request.header("authorization");
    if authorization.is_empty() {
        return Reply::problem(
            Sender::User,
            StatusCode::BAD_REQUEST,
            "Required header 'Authorization' is not present.",
            "/authenticate",
        );
    }
    let now = service.clock.now();
    let failed = |status: StatusCode, message: &str| {
        let body = json!({
            "dateTime": now, "status": false, "errorCode": status.as_u16(), "message": message,
            "exception": message,
        });
        Reply::json(Sender::User, status, &body)
    };
    if service.sessions.issued(authorization).is_none() {
        return failed(StatusCode::BAD_REQUEST, "unauthorized");
    }
    let Some(session) = service.sessions.in_use(authorization, now) else {
        return failed(StatusCode::INTERNAL_SERVER_ERROR, "Token expired");
    };
    let mut user = session.user.clone();
    let tenants = user.get("organizationIds").cloned();
    put(
        &mut user,
        "authorization",
        json!(authorization.strip_prefix(BEARER)),
    );
    let body = json!({ "userDetail": user, "tenants": tenants });
    Reply::json(Sender::User, StatusCode::OK, &body)
}

/// `GET /auth-service/health-check` of SPICE 2.0.
pub(crate) fn health_check(version: SpiceVersion, request: &BufferedRequest) -> Reply {
    if version == SpiceVersion::V1 || request.method != Method::GET {
        return Reply::unauthorized(Sender::SignIn);
    }
    Reply::new(
        Sender::User,
        BufferedResponse::typed(
            StatusCode::OK,
            "text/plain;charset=UTF-8",
            "Health Check succeeded.",
        ),
    )
}

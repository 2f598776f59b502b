//! The control API for tests, under `/__sandbox/`: the people, the wire record, the fault plan, and the
//! staff service's options, sessions, outage and clock.

use crate::cors::{self, AllowedOrigin};
use crate::faults::{FaultPlan, REDIRECT_LOOP_PATH};
use crate::response::BufferedResponse;
use crate::state::{SandboxState, lock};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HeaderValue,
    LOCATION, ORIGIN, VARY,
};
use axum::http::{Method, Response, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::routing::{any, get, post};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

pub(crate) fn routes() -> Router<Arc<SandboxState>> {
    Router::new()
        .route("/__sandbox/people", get(people))
        .route("/__sandbox/wire", get(wire).delete(clear_wire))
        .route("/__sandbox/reset", post(reset))
        .route("/__sandbox/faults", get(faults).put(replace_faults))
        .route("/__sandbox/staff", get(staff).put(change_staff))
        .route("/__sandbox/sessions", get(sessions))
        .route("/__sandbox/outage", get(outage).put(replace_outage))
        .route("/__sandbox/clock", get(clock).post(forward_clock))
        .route_layer(from_fn(allow_loopback_origins))
        .route(REDIRECT_LOOP_PATH, any(redirect_loop))
}

/// CORS for pages from the loopback address: tests in a browser are served from another port.
async fn allow_loopback_origins(request: Request, next: Next) -> Response<Body> {
    let origin = request.headers().get(ORIGIN).cloned();
    let is_preflight = request.method() == Method::OPTIONS;
    let Some(origin) = origin.filter(cors::is_loopback_origin) else {
        return next.run(request).await;
    };
    let mut response = if is_preflight {
        BufferedResponse::empty(StatusCode::NO_CONTENT)
            .with(
                ACCESS_CONTROL_ALLOW_METHODS,
                HeaderValue::from_static("GET, POST, PUT, DELETE"),
            )
            .into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(VARY, HeaderValue::from_static("Origin"));
    response
}

async fn people(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    let recorded = lock(&shared.staff).recorded_people();
    json_response(shared.people.to_json(recorded))
}

async fn wire(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    json_response(lock(&shared.wire).to_json())
}

async fn clear_wire(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    lock(&shared.wire).clear();
    no_content()
}

async fn reset(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    lock(&shared.staff).reset();
    lock(&shared.codes).reset();
    if let Some(replay) = &shared.replay {
        lock(replay).reset();
    }
    lock(&shared.wire).clear();
    *lock(&shared.faults) = FaultPlan::default();
    no_content()
}

async fn faults(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    json_response(lock(&shared.faults).to_json())
}

async fn replace_faults(State(shared): State<Arc<SandboxState>>, body: Bytes) -> Response<Body> {
    done(FaultPlan::parse(&body).map(|plan| {
        *lock(&shared.faults) = plan;
        shared.drain_connections();
    }))
}

async fn staff(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    json_response(serde_json::to_string_pretty(&lock(&shared.staff).settings))
}

async fn change_staff(State(shared): State<Arc<SandboxState>>, body: Bytes) -> Response<Body> {
    if let Some(refusal) = refused_by_replay(&shared) {
        return refusal;
    }
    let mut staff = lock(&shared.staff);
    let changed = staff.settings.changed(&body);
    done(changed.map(|settings| staff.settings = settings))
}

async fn sessions(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    let sessions = lock(&shared.staff).live_sessions();
    json_response(serde_json::to_string_pretty(&sessions))
}

async fn outage(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    json_response(lock(&shared.staff).outages.to_json())
}

async fn replace_outage(State(shared): State<Arc<SandboxState>>, body: Bytes) -> Response<Body> {
    if let Some(refusal) = refused_by_replay(&shared) {
        return refusal;
    }
    let mut staff = lock(&shared.staff);
    let now = staff.clock.now();
    done(staff.outages.replace(&body, now))
}

/// How far the clock is moved.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Forward {
    forward_ms: u64,
}

async fn clock(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    let now = lock(&shared.staff).clock.now();
    json_response(serde_json::to_string(&json!({ "now": now })))
}

async fn forward_clock(State(shared): State<Arc<SandboxState>>, body: Bytes) -> Response<Body> {
    if let Some(refusal) = refused_by_replay(&shared) {
        return refusal;
    }
    let asked = serde_json::from_slice(&body).map_err(anyhow::Error::new);
    done(asked.map(|Forward { forward_ms }| {
        let by = Duration::from_millis(forward_ms);
        lock(&shared.staff).clock.forward(by);
    }))
}

/// 400 while a recording is replayed: the staff service, its outages and its clock have no part in that.
fn refused_by_replay(shared: &SandboxState) -> Option<Response<Body>> {
    const MESSAGE: &str = "a recording is replayed: the staff service is not asked";
    shared.replay.as_ref()?;
    Some(BufferedResponse::message(StatusCode::BAD_REQUEST, MESSAGE).into_response())
}

/// 204, or 400 with a message.
fn done(result: anyhow::Result<()>) -> Response<Body> {
    match result {
        Ok(()) => no_content(),
        Err(error) => BufferedResponse::message(StatusCode::BAD_REQUEST, &format!("{error:#}"))
            .into_response(),
    }
}

async fn redirect_loop(method: Method) -> Response<Body> {
    // A redirected preflight fails, so the browser would never reach the loop.
    if method == Method::OPTIONS {
        return cors::preflight().into_response();
    }
    let mut response = BufferedResponse::empty(StatusCode::TEMPORARY_REDIRECT)
        .with(LOCATION, HeaderValue::from_static(REDIRECT_LOOP_PATH));
    cors::allow(&mut response, AllowedOrigin::Any);
    response.into_response()
}

fn json_response(json: serde_json::Result<String>) -> Response<Body> {
    let response = match json {
        Ok(json) => BufferedResponse::json(StatusCode::OK, json),
        Err(error) => {
            BufferedResponse::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string())
        }
    };
    response
        .with(CACHE_CONTROL, HeaderValue::from_static("no-store"))
        .into_response()
}

fn no_content() -> Response<Body> {
    BufferedResponse::empty(StatusCode::NO_CONTENT).into_response()
}

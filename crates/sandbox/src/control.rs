//! The control API for tests, under `/__sandbox/`: the sample people, the wire record, and the fault
//! plan.

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
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<SandboxState>> {
    Router::new()
        .route("/__sandbox/people", get(people))
        .route("/__sandbox/wire", get(wire).delete(clear_wire))
        .route("/__sandbox/reset", post(reset))
        .route("/__sandbox/faults", get(faults).put(replace_faults))
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
    json_response(shared.people.to_json())
}

async fn wire(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    json_response(lock(&shared.wire).to_json())
}

async fn clear_wire(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    lock(&shared.wire).clear();
    no_content()
}

async fn reset(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    lock(&shared.accounts).reset();
    lock(&shared.codes).reset();
    lock(&shared.wire).clear();
    *lock(&shared.faults) = FaultPlan::default();
    no_content()
}

async fn faults(State(shared): State<Arc<SandboxState>>) -> Response<Body> {
    json_response(lock(&shared.faults).to_json())
}

async fn replace_faults(State(shared): State<Arc<SandboxState>>, body: Bytes) -> Response<Body> {
    match FaultPlan::parse(&body) {
        Ok(plan) => {
            *lock(&shared.faults) = plan;
            shared.drain_connections();
            no_content()
        }
        Err(error) => BufferedResponse::message(StatusCode::BAD_REQUEST, &format!("{error:#}"))
            .into_response(),
    }
}

async fn redirect_loop(method: Method) -> Response<Body> {
    // A redirected preflight fails, so the browser would never reach the loop.
    if method == Method::OPTIONS {
        return cors::preflight(AllowedOrigin::Any).into_response();
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

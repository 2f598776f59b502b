//! The control API for tests, under `/__sandbox/`: who the people are, what came over the wire, and
//! what shall go wrong next.

use crate::answer::Answer;
use crate::cors::{self, Allowed};
use crate::faults::{FaultPlan, LOOP_PATH};
use crate::shared::{Shared, lock};
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

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/__sandbox/people", get(people))
        .route("/__sandbox/wire", get(wire).delete(clear_wire))
        .route("/__sandbox/reset", post(reset))
        .route("/__sandbox/faults", get(faults).put(plan_faults))
        .route_layer(from_fn(open_to_this_machine))
        .route(LOOP_PATH, any(redirect_loop))
}

/// Tests that run in a page come from a server of their own, at another port: such a page may call.
async fn open_to_this_machine(request: Request, next: Next) -> Response<Body> {
    let origin = request.headers().get(ORIGIN).cloned();
    let asks_first = request.method() == Method::OPTIONS;
    let Some(origin) = origin.filter(cors::is_this_machine) else {
        return next.run(request).await;
    };
    let mut response = if asks_first {
        Answer::empty(StatusCode::NO_CONTENT)
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

async fn people(State(shared): State<Arc<Shared>>) -> Response<Body> {
    shown(shared.people.to_json())
}

async fn wire(State(shared): State<Arc<Shared>>) -> Response<Body> {
    shown(lock(&shared.wire).to_json())
}

async fn clear_wire(State(shared): State<Arc<Shared>>) -> Response<Body> {
    lock(&shared.wire).clear();
    done()
}

async fn reset(State(shared): State<Arc<Shared>>) -> Response<Body> {
    lock(&shared.accounts).reset();
    lock(&shared.codes).reset();
    lock(&shared.wire).clear();
    *lock(&shared.faults) = FaultPlan::default();
    done()
}

async fn faults(State(shared): State<Arc<Shared>>) -> Response<Body> {
    shown(lock(&shared.faults).to_json())
}

async fn plan_faults(State(shared): State<Arc<Shared>>, body: Bytes) -> Response<Body> {
    match FaultPlan::parse(&body) {
        Ok(plan) => {
            *lock(&shared.faults) = plan;
            shared.renew_connections();
            done()
        }
        Err(error) => {
            Answer::message(StatusCode::BAD_REQUEST, &format!("{error:#}")).into_response()
        }
    }
}

async fn redirect_loop(method: Method) -> Response<Body> {
    // A browser that asks first may not be redirected: it would stop before the loop.
    if method == Method::OPTIONS {
        return cors::preflight(Allowed::Anyone).into_response();
    }
    let mut answer = Answer::empty(StatusCode::TEMPORARY_REDIRECT)
        .with(LOCATION, HeaderValue::from_static(LOOP_PATH));
    cors::allow(&mut answer, Allowed::Anyone);
    answer.into_response()
}

fn shown(json: serde_json::Result<String>) -> Response<Body> {
    let answer = match json {
        Ok(json) => Answer::json(StatusCode::OK, json),
        Err(error) => Answer::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    };
    answer
        .with(CACHE_CONTROL, HeaderValue::from_static("no-store"))
        .into_response()
}

fn done() -> Response<Body> {
    Answer::empty(StatusCode::NO_CONTENT).into_response()
}

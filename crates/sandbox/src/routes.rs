//! Routing of a request to the control API, to one of the two services, or to the portal's files.
//! Calls are recorded and faults applied here, so that the services contain neither.

use crate::cors::AllowedOrigin;
use crate::faults::{Disconnect, Fault};
use crate::request::{BufferedRequest, Call, is_service_path};
use crate::response::{BufferedResponse, ContractViolation};
use crate::state::{SandboxState, lock};
use crate::{control, cors, form, patient_service, staff_service};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONNECTION, HeaderValue};
use axum::http::{Method, Response, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use std::sync::Arc;

/// The request body limit in bytes, far above any documented request.
const MAX_REQUEST_BODY: usize = 1 << 20;

pub(crate) fn router(shared: Arc<SandboxState>) -> Router {
    control::routes()
        .fallback(services_and_portal)
        .layer(from_fn_with_state(
            shared.clone(),
            close_before_planned_disconnect,
        ))
        .with_state(shared)
}

/// Middleware that adds `Connection: close` to every response while the fault plan may close a
/// connection: see [`FaultPlan::plans_disconnect`](crate::faults::FaultPlan::plans_disconnect).
async fn close_before_planned_disconnect(
    State(shared): State<Arc<SandboxState>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let before = lock(&shared.faults).plans_disconnect();
    let mut response = next.run(request).await;
    if before || lock(&shared.faults).plans_disconnect() {
        response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

async fn services_and_portal(
    State(shared): State<Arc<SandboxState>>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_REQUEST_BODY).await else {
        return BufferedResponse::message(StatusCode::PAYLOAD_TOO_LARGE, "Too large")
            .into_response();
    };
    let Some(uri) = strip_base(&shared.base, parts.uri) else {
        return BufferedResponse::message(StatusCode::NOT_FOUND, "Nothing is here").into_response();
    };
    let request = BufferedRequest {
        method: parts.method,
        uri,
        headers: parts.headers,
        body,
    };
    let path = request.uri.path();
    let call = Call::SERVICE_CALLS
        .iter()
        .find_map(|(call, documented)| (*documented == path).then_some(*call));
    let is_read = request.method == Method::GET || request.method == Method::HEAD;
    match call {
        Some(call) if request.method == Method::OPTIONS => preflight(&shared, call, &request).await,
        Some(call) => service_call(&shared, call, &request).await,
        None if is_service_path(path) || !is_read => undocumented_call(&shared, &request),
        None if path == "/config.json" => config(&shared, &request).await,
        None => shared.portal.respond(&request).await.into_response(),
    }
}

/// The URI without the folder `base`, as a reverse proxy would pass it on; `None` outside of it.
fn strip_base(base: &str, uri: Uri) -> Option<Uri> {
    if base.is_empty() {
        return Some(uri);
    }
    let rest = uri.path_and_query()?.as_str().strip_prefix(base)?;
    rest.starts_with('/').then(|| rest.parse().ok())?
}

async fn service_call(
    shared: &SandboxState,
    call: Call,
    request: &BufferedRequest,
) -> Response<Body> {
    let form = match call {
        Call::Session => form::read(request).await,
        _ => None,
    };
    let allowed = AllowedOrigin::for_call(call, request);
    let fault = lock(&shared.faults).take(call);
    let entry_id = lock(&shared.wire).record_request(
        call.name(),
        request,
        form.as_ref().and_then(|fields| fields.as_deref().ok()),
        fault.as_ref().map(Fault::name),
    );
    let normal = || {
        let mut response = match call {
            Call::Exists => patient_service::exists(&shared.people, request),
            Call::Login => {
                patient_service::login(&shared.people, &mut lock(&shared.codes), request)
            }
            Call::Verify => {
                patient_service::verify(&shared.people, &mut lock(&shared.codes), request)
            }
            Call::Resend => {
                patient_service::resend(&shared.people, &mut lock(&shared.codes), request)
            }
            Call::Session => {
                staff_service::session(&shared.people, &mut lock(&shared.accounts), request, form)
            }
            Call::Logout => staff_service::logout(&mut lock(&shared.accounts), request),
            Call::Validate => staff_service::validate(&mut lock(&shared.accounts), request),
            // Served by `preflight` and `config` below.
            Call::Preflight | Call::Config => BufferedResponse::empty(StatusCode::NOT_FOUND),
        };
        cors::allow(&mut response, allowed.clone());
        response
    };
    let response = match respond_with_fault(fault, &allowed, async || normal()).await {
        Ok(response) => response,
        Err(how) => return disconnect(how),
    };
    lock(&shared.wire).record_status(entry_id, response.status().as_u16());
    response
}

/// Applies a fault to a call's normal response.
///
/// # Errors
/// The end of the connection, when the fault leaves the call without a response.
async fn respond_with_fault(
    fault: Option<Fault>,
    allowed: &AllowedOrigin,
    normal: impl AsyncFnOnce() -> BufferedResponse,
) -> Result<Response<Body>, Disconnect> {
    match fault {
        None => Ok(normal().await.into_response()),
        Some(fault) => {
            if let Some(how) = fault.disconnect() {
                return Err(how);
            }
            let response = match fault.replacement() {
                Some(Ok(mut response)) => {
                    let own_headers = std::mem::take(&mut response.headers);
                    cors::allow(&mut response, allowed.clone());
                    response.headers.extend(own_headers);
                    response
                }
                Some(Err(error)) => {
                    BufferedResponse::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string())
                }
                None => normal().await,
            };
            Ok(fault.apply(response).await)
        }
    }
}

async fn config(shared: &SandboxState, request: &BufferedRequest) -> Response<Body> {
    let fault = lock(&shared.faults).take(Call::Config);
    respond_with_fault(fault, &AllowedOrigin::Any, async || {
        shared.portal.respond(request).await
    })
    .await
    .unwrap_or_else(disconnect)
}

fn disconnect(how: Disconnect) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(how);
    response
}

async fn preflight(shared: &SandboxState, call: Call, request: &BufferedRequest) -> Response<Body> {
    let allowed = AllowedOrigin::for_preflight(call, request);
    let fault = lock(&shared.faults).take(Call::Preflight);
    let name = fault.as_ref().map(Fault::name);
    let entry_id = lock(&shared.wire).record_request(Call::Preflight.name(), request, None, name);
    let preflight = async || cors::preflight(allowed.clone());
    let response = match respond_with_fault(fault, &allowed, preflight).await {
        Ok(response) => response,
        Err(how) => return disconnect(how),
    };
    lock(&shared.wire).record_status(entry_id, response.status().as_u16());
    response
}

/// 404 for a path that no document has, in most cases the result of a wrongly joined base URL.
fn undocumented_call(shared: &SandboxState, request: &BufferedRequest) -> Response<Body> {
    let violation = ContractViolation::new(
        "unknownCall",
        format!("no document has {} {}", request.method, request.uri.path()),
    );
    let mut response =
        BufferedResponse::contract_violation(StatusCode::NOT_FOUND, "path", &violation);
    cors::allow(&mut response, AllowedOrigin::Any);
    let mut wire = lock(&shared.wire);
    let entry_id = wire.record_request("unknown", request, None, None);
    wire.record_status(entry_id, response.status.as_u16());
    response.into_response()
}

#[cfg(test)]
mod tests {
    use super::strip_base;

    #[test]
    fn base_folder_is_stripped_and_other_paths_are_rejected() {
        let within = |base: &str, uri: &str| {
            strip_base(base, uri.parse().unwrap()).map(|uri| uri.to_string())
        };
        assert_eq!(within("", "/staff?x=1").unwrap(), "/staff?x=1");
        assert_eq!(
            within("/portal", "/portal/staff?x=1").unwrap(),
            "/staff?x=1"
        );
        assert_eq!(within("/portal", "/portal/").unwrap(), "/");
        for outside in ["/", "/portal", "/portals/x", "/x/portal/"] {
            assert_eq!(within("/portal", outside), None, "{outside}");
        }
    }
}

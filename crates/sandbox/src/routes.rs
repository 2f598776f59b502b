//! Routing of a request to the control API, to one of the two services, or to the portal's files.
//! Calls are recorded and faults applied here, so that the services contain neither.

use crate::cors::AllowedOrigin;
use crate::faults::{Disconnect, Fault};
use crate::form::Fields;
use crate::replay::{Replay, Replayed};
use crate::request::{BufferedRequest, Call, is_service_path, is_staff_path};
use crate::response::{BufferedResponse, ContractViolation};
use crate::spice::{self, SpiceVersion, StaffResponse, strict};
use crate::state::{SandboxState, lock};
use crate::wire_log::EntryId;
use crate::{control, cors, form, patient_service};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONNECTION, HeaderValue};
use axum::http::{Method, Response, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::sleep;

/// The request body limit in bytes, far above any documented request.
const MAX_REQUEST_BODY: usize = 1 << 20;

/// How long a replayed service is silent that gave no answer: as long as the recordings waited for one.
const SILENCE: Duration = Duration::from_secs(30);

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
    if let Some(replay) = shared.replay.as_ref().filter(|_| is_service_path(path)) {
        return replayed_call(&shared, replay, call, &request).await;
    }
    match call {
        Some(call) if request.method == Method::OPTIONS => preflight(&shared, call, &request).await,
        Some(call) if call.is_staff() => staff_call(&shared, call, &request).await,
        Some(call) => patient_call(&shared, call, &request).await,
        None if is_staff_path(path) && !lock(&shared.staff).settings.strict => {
            other_staff_call(&shared, &request).await
        }
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

/// A call of either service, answered from the recording.
async fn replayed_call(
    shared: &SandboxState,
    replay: &Mutex<Replay>,
    call: Option<Call>,
    request: &BufferedRequest,
) -> Response<Body> {
    let form = form::read(request).await.and_then(Result::ok);
    let call = match request.method {
        Method::OPTIONS => Some(Call::Preflight),
        _ => call,
    };
    let fault = call.and_then(|call| lock(&shared.faults).take(call));
    let name = fault.as_ref().map(Fault::name);
    let call_name = call.map_or("unknown", Call::name);
    let entry_id = lock(&shared.wire).record_request(call_name, request, form.as_deref(), name);
    let replayed = lock(replay).answer(request, form.as_ref());
    match replayed {
        Replayed::Answer(response) | Replayed::Missing(response) => {
            recorded(shared, entry_id, fault, &AllowedOrigin::Any, async || {
                response
            })
            .await
        }
        Replayed::Silence => {
            sleep(SILENCE).await;
            disconnect(Disconnect::Close)
        }
    }
}

async fn patient_call(
    shared: &SandboxState,
    call: Call,
    request: &BufferedRequest,
) -> Response<Body> {
    let fault = lock(&shared.faults).take(call);
    let name = fault.as_ref().map(Fault::name);
    let entry_id = lock(&shared.wire).record_request(call.name(), request, None, name);
    let normal = async || {
        let people = &shared.people;
        let mut codes = lock(&shared.codes);
        let mut response = match call {
            Call::Exists => patient_service::exists(people, request),
            Call::Login => patient_service::login(people, &mut codes, request),
            Call::Verify => patient_service::verify(people, &mut codes, request),
            Call::Resend => patient_service::resend(people, &mut codes, request),
            Call::PatientLogout => patient_service::logout(request),
            // Of the staff service, or served below.
            Call::Session
            | Call::Logout
            | Call::Validate
            | Call::Profile
            | Call::Preflight
            | Call::Config => BufferedResponse::empty(StatusCode::NOT_FOUND),
        };
        cors::allow(&mut response, AllowedOrigin::Any);
        response
    };
    recorded(shared, entry_id, fault, &AllowedOrigin::Any, normal).await
}

async fn staff_call(
    shared: &SandboxState,
    call: Call,
    request: &BufferedRequest,
) -> Response<Body> {
    let form = match call {
        Call::Session => form::read(request).await,
        _ => None,
    };
    let fields = form.as_ref().and_then(|fields| fields.as_ref().ok());
    let (version, is_strict) = {
        let staff = lock(&shared.staff);
        (staff.version_of(request), staff.settings.strict)
    };
    let allowed = AllowedOrigin::of_staff(version, request);
    let fault = lock(&shared.faults).take(call);
    let name = fault.as_ref().map(Fault::name);
    let entry_id =
        lock(&shared.wire).record_request(call.name(), request, fields.map(Vec::as_slice), name);
    let normal = async || {
        let violation = is_strict
            .then(|| strict::violation(call, request, form.as_ref()))
            .flatten();
        let Some(violation) = violation else {
            return staff_response(shared, request, fields).await;
        };
        lock(&shared.wire).record_violation(entry_id, violation.reason);
        let mut response = violation_response(call, &violation);
        cors::allow(&mut response, allowed.clone());
        response
    };
    recorded(shared, entry_id, fault, &allowed, normal).await
}

/// A staff call that no document of the portal has, answered as the published services do.
async fn other_staff_call(shared: &SandboxState, request: &BufferedRequest) -> Response<Body> {
    let entry_id = lock(&shared.wire).record_request("unknown", request, None, None);
    let normal = async || staff_response(shared, request, None).await;
    recorded(shared, entry_id, None, &AllowedOrigin::Any, normal).await
}

async fn staff_response(
    shared: &SandboxState,
    request: &BufferedRequest,
    fields: Option<&Fields>,
) -> BufferedResponse {
    let StaffResponse { response, delay } =
        spice::respond(&mut lock(&shared.staff), request, fields);
    sleep(delay).await;
    response
}

fn violation_response(call: Call, violation: &ContractViolation) -> BufferedResponse {
    if violation.reason != "method" {
        return BufferedResponse::contract_violation(StatusCode::BAD_REQUEST, "session", violation);
    }
    let response =
        BufferedResponse::contract_violation(StatusCode::METHOD_NOT_ALLOWED, "session", violation);
    match HeaderValue::from_str(&strict::allow(call)) {
        Ok(methods) => response.with(ALLOW, methods),
        Err(_) => response,
    }
}

/// The response to a call with its fault; its status is recorded.
async fn recorded(
    shared: &SandboxState,
    entry_id: EntryId,
    fault: Option<Fault>,
    allowed: &AllowedOrigin,
    normal: impl AsyncFnOnce() -> BufferedResponse,
) -> Response<Body> {
    let response = match respond_with_fault(fault, allowed, normal).await {
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
    let allowed = if call.is_staff() {
        AllowedOrigin::of_staff(SpiceVersion::V2, request)
    } else {
        AllowedOrigin::Any
    };
    let fault = lock(&shared.faults).take(Call::Preflight);
    let name = fault.as_ref().map(Fault::name);
    let entry_id = lock(&shared.wire).record_request(Call::Preflight.name(), request, None, name);
    let preflight = async || {
        if call.is_staff() {
            staff_response(shared, request, None).await
        } else {
            cors::preflight()
        }
    };
    recorded(shared, entry_id, fault, &allowed, preflight).await
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

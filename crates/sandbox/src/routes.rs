//! Who answers what: the control API, the two services, or the portal's files. Each call of a
//! service is written down and meets its fault here, so that the services know of neither.

use crate::answer::{Answer, BrokenRule};
use crate::call::{Arrived, Call, is_service_path};
use crate::cors::Allowed;
use crate::faults::{Fault, HangUp};
use crate::shared::{Shared, lock};
use crate::{control, cors, form, patient_service, staff_service};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONNECTION, HeaderValue};
use axum::http::{Method, Response, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use std::sync::Arc;

/// More than any documented request by far.
const BODY_LIMIT: usize = 1 << 20;

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    control::routes()
        .fallback(services_and_portal)
        .layer(from_fn_with_state(shared.clone(), once_a_connection))
        .with_state(shared)
}

/// While a connection may be dropped on order, none serves twice: see [`crate::faults`].
async fn once_a_connection(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let before = lock(&shared.faults).may_drop();
    let mut response = next.run(request).await;
    if before || lock(&shared.faults).may_drop() {
        response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

async fn services_and_portal(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return Answer::message(StatusCode::PAYLOAD_TOO_LARGE, "Too large").into_response();
    };
    let Some(uri) = below(&shared.base, parts.uri) else {
        return Answer::message(StatusCode::NOT_FOUND, "Nothing is here").into_response();
    };
    let request = Arrived {
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
        None if is_service_path(path) || !is_read => unknown_call(&shared, &request),
        None if path == "/config.json" => config(&shared, &request).await,
        None => shared.portal.answer(&request).await.into_response(),
    }
}

/// What is asked for within the folder `base`, as a server in front would pass it on.
fn below(base: &str, uri: Uri) -> Option<Uri> {
    if base.is_empty() {
        return Some(uri);
    }
    let rest = uri.path_and_query()?.as_str().strip_prefix(base)?;
    rest.starts_with('/').then(|| rest.parse().ok())?
}

async fn service_call(shared: &Shared, call: Call, request: &Arrived) -> Response<Body> {
    let form = match call {
        Call::Session => form::read(request).await,
        _ => None,
    };
    let allowed = Allowed::for_call(call, request);
    let fault = lock(&shared.faults).take(call);
    let ticket = lock(&shared.wire).arrived(
        call.name(),
        request,
        form.as_ref().and_then(|fields| fields.as_deref().ok()),
        fault.as_ref().map(Fault::name),
    );
    let normal = || {
        let mut answer = match call {
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
            // These have rooms of their own and never come here.
            Call::Preflight | Call::Config => Answer::empty(StatusCode::NOT_FOUND),
        };
        cors::allow(&mut answer, allowed.clone());
        answer
    };
    let response = match met(fault, &allowed, async || normal()).await {
        Ok(response) => response,
        Err(how) => return hang_up(how),
    };
    lock(&shared.wire).answered(ticket, response.status().as_u16());
    response
}

/// Lets a fault meet a call; or says how the connection ends, when nothing shall be answered.
async fn met(
    fault: Option<Fault>,
    allowed: &Allowed,
    normal: impl AsyncFnOnce() -> Answer,
) -> Result<Response<Body>, HangUp> {
    match fault {
        None => Ok(normal().await.into_response()),
        Some(fault) => {
            if let Some(how) = fault.hang_up() {
                return Err(how);
            }
            let answer = match fault.instead() {
                Some(Ok(mut answer)) => {
                    let own = std::mem::take(&mut answer.headers);
                    cors::allow(&mut answer, allowed.clone());
                    answer.headers.extend(own);
                    answer
                }
                Some(Err(error)) => {
                    Answer::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string())
                }
                None => normal().await,
            };
            Ok(fault.spoil(answer).await)
        }
    }
}

async fn config(shared: &Shared, request: &Arrived) -> Response<Body> {
    let fault = lock(&shared.faults).take(Call::Config);
    met(fault, &Allowed::Anyone, async || {
        shared.portal.answer(request).await
    })
    .await
    .unwrap_or_else(hang_up)
}

fn hang_up(how: HangUp) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(how);
    response
}

async fn preflight(shared: &Shared, call: Call, request: &Arrived) -> Response<Body> {
    let allowed = Allowed::for_preflight(call, request);
    let fault = lock(&shared.faults).take(Call::Preflight);
    let name = fault.as_ref().map(Fault::name);
    let ticket = lock(&shared.wire).arrived(Call::Preflight.name(), request, None, name);
    let preflight = async || cors::preflight(allowed.clone());
    let response = match met(fault, &allowed, preflight).await {
        Ok(response) => response,
        Err(how) => return hang_up(how),
    };
    lock(&shared.wire).answered(ticket, response.status().as_u16());
    response
}

/// What looks like a call and is not documented: a wrongly joined base address, mostly.
fn unknown_call(shared: &Shared, request: &Arrived) -> Response<Body> {
    let rule = BrokenRule::new(
        "unknownCall",
        format!("no document has {} {}", request.method, request.uri.path()),
    );
    let mut answer = Answer::broken_rule(StatusCode::NOT_FOUND, "path", &rule);
    cors::allow(&mut answer, Allowed::Anyone);
    let mut wire = lock(&shared.wire);
    let ticket = wire.arrived("unknown", request, None, None);
    wire.answered(ticket, answer.status.as_u16());
    answer.into_response()
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn a_folder_is_taken_off_and_nothing_else_is_within_it() {
        let within =
            |base: &str, uri: &str| below(base, uri.parse().unwrap()).map(|uri| uri.to_string());
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

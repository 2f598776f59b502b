//! The same-origin controller: the portal's patient calls, passed on to the middleware.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use contract::patient::{Login, Name, read_login_or_code};
use contract::personal::Personal;
use contract::response::{Headers, Response as Received};
use zeroize::Zeroizing;

use crate::Application;
use crate::same_origin::is_same_origin;
use crate::upstream::Answer;

type Shared = State<Arc<Application>>;

/// A call that opens no session.
pub(crate) async fn pass_on(
    State(application): Shared,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match call_middleware(&application, uri.path(), &headers, body).await {
        Ok(answer) => answer.into_response(),
        Err(refused) => refused.into_response(),
    }
}

/// `login` or `verify_otp`. A record opens a session, in place of the one whose cookie the browser sent. All
/// else is passed on as it is: `otp_id` is not a sign-in, and a failure leaves the cookie alone.
pub(crate) async fn sign_in(
    State(application): Shared,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = match call_middleware(&application, uri.path(), &headers, body).await {
        Ok(answer) => answer,
        Err(refused) => return refused.into_response(),
    };
    let Some(name) = signed_in_name(&answer) else {
        return answer.into_response();
    };
    end_sessions(&application, &headers);
    let Ok(id) = application.sessions.open(name) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = answer.into_response();
    match application.cookie.set(&id) {
        Ok(cookie) => {
            response.headers_mut().insert(SET_COOKIE, cookie);
            response
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// `logout`: the patient left the portal. Not a call of the middleware.
pub(crate) async fn sign_out(State(application): Shared, headers: HeaderMap) -> Response {
    if !is_same_origin(&headers, &application.origin) {
        return Refused::OtherSite.into_response();
    }
    end_sessions(&application, &headers);
    let removed = [(SET_COOKIE, application.cookie.removal())];
    (StatusCode::NO_CONTENT, removed).into_response()
}

/// Ends the sessions that a request has cookies of.
pub(crate) fn end_sessions(application: &Application, headers: &HeaderMap) {
    for id in application.cookie.values(headers) {
        application.sessions.end(id);
    }
}

/// The answer of the middleware to a call of the portal, or the refusal of a call of another site.
async fn call_middleware(
    application: &Application,
    path: &str,
    headers: &HeaderMap,
    body: Bytes,
) -> Result<Answer, Refused> {
    if !is_same_origin(headers, &application.origin) {
        return Err(Refused::OtherSite);
    }
    // Without the browser's headers: neither its cookies nor its origin are the middleware's business.
    let answer = application.middleware.post_json(path, body).await;
    answer.map_err(|_| Refused::Unreachable)
}

/// A call without an answer of the middleware.
enum Refused {
    OtherSite,
    Unreachable,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::OtherSite => (
                StatusCode::FORBIDDEN,
                r#"{"message":"Calls from other sites are refused"}"#,
            ),
            Self::Unreachable => (
                StatusCode::SERVICE_UNAVAILABLE,
                r#"{"message":"The service cannot be reached"}"#,
            ),
        };
        (status, [(CONTENT_TYPE, "application/json")], message).into_response()
    }
}

/// The name in a record; `None` for every other answer. A record without a name is a sign-in as well.
fn signed_in_name(answer: &Answer) -> Option<Zeroizing<String>> {
    let text = |name| Some(answer.headers.get(name)?.to_str().ok()?.to_owned());
    let received = Received {
        status: answer.status.as_u16(),
        headers: Headers {
            retry_after: text(RETRY_AFTER),
            content_type: text(CONTENT_TYPE),
            ..Headers::default()
        },
        body: &answer.body,
    };
    match read_login_or_code(&received) {
        Ok(Login::Record(patient)) => Some(full_name(&patient.name)),
        Ok(Login::CodeSent(_)) | Err(_) => None,
    }
}

fn full_name(name: &Name) -> Zeroizing<String> {
    let parts = [&name.first, &name.middle, &name.last];
    let parts = parts.into_iter().flatten().map(Personal::as_str);
    Zeroizing::new(parts.collect::<Vec<_>>().join(" "))
}

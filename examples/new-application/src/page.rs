//! The application's own page.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::Application;
use crate::controller::end_sessions;
use crate::same_origin::is_same_origin;

/// The portal's sign-in page.
const SIGN_IN: &str = "/";

/// `/app/`: greets the patient of the session, or leads to the sign-in page. It reads the cookie and nothing
/// else, whatever the method: neither a query nor a body, in which any browser can claim to be any patient.
pub(crate) async fn show(
    State(application): State<Arc<Application>>,
    headers: HeaderMap,
) -> Response {
    let mut ids = application.cookie.values(&headers);
    let Some(name) = ids.find_map(|id| application.sessions.name(id)) else {
        return Redirect::to(SIGN_IN).into_response();
    };
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>New application</title>\n\
         <h1>Welcome, <bdi>{}</bdi></h1>\n\
         <form method=\"post\" action=\"/app/sign-out\"><button>Sign out</button></form>\n</html>\n",
        escaped(&name)
    );
    let headers = [
        // Back must not show it after sign-out.
        (CACHE_CONTROL, "no-store"),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, Html(page)).into_response()
}

/// `POST /app/sign-out`: ends the session, and leads to the sign-in page.
pub(crate) async fn sign_out(
    State(application): State<Arc<Application>>,
    headers: HeaderMap,
) -> Response {
    if !is_same_origin(&headers, &application.origin) {
        return StatusCode::FORBIDDEN.into_response();
    }
    end_sessions(&application, &headers);
    let removed = [(SET_COOKIE, application.cookie.removal())];
    (removed, Redirect::to(SIGN_IN)).into_response()
}

/// Text for HTML: a name is data of the middleware, not markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

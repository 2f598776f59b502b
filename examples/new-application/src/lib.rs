//! A patient's application in front of the middleware. The middleware's response carries no session, so the
//! application makes its own, on the portal's origin:
//!
//! 1. `controller` answers `/api/customer/*`: it refuses other sites, calls the middleware, opens a session
//!    where the response is a record, and passes the response on.
//! 2. `page` is the application itself, `/app/`: it knows the patient by the session's cookie and by nothing
//!    else that a browser can send.
//! 3. Everything else is the portal, from another server of this machine.

#![forbid(unsafe_code)]

mod controller;
mod cookie;
mod page;
mod same_origin;
mod sessions;
mod upstream;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get, post};

use cookie::SessionCookie;
use sessions::Sessions;
use upstream::Upstream;

/// The options of the application.
#[derive(Clone, Debug)]
pub struct Options {
    /// The origin that browsers see, such as `https://portal.hospital.example`.
    pub origin: String,
    /// The middleware's URL.
    pub middleware: String,
    /// The URL of a server with the portal's files.
    pub portal: String,
    /// The time without a request after which a session ends.
    pub idle: Duration,
}

/// What the handlers share.
struct Application {
    origin: String,
    middleware: Upstream,
    portal: Upstream,
    sessions: Sessions,
    cookie: SessionCookie,
}

/// The size limit of a request's body; the portal's calls have a few hundred bytes.
const MAX_REQUEST_BODY: usize = 8 << 10;

/// The application's routes.
pub fn router(options: Options) -> Router {
    let application = Application {
        cookie: SessionCookie::of_origin(&options.origin),
        middleware: Upstream::new(&options.middleware),
        portal: Upstream::new(&options.portal),
        sessions: Sessions::new(options.idle),
        origin: options.origin,
    };
    Router::new()
        .route("/api/customer/is_patient_exists", post(controller::pass_on))
        .route("/api/customer/login", post(controller::sign_in))
        .route("/api/customer/verify_otp", post(controller::sign_in))
        .route("/api/customer/resend_otp", post(controller::pass_on))
        .route("/api/customer/logout", post(controller::sign_out))
        .route("/app/", any(page::show))
        .route("/app/sign-out", post(page::sign_out))
        .fallback(get(upstream::portal_file))
        .layer(DefaultBodyLimit::max(MAX_REQUEST_BODY))
        .with_state(Arc::new(application))
}

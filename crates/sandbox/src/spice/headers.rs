//! Replies of the parts of a SPICE: the sign-in service, the user service, and the gateway before them.

use super::clock::{Millis, http_date, iso_date_time};
use super::token;
use crate::response::BufferedResponse;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, SET_COOKIE};
use serde_json::{Value, json};
use std::time::Duration;

/// The part of a SPICE that made a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sender {
    /// `auth-service`.
    SignIn,
    /// `user-service`.
    User,
    /// The gateway of 1.x or the nginx of 2.0, without asking a service.
    Gateway,
}

/// A reply, before a gateway adds to it.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) response: BufferedResponse,
    pub(crate) sender: Sender,
    pub(crate) delay: Duration,
}

impl Reply {
    pub(crate) fn new(sender: Sender, response: BufferedResponse) -> Self {
        Self {
            response,
            sender,
            delay: Duration::ZERO,
        }
    }

    /// 401 with an empty body.
    pub(crate) fn unauthorized(sender: Sender) -> Self {
        let mut reply = Self::new(sender, BufferedResponse::empty(StatusCode::UNAUTHORIZED));
        if sender == Sender::SignIn {
            reply.response.start_servlet_session();
        }
        reply
    }

    /// A refused sign-in with its sentence.
    pub(crate) fn refused(message: &str) -> Self {
        let body = json!({ "message": message }).to_string();
        Self::new(
            Sender::SignIn,
            BufferedResponse::typed(
                StatusCode::UNAUTHORIZED,
                "application/json;charset=UTF-8",
                body,
            ),
        )
    }

    /// JSON of a service.
    pub(crate) fn json(sender: Sender, status: StatusCode, body: &Value) -> Self {
        Self::new(
            sender,
            BufferedResponse::typed(status, "application/json", body.to_string()),
        )
    }

    /// An error of SPICE 2.0 as RFC 9457 describes it.
    pub(crate) fn problem(sender: Sender, status: StatusCode, detail: &str, path: &str) -> Self {
        let body = json!({
            "type": "about:blank", "title": status.canonical_reason(), "status": status.as_u16(),
            "detail": detail, "instance": path,
        });
        Self::new(
            sender,
            BufferedResponse::typed(status, "application/problem+json", body.to_string()),
        )
    }

    /// The error page of a servlet container that failed during a sign-in.
    pub(crate) fn failed_sign_in(now: Millis) -> Self {
        let body = json!({
            "timestamp": format!("{}+00:00", iso_date_time(now)), "status": 500,
            "error": "Internal Server Error", "path": "/session",
        });
        let mut reply = Self::new(
            Sender::SignIn,
            BufferedResponse::typed(
                StatusCode::INTERNAL_SERVER_ERROR,
                "application/json;charset=UTF-8",
                body.to_string(),
            ),
        );
        reply.response.as_after_sign_in();
        reply.response.start_servlet_session();
        reply
    }

    /// 405 with the allowed method.
    pub(crate) fn with_allow(mut self, method: &'static str) -> Self {
        self.response.set(ALLOW, HeaderValue::from_static(method));
        self
    }

    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// Headers of the sign-in service.
pub(crate) trait SignInHeaders {
    /// Marks a response that was made after the password was found to be right.
    fn as_after_sign_in(&mut self);
    /// Sets the cookie of a servlet container, which no later call needs.
    fn start_servlet_session(&mut self);
    /// Takes that cookie back.
    fn end_servlet_session(&mut self);
    /// Adds a `Set-Cookie`.
    fn add_cookie(&mut self, cookie: &str);
}

impl SignInHeaders for BufferedResponse {
    fn as_after_sign_in(&mut self) {
        self.set(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        self.set(
            HeaderName::from_static("access-control-expose-headers"),
            HeaderValue::from_static("Authorization"),
        );
    }

    fn start_servlet_session(&mut self) {
        let number = token::servlet_session().unwrap_or_default();
        self.add_cookie(&format!("JSESSIONID={number}; Path=/; HttpOnly"));
    }

    fn end_servlet_session(&mut self) {
        let past = http_date(10_000);
        self.add_cookie(&format!("JSESSIONID=; Max-Age=0; Expires={past}; Path=/"));
    }

    fn add_cookie(&mut self, cookie: &str) {
        if let Ok(value) = HeaderValue::from_str(cookie) {
            self.headers.append(SET_COOKIE, value);
        }
    }
}

/// The page of nginx when a service does not answer.
pub(crate) fn bad_gateway() -> Reply {
    let html = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
                <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n\
                </body>\r\n</html>\r\n";
    Reply::new(
        Sender::Gateway,
        BufferedResponse::typed(StatusCode::BAD_GATEWAY, "text/html", html),
    )
}

/// The error of the gateway of SPICE 1.x when a service does not answer.
pub(crate) fn gateway_error(status: StatusCode, path: &str, now: Millis) -> Reply {
    let body = json!({
        "timestamp": format!("{}.{:03}+00:00", iso_date_time(now), now % 1000), "path": path,
        "status": status.as_u16(), "error": status.canonical_reason(), "requestId": "5a4db0x1-1",
    });
    Reply::json(Sender::Gateway, status, &body)
}

/// Adds the headers that both services send with everything.
pub(crate) fn add_service_headers(response: &mut BufferedResponse, filter: &'static str) {
    let mut set = |name: &'static str, value: &'static str| {
        response.set(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    };
    set("x-content-type-options", "nosniff");
    set("x-xss-protection", filter);
    set("x-frame-options", "DENY");
    if response.headers.contains_key(CACHE_CONTROL) {
        return;
    }
    let mut set = |name: &'static str, value: &'static str| {
        response.set(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    };
    set(
        "cache-control",
        "no-cache, no-store, max-age=0, must-revalidate",
    );
    set("pragma", "no-cache");
    set("expires", "0");
}

/// A body of the sign-in service's own media type.
pub(crate) fn signed_in(body: String) -> BufferedResponse {
    let mut response = BufferedResponse::empty(StatusCode::OK);
    response.set(
        CONTENT_TYPE,
        HeaderValue::from_static("text/x-json;charset=UTF-8"),
    );
    response.body = body.into();
    response.as_after_sign_in();
    response
}

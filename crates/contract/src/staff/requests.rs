//! The calls of the staff side.

use super::types::{Client, Pass};
use crate::password::PasswordHash;
use crate::personal::Personal;
use crate::request::{Body, Method, Request};

/// Signs a staff member in: `POST /auth-service/session`, a form, with the entrance in the header
/// `client`. The user name is trimmed; case is the server's business.
pub fn sign_in_request(client: &Client, username: &str, hash: &PasswordHash) -> Request {
    Request {
        method: Method::Post,
        path: "/auth-service/session",
        headers: vec![("client", Personal::from(client.as_str()))],
        body: Body::Form(vec![
            ("username", Personal::from(username.trim())),
            ("password", Personal::from(hash.as_str())),
        ]),
        cookies: *client == Client::Web,
    }
}

/// Signs out: `/auth-service/logout`, by `GET` as the web client of 1.x does or by `POST`.
pub fn sign_out_request(method: Method, pass: &Pass, tenant: Option<&str>) -> Request {
    in_session(method, "/auth-service/logout", pass, tenant)
}

/// Asks whether the session still holds: `GET /user-service/user/validate`.
pub fn validate_request(pass: &Pass, tenant: Option<&str>) -> Request {
    in_session(Method::Get, "/user-service/user/validate", pass, tenant)
}

fn in_session(method: Method, path: &'static str, pass: &Pass, tenant: Option<&str>) -> Request {
    let mut headers = match pass {
        Pass::Token(bearer) => vec![("Authorization", Personal::from(bearer.0.as_str()))],
        Pass::Cookie => Vec::new(),
    };
    if let Some(tenant) = tenant.map(str::trim)
        && !tenant.is_empty()
        && fits_in_a_header(tenant)
    {
        headers.push(("TenantId", Personal::from(tenant)));
    }
    Request {
        method,
        path,
        headers,
        body: Body::None,
        cookies: matches!(pass, Pass::Cookie),
    }
}

/// Printable ASCII. The browser throws on some of what is beyond, and a token that is not sent
/// as it came is no token.
pub(super) fn fits_in_a_header(value: &str) -> bool {
    value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

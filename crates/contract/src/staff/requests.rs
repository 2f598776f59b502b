//! Requests of the staff side.

use super::types::{SessionAuth, StaffClient};
use crate::password::PasswordHash;
use crate::personal::Personal;
use crate::request::{Body, Method, Request};

/// Sign-in: `POST /auth-service/session`, a form, with the client in the header `client`. The user name
/// is trimmed; its case is unchanged.
///
/// ```
/// use contract::password::PasswordHash;
/// use contract::staff::{StaffClient, sign_in_request};
///
/// let hash = PasswordHash::of("not a real password", "a test key");
/// let request = sign_in_request(&StaffClient::SpiceV2Web, "test.user@example.org", &hash);
/// assert_eq!(request.path, "/auth-service/session");
/// assert!(request.cookies);
/// ```
pub fn sign_in_request(client: &StaffClient, username: &str, hash: &PasswordHash) -> Request {
    Request {
        method: Method::Post,
        path: "/auth-service/session",
        headers: vec![("client", Personal::from(client.as_str()))],
        body: Body::Form(vec![
            ("username", Personal::from(username.trim())),
            ("password", Personal::from(hash.as_str())),
        ]),
        cookies: *client == StaffClient::SpiceV2Web,
    }
}

/// Sign-out: `/auth-service/logout`, by `GET` as in the web client of 1.x, or by `POST`.
///
/// ```
/// use contract::request::Method;
/// use contract::staff::{SessionAuth, sign_out_request};
///
/// let request = sign_out_request(Method::Get, &SessionAuth::Cookie, Some("4"));
/// assert_eq!(request.path, "/auth-service/logout");
/// ```
pub fn sign_out_request(method: Method, auth: &SessionAuth, tenant: Option<&str>) -> Request {
    in_session(method, "/auth-service/logout", auth, tenant)
}

/// Check of the session: `GET /user-service/user/validate`.
///
/// ```
/// use contract::staff::{SessionAuth, validate_request};
///
/// let request = validate_request(&SessionAuth::Cookie, None);
/// assert_eq!(request.path, "/user-service/user/validate");
/// ```
pub fn validate_request(auth: &SessionAuth, tenant: Option<&str>) -> Request {
    in_session(Method::Get, "/user-service/user/validate", auth, tenant)
}

fn in_session(
    method: Method,
    path: &'static str,
    auth: &SessionAuth,
    tenant: Option<&str>,
) -> Request {
    let mut headers = match auth {
        SessionAuth::Token(token) => vec![("Authorization", Personal::from(token.0.as_str()))],
        SessionAuth::Cookie => Vec::new(),
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
        cookies: matches!(auth, SessionAuth::Cookie),
    }
}

/// `true` for printable ASCII. `fetch` throws on some other characters, and a token must be sent
/// unchanged.
pub(super) fn fits_in_a_header(value: &str) -> bool {
    value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

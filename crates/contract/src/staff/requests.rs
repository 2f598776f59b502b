//! Requests of the staff side.

use super::types::{SessionAuth, StaffClient};
use crate::password::PasswordHash;
use crate::personal::Personal;
use crate::request::{Body, Credentials, Method, Request};

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
/// assert_eq!(request.credentials, contract::request::Credentials::Include);
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
        credentials: match client {
            StaffClient::SpiceV2Web => Credentials::Include,
            StaffClient::SpiceV1(_) | StaffClient::SpiceV2Mobile => Credentials::Omit,
        },
    }
}

/// Sign-out: `/auth-service/logout`, for SPICE 1.x by a configured method (`GET` in its web client, `POST` in
/// its others), for SPICE 2.0 by `POST`.
///
/// ```
/// use contract::request::Method;
/// use contract::staff::{SessionAuth, StaffClient, sign_out_request};
///
/// let request = sign_out_request(&StaffClient::SpiceV2Web, &SessionAuth::Cookie, Method::Get, None);
/// assert_eq!((request.method, request.path), (Method::Post, "/auth-service/logout"));
/// ```
pub fn sign_out_request(
    client: &StaffClient,
    auth: &SessionAuth,
    v1_method: Method,
    tenant: Option<&str>,
) -> Request {
    let method = match client {
        StaffClient::SpiceV1(_) => v1_method,
        StaffClient::SpiceV2Web | StaffClient::SpiceV2Mobile => Method::Post,
    };
    in_session(client, auth, tenant, method, "/auth-service/logout")
}

/// Check of a session, in SPICE 1.x: `GET /user-service/user/validate`. See
/// [`probe_request`](super::probe_request) for the roles that may ask it.
///
/// ```
/// use contract::staff::{SessionAuth, StaffClient, validate_request};
///
/// let client = StaffClient::SpiceV1("spice mobile".to_owned());
/// let request = validate_request(&client, &SessionAuth::Cookie, None);
/// assert_eq!(request.path, "/user-service/user/validate");
/// ```
pub fn validate_request(client: &StaffClient, auth: &SessionAuth, tenant: Option<&str>) -> Request {
    in_session(
        client,
        auth,
        tenant,
        Method::Get,
        "/user-service/user/validate",
    )
}

/// Owner of a session: `/user-service/user/profile`, by `GET` in SPICE 1.x, by `POST` without a body in
/// SPICE 2.0.
///
/// ```
/// use contract::request::Method;
/// use contract::staff::{SessionAuth, StaffClient, profile_request};
///
/// let request = profile_request(&StaffClient::SpiceV2Web, &SessionAuth::Cookie, None);
/// assert_eq!((request.method, request.path), (Method::Post, "/user-service/user/profile"));
/// ```
pub fn profile_request(client: &StaffClient, auth: &SessionAuth, tenant: Option<&str>) -> Request {
    let method = match client {
        StaffClient::SpiceV1(_) => Method::Get,
        StaffClient::SpiceV2Web | StaffClient::SpiceV2Mobile => Method::Post,
    };
    in_session(client, auth, tenant, method, "/user-service/user/profile")
}

/// A request of a session. It names its client: SPICE 2.0 reads the cookie only where `client` is `web`.
fn in_session(
    client: &StaffClient,
    auth: &SessionAuth,
    tenant: Option<&str>,
    method: Method,
    path: &'static str,
) -> Request {
    let mut headers = vec![("client", Personal::from(client.as_str()))];
    if let SessionAuth::Token(token) = auth {
        headers.push(("Authorization", Personal::from(token.0.as_str())));
    }
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
        credentials: match auth {
            SessionAuth::Cookie => Credentials::Include,
            SessionAuth::Token(_) => Credentials::Omit,
        },
    }
}

/// `true` for printable ASCII. `fetch` throws on some other characters, and a token must be sent
/// unchanged.
pub(super) fn fits_in_a_header(value: &str) -> bool {
    value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

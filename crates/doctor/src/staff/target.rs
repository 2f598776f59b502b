//! What the checks of one staff client share.

use contract::password::PasswordHash;
use contract::personal::Personal;
use contract::request::{Body, Request};
use contract::staff::{SessionAuth, SignedIn, StaffClient, sign_in_request};

use crate::http::Client;
use crate::plan::Plan;

/// A user name that cannot exist: `.invalid` is reserved (RFC 2606).
pub(crate) const UNKNOWN_USER: &str = "unknown@portal.invalid";

/// What the checks of one staff client ask.
pub(super) struct Target<'a> {
    pub(super) plan: &'a Plan,
    pub(super) client: &'a StaffClient,
    /// The plan's other clients are asked, too, so the test user need not have a role for this one.
    pub(super) is_one_of_several: bool,
    pub(super) http: &'a Client,
}

impl Target<'_> {
    pub(super) fn by_cookie(&self) -> bool {
        *self.client == StaffClient::SpiceV2Web
    }
}

/// A sign-in with blank fields, which belongs to no account and is still a complete call.
pub(super) fn blank_request(client: &StaffClient) -> Request {
    let mut request = sign_in_request(client, "", &PasswordHash::of("", ""));
    if let Body::Form(fields) = &mut request.body {
        for (_, value) in fields {
            *value = Personal::default();
        }
    }
    request
}

/// What the response to a sign-in opened.
pub(super) struct Opened {
    /// The session; `None` where the response has neither token nor cookie.
    pub(super) auth: Option<SessionAuth>,
    /// The cookie, as a browser sends it back.
    pub(super) cookie: Option<Personal>,
    /// The person; `None` where the response is not a sign-in. It may contain a token, too, whose session is
    /// ended as well.
    pub(super) signed_in: Option<SignedIn>,
    /// User name or password was refused, or the account is locked: each further attempt counts.
    pub(super) is_refused: bool,
}

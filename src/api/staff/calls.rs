//! The calls of a staff session, each sent once.

use ::config::Config;
use contract::{
    personal::Personal,
    request::Request,
    staff::{self, SessionAuth, SessionOwner, StaffClient},
};

use super::super::{
    error::ApiError,
    http::{AbortToken, HttpResponse, send},
};

/// Sends a request to the staff service. Without a `signal`, leaving the page does not cancel it.
pub(super) async fn call(
    config: &Config,
    request: Request,
    signal: Option<&AbortToken>,
) -> Result<HttpResponse, ApiError> {
    let base = config.staff.base_url.as_str();
    send(base, request, config.timeout(), signal).await
}

/// Ends a session on the server, in one attempt.
pub(super) async fn revoke(
    config: &Config,
    client: &StaffClient,
    auth: &SessionAuth,
    tenant: Option<&Personal>,
) -> Result<(), ApiError> {
    let method = config.staff.logout_method;
    let tenant = tenant.map(Personal::as_str);
    let request = staff::sign_out_request(client, auth, method, tenant);
    let mut response = call(config, request, None).await?;
    Ok(staff::read_session(&response.complete()?)?)
}

/// Sends a probe, and reads the owner of the session.
pub(super) async fn owner(
    config: &Config,
    request: Request,
) -> Result<Option<SessionOwner>, ApiError> {
    let mut response = call(config, request, None).await?;
    Ok(staff::read_probe(&response.complete()?)?)
}

//! The calls of a staff session. Boxed: all callers share the code that drops them.

use std::pin::Pin;

use ::config::Config;
use contract::{
    personal::Personal,
    request::Request,
    service_error::ServiceError,
    staff::{self, SessionAuth, SessionOwner, StaffClient},
};

use super::super::{
    error::ApiError,
    http::{AbortToken, HttpResponse, send},
};

/// A call that is on its way.
pub(super) type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, ApiError>> + 'a>>;

/// Sends a request to the staff service. Without a `signal`, leaving the page does not cancel it.
pub(super) fn call<'a>(
    config: &'a Config,
    request: Request,
    signal: Option<&'a AbortToken>,
) -> Pending<'a, HttpResponse> {
    let base = config.staff.base_url.as_str();
    send(base, request, config.timeout(), signal)
}

/// Ends a session on the server, in one attempt.
pub(super) fn revoke<'a>(
    config: &'a Config,
    client: &StaffClient,
    auth: &SessionAuth,
    tenant: Option<&Personal>,
) -> Pending<'a, ()> {
    let method = config.staff.logout_method;
    let tenant = tenant.map(Personal::as_str);
    let request = staff::sign_out_request(client, auth, method, tenant);
    Box::pin(async move {
        let mut response = call(config, request, None).await?;
        Ok(staff::read_session(&response.complete()?)?)
    })
}

/// Revokes the token, or has the server clear its cookie, in two attempts. The person is signed out of the
/// portal in any case.
///
/// # Errors
/// [`ApiError`] of the second attempt.
pub(super) async fn sign_out(
    config: &Config,
    client: &StaffClient,
    auth: &SessionAuth,
    tenant: Option<&Personal>,
) -> Result<(), ApiError> {
    match revoke(config, client, auth, tenant).await {
        // A session that the server does not know needs no revoking.
        Ok(()) | Err(ApiError::Service(ServiceError::SessionOver)) => Ok(()),
        Err(_) => revoke(config, client, auth, tenant).await,
    }
}

/// Sends a probe, and reads the owner of the session.
pub(super) fn owner(config: &Config, request: Request) -> Pending<'_, Option<SessionOwner>> {
    Box::pin(async move {
        let mut response = call(config, request, None).await?;
        Ok(staff::read_probe(&response.complete()?)?)
    })
}

//! Staff sign-in and sign-out, against SPICE's auth-service.

use ::config::Config;
use contract::{
    password::PasswordHash,
    personal::Personal,
    request::Request,
    service_error::ServiceError,
    staff::{self, SessionAuth, SignedIn, StaffClient},
};
use input::StaffUsername;
use wasm_bindgen_futures::spawn_local;

use super::{
    error::ApiError,
    http::{AbortToken, send},
};

/// Signs in through one of the configured staff clients. The password does not leave this function; its
/// hash does.
///
/// # Errors
/// [`ApiError`].
pub async fn sign_in(
    config: &'static Config,
    client: &StaffClient,
    username: StaffUsername,
    password: &str,
    signal: &AbortToken,
) -> Result<SignedIn, ApiError> {
    let hash = PasswordHash::of(password, &config.staff.password_key);
    let username = match client {
        StaffClient::SpiceV1(_) => username,
        StaffClient::SpiceV2Web | StaffClient::SpiceV2Mobile => username.normalize_phone(),
    };
    let request = staff::sign_in_request(client, username.as_str(), &hash);
    match client {
        StaffClient::SpiceV1(_) | StaffClient::SpiceV2Mobile => {
            by_token(config, request, signal).await
        }
        StaffClient::SpiceV2Web => by_cookie(config, request, signal).await,
    }
}

async fn by_token(
    config: &'static Config,
    request: Request,
    signal: &AbortToken,
) -> Result<SignedIn, ApiError> {
    let base = config.staff.base_url.as_str();
    let mut response = send(base, request, config.timeout(), Some(signal)).await?;
    let (received, complete) = response.partial();
    let outcome = complete.and_then(|()| Ok(staff::read_sign_in(&received)?));
    if outcome.is_err()
        && let Some(token) = staff::read_bearer_token(&received)
    {
        revoke_in_background(config, token);
    }
    outcome
}

/// Signs in where the session is an `HttpOnly` cookie. Scripts cannot see whether one was set, so after any
/// failure, a missing response included, the session is signed out.
async fn by_cookie(
    config: &'static Config,
    request: Request,
    signal: &AbortToken,
) -> Result<SignedIn, ApiError> {
    let base = config.staff.base_url.as_str();
    let (outcome, may_have_cookie) = match send(base, request, config.timeout(), Some(signal)).await
    {
        Err(error) => {
            let sent = error != ApiError::Offline;
            (Err(error), sent)
        }
        Ok(mut response) => {
            let (received, complete) = response.partial();
            let read = complete.and_then(|()| Ok(staff::read_cookie_sign_in(&received)?));
            (confirm(config, read, signal).await, received.status == 200)
        }
    };
    if outcome.is_err() && may_have_cookie {
        revoke_in_background(config, SessionAuth::Cookie);
    }
    outcome
}

/// Confirms that the browser kept the cookie and sends it, by a request in the session: a browser that
/// blocks the cookie would otherwise show a record without a session.
async fn confirm(
    config: &Config,
    read: Result<SignedIn, ApiError>,
    signal: &AbortToken,
) -> Result<SignedIn, ApiError> {
    let signed_in = read?;
    match in_session(config, validation_request(&signed_in), Some(signal)).await {
        // "Not allowed" is a response within a session.
        Ok(()) | Err(ApiError::Service(ServiceError::NotAllowed)) => Ok(signed_in),
        Err(ApiError::Service(ServiceError::SessionOver)) => Err(ServiceError::NotASignIn.into()),
        Err(error) => Err(error),
    }
}

/// Signs out a session that the portal does not use, without waiting for it.
fn revoke_in_background(config: &'static Config, auth: SessionAuth) {
    spawn_local(async move { drop(sign_out(config, &auth, None).await) });
}

/// Ends a session on the server.
///
/// # Errors
/// As [`sign_out`].
pub async fn sign_out_of(config: &Config, session: &SignedIn) -> Result<(), ApiError> {
    sign_out(config, &session.auth, session.staff.tenant_id.as_ref()).await
}

/// Revokes the token, or has the server clear its cookie, in two attempts. The person is signed out of the
/// portal in any case.
///
/// # Errors
/// [`ApiError`] of the second attempt.
pub async fn sign_out(
    config: &Config,
    auth: &SessionAuth,
    tenant: Option<&Personal>,
) -> Result<(), ApiError> {
    match revoke(config, auth, tenant).await {
        // A session that the server does not know needs no revoking.
        Ok(()) | Err(ApiError::Service(ServiceError::SessionOver)) => Ok(()),
        Err(_) => revoke(config, auth, tenant).await,
    }
}

/// Asks the server whether a session is valid. The request is built at once, so that the future borrows
/// nothing of the session.
///
/// # Errors
/// [`ServiceError::SessionOver`] where it is not; any other [`ApiError`] says nothing about it.
pub fn validate_session(
    config: &'static Config,
    session: &SignedIn,
) -> impl Future<Output = Result<(), ApiError>> + use<> {
    in_session(config, validation_request(session), None)
}

fn validation_request(session: &SignedIn) -> Request {
    let tenant = session.staff.tenant_id.as_ref().map(Personal::as_str);
    staff::validate_request(&session.auth, tenant)
}

async fn revoke(
    config: &Config,
    auth: &SessionAuth,
    tenant: Option<&Personal>,
) -> Result<(), ApiError> {
    let method = config.staff.logout_method;
    let tenant = tenant.map(Personal::as_str);
    in_session(config, staff::sign_out_request(method, auth, tenant), None).await
}

/// Sends a request within a session. Without a `signal`, leaving the page does not cancel it.
async fn in_session(
    config: &Config,
    request: Request,
    signal: Option<&AbortToken>,
) -> Result<(), ApiError> {
    let mut response = send(
        config.staff.base_url.as_str(),
        request,
        config.timeout(),
        signal,
    )
    .await?;
    Ok(staff::read_session(&response.complete()?)?)
}

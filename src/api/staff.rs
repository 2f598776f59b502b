//! Staff sign-in, session and sign-out, against SPICE's auth-service and user-service.

use ::config::Config;
use contract::{
    password::PasswordHash,
    personal::Personal,
    request::Request,
    service_error::ServiceError,
    staff::{self, SessionAuth, SessionOwner, SignedIn, StaffClient},
};
use input::StaffUsername;
use wasm_bindgen_futures::spawn_local;

use super::{
    error::ApiError,
    http::{AbortToken, HttpResponse, send, sleep},
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
    let request = || staff::sign_in_request(client, username.as_str(), &hash);
    match client {
        StaffClient::SpiceV1(_) => {
            let mut response = call(config, request(), Some(signal)).await?;
            if response.status() == 500 {
                sleep(RACE_PAUSE).await;
                response = call(config, request(), Some(signal)).await?;
            }
            accept_token(config, client, response)
        }
        StaffClient::SpiceV2Mobile => {
            let response = call(config, request(), Some(signal)).await?;
            accept_token(config, client, response)
        }
        StaffClient::SpiceV2Web => by_cookie(config, client, request(), signal).await,
    }
}

/// Pause before the second attempt of a sign-in, in milliseconds. SPICE 1.x answers 500 to a right password
/// while another person signs in, and counts no failed attempt: the one case in which a sign-in is repeated.
const RACE_PAUSE: u32 = 1_000;

/// Sends a request to the staff service. Without a `signal`, leaving the page does not cancel it.
async fn call(
    config: &Config,
    request: Request,
    signal: Option<&AbortToken>,
) -> Result<HttpResponse, ApiError> {
    let base = config.staff.base_url.as_str();
    send(base, request, config.timeout(), signal).await
}

/// Reads a sign-in with a token. A token that comes with any error is revoked.
fn accept_token(
    config: &'static Config,
    client: &StaffClient,
    mut response: HttpResponse,
) -> Result<SignedIn, ApiError> {
    let (received, complete) = response.partial();
    let outcome = complete.and_then(|()| Ok(staff::read_sign_in(client, &received)?));
    if outcome.is_err()
        && let Some(token) = staff::read_bearer_token(&received)
    {
        revoke_in_background(config, client.clone(), token);
    }
    outcome
}

/// Signs in where the session is an `HttpOnly` cookie. Scripts cannot see whether one was set, so after any
/// failure, a missing response included, the session is signed out.
async fn by_cookie(
    config: &'static Config,
    client: &StaffClient,
    request: Request,
    signal: &AbortToken,
) -> Result<SignedIn, ApiError> {
    let (outcome, sign_out) = match call(config, request, Some(signal)).await {
        Err(error) => {
            let sent = error != ApiError::Offline;
            (Err(error), sent)
        }
        Ok(mut response) => {
            let (received, complete) = response.partial();
            match complete.and_then(|()| Ok(staff::read_sign_in(client, &received)?)) {
                Ok(signed_in) => confirm(config, signed_in, signal).await,
                Err(error) => (Err(error), received.status == 200),
            }
        }
    };
    if sign_out {
        revoke_in_background(config, client.clone(), SessionAuth::Cookie);
    }
    outcome
}

/// Confirms that the browser kept the cookie of this sign-in. Chromium drops a cookie without notice if it
/// is longer than 4,096 characters or for another domain, and sends the cookie of an earlier session
/// instead, if there is one.
///
/// Also returns whether the session has to be signed out: not if it is the earlier person's.
async fn confirm(
    config: &'static Config,
    signed_in: SignedIn,
    signal: &AbortToken,
) -> (Result<SignedIn, ApiError>, bool) {
    let not_kept = || Err(ServiceError::SessionNotKept.into());
    match probe_with(config, &signed_in, Some(signal)) {
        None => (Ok(signed_in), false),
        Some(probe) => match probe.await {
            Ok(Some(owner)) if owner.is_other_than(&signed_in.staff) => (not_kept(), false),
            // Outside SPICE's table every role is refused, in a valid session as well.
            Err(ApiError::Service(ServiceError::SessionOver))
                if staff::profile_is_allowed(&signed_in.staff) =>
            {
                (not_kept(), true)
            }
            result => {
                let confirmed = result.is_ok();
                let signed_in = SignedIn {
                    confirmed,
                    ..signed_in
                };
                (Ok(signed_in), false)
            }
        },
    }
}

/// Signs out a session that the portal does not use, without waiting for it.
fn revoke_in_background(config: &'static Config, client: StaffClient, auth: SessionAuth) {
    spawn_local(async move { drop(sign_out(config, &client, &auth, None).await) });
}

/// Ends a session on the server.
///
/// # Errors
/// As [`sign_out`].
pub async fn sign_out_of(config: &Config, session: &SignedIn) -> Result<(), ApiError> {
    let tenant = session.staff.tenant_id.as_ref();
    sign_out(config, &session.client, &session.auth, tenant).await
}

/// Revokes the token, or has the server clear its cookie, in two attempts. The person is signed out of the
/// portal in any case.
///
/// # Errors
/// [`ApiError`] of the second attempt.
pub async fn sign_out(
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

async fn revoke(
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

/// Asks the server for the owner of a session; `None` where no request can tell whether the session is
/// valid. The request is built at once, so that the future borrows nothing of the session.
///
/// The future fails with [`ServiceError::SessionOver`] for 401, which is the end of a session only where the
/// same probe succeeded before; any other [`ApiError`] says nothing about it.
pub fn probe(
    config: &'static Config,
    session: &SignedIn,
) -> Option<impl Future<Output = Result<Option<SessionOwner>, ApiError>> + use<>> {
    probe_with(config, session, None)
}

/// [`probe`], which the signal cancels.
fn probe_with<'a>(
    config: &'static Config,
    session: &SignedIn,
    signal: Option<&'a AbortToken>,
) -> Option<impl Future<Output = Result<Option<SessionOwner>, ApiError>> + use<'a>> {
    let request = staff::probe_request(session)?;
    Some(async move {
        let mut response = call(config, request, signal).await?;
        Ok(staff::read_probe(&response.complete()?)?)
    })
}

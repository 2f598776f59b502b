//! Staff sign-in, session and sign-out, against SPICE's auth-service and user-service.

mod calls;
mod cookie;

use ::config::Config;
use contract::{
    password::PasswordHash,
    reference::Call,
    staff::{self, SessionAuth, SessionOwner, SignedIn, StaffClient},
};
use input::StaffUsername;
use wasm_bindgen_futures::spawn_local;

use self::calls::{call, owner, sign_out};
use super::{
    error::{ApiError, Failure},
    http::{AbortToken, HttpResponse, sleep},
};

/// Signs in through one of the configured staff clients. The password does not leave this function; its
/// hash does.
///
/// # Errors
/// [`Failure`].
pub async fn sign_in(
    config: &'static Config,
    client: &StaffClient,
    username: StaffUsername,
    password: &str,
    signal: &AbortToken,
) -> Result<SignedIn, Failure> {
    let hash = PasswordHash::of(password, &config.staff.password_key);
    let username = match client {
        StaffClient::SpiceV1(_) => username,
        StaffClient::SpiceV2Web | StaffClient::SpiceV2Mobile => username.normalize_phone(),
    };
    let request = || staff::sign_in_request(client, username.as_str(), &hash);
    let send = || async {
        let response = call(config, request(), Some(signal)).await;
        response.map_err(|error| error.at(Call::StaffSignIn))
    };
    match client {
        StaffClient::SpiceV1(_) => {
            let mut response = send().await?;
            if staff::is_sign_in_race(&response.peek()) {
                sleep(RACE_PAUSE).await;
                response = send().await?;
            }
            accept_token(config, client, response)
        }
        StaffClient::SpiceV2Mobile => accept_token(config, client, send().await?),
        StaffClient::SpiceV2Web => {
            let request = request();
            cookie::sign_in(config, username, request, signal).await
        }
    }
}

/// Pause before the second attempt of a sign-in, in milliseconds. SPICE 1.x answers 500 to a right password
/// while another person signs in, and counts no failed attempt: the one case in which a sign-in is repeated.
const RACE_PAUSE: u32 = 1_000;

/// Reads a sign-in with a token. A token that comes with any error is revoked.
fn accept_token(
    config: &'static Config,
    client: &StaffClient,
    mut response: HttpResponse,
) -> Result<SignedIn, Failure> {
    let (received, complete) = response.partial();
    let outcome = complete.and_then(|()| Ok(staff::read_sign_in(client, &received)?));
    if outcome.is_err()
        && let Some(token) = staff::read_bearer_token(&received)
    {
        revoke_in_background(config, client.clone(), token);
    }
    outcome.map_err(|error| response.failure(Call::StaffSignIn, error))
}

/// Signs out a session that the portal does not use, without waiting for it.
fn revoke_in_background(config: &'static Config, client: StaffClient, auth: SessionAuth) {
    spawn_local(async move { drop(sign_out(config, &client, &auth, None).await) });
}

/// Ends a session on the server, without waiting for it. The cookie of another person, who signed in in
/// another tab, is left alone.
pub fn sign_out_in_background(config: &'static Config, mut session: SignedIn) {
    match session.auth {
        SessionAuth::Cookie => {
            let tenant = session.staff.tenant_id.take();
            let is_other = move |owner: &SessionOwner| owner.is_other_than(&session.staff);
            cookie::sign_out_in_background(config, tenant, Some(Box::new(is_other)));
        }
        SessionAuth::Token(_) => {
            spawn_local(async move { drop(sign_out_of(config, &session).await) });
        }
    }
}

/// Ends a session on the server with the first request, as a page does that is left.
///
/// # Errors
/// [`ApiError`] of the second attempt.
pub async fn sign_out_of(config: &Config, session: &SignedIn) -> Result<(), ApiError> {
    let tenant = session.staff.tenant_id.as_ref();
    sign_out(config, &session.client, &session.auth, tenant).await
}

/// Asks the server for the owner of a session; `None` where no request can tell whether the session is
/// valid. The request is built at once, so that the future borrows nothing of the session.
///
/// The future fails with [`SessionOver`](contract::service_error::ServiceError::SessionOver) for 401, which
/// is the end of a session only where the same probe succeeded before; any other [`ApiError`] says nothing
/// about it.
pub fn probe(
    config: &'static Config,
    session: &SignedIn,
) -> Option<impl Future<Output = Result<Option<SessionOwner>, ApiError>> + use<>> {
    let request = staff::probe_request(session)?;
    Some(owner(config, request))
}

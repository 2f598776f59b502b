//! Staff sign-in and sign-out, against SPICE's auth-service.

use contract::{
    password::PasswordHash,
    personal::Personal,
    request::Request,
    service_error::ServiceError,
    staff::{self, SessionAuth, SignedIn, StaffClient},
};
use input::StaffUsername;
use wasm_bindgen_futures::spawn_local;

use super::http::{Listener, send};
use crate::{config::Config, failure::Failure};

/// Signs in by one of the configured entrances. The password goes no further than its hash.
///
/// # Errors
/// [`Failure`], in the words of the person.
pub async fn sign_in(
    config: &'static Config,
    client: &StaffClient,
    username: StaffUsername,
    password: &str,
    signal: &Listener,
) -> Result<SignedIn, Failure> {
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
    signal: &Listener,
) -> Result<SignedIn, Failure> {
    let base = config.staff.base_url.as_str();
    let mut reply = send(base, request, config.timeout(), Some(signal)).await?;
    let (answer, whole) = reply.so_far();
    let outcome = whole.and_then(|()| Ok(staff::read_sign_in(&answer)?));
    if outcome.is_err()
        && let Some(token) = staff::read_bearer_token(&answer)
    {
        revoke_unseen(config, token);
    }
    outcome
}

/// Whoever is not let in must not leave a cookie either. Nobody here can see whether there is one, so
/// it is signed out wherever there may be: also when the answer never came.
async fn by_cookie(
    config: &'static Config,
    request: Request,
    signal: &Listener,
) -> Result<SignedIn, Failure> {
    let base = config.staff.base_url.as_str();
    let (outcome, may_have_cookie) = match send(base, request, config.timeout(), Some(signal)).await
    {
        Err(failure) => {
            let sent = failure != Failure::Offline;
            (Err(failure), sent)
        }
        Ok(mut reply) => {
            let (answer, whole) = reply.so_far();
            let read = whole.and_then(|()| Ok(staff::read_cookie_sign_in(&answer)?));
            (confirmed(config, read, signal).await, answer.status == 200)
        }
    };
    if outcome.is_err() && may_have_cookie {
        revoke_unseen(config, SessionAuth::Cookie);
    }
    outcome
}

/// That the browser keeps the cookie and sends it is half of being signed in, and only a call in the
/// session shows it: a browser that blocks the cookie would else let somebody in whom the service
/// does not know.
async fn confirmed(
    config: &Config,
    read: Result<SignedIn, Failure>,
    signal: &Listener,
) -> Result<SignedIn, Failure> {
    let signed_in = read?;
    match in_session(config, validate(&signed_in), Some(signal)).await {
        // "Not allowed" is said to somebody who is known.
        Ok(()) | Err(Failure::Refused(ServiceError::NotAllowed)) => Ok(signed_in),
        Err(Failure::Refused(ServiceError::SessionOver)) => Err(ServiceError::NotASignIn.into()),
        Err(failure) => Err(failure),
    }
}

/// The server has opened a session for somebody we do not let in. Nobody waits for its end.
fn revoke_unseen(config: &'static Config, auth: SessionAuth) {
    spawn_local(async move { drop(sign_out(config, &auth, None).await) });
}

/// Ends a session on the server: [`sign_out`] with what the answer said.
///
/// # Errors
/// As [`sign_out`].
pub async fn sign_out_of(config: &Config, session: &SignedIn) -> Result<(), Failure> {
    sign_out(config, &session.auth, session.staff.tenant_id.as_ref()).await
}

/// Revokes the token on the server, or has it take its cookie back. Tried twice; the person is signed
/// out here in any case.
///
/// # Errors
/// The second try's [`Failure`].
pub async fn sign_out(
    config: &Config,
    auth: &SessionAuth,
    tenant: Option<&Personal>,
) -> Result<(), Failure> {
    match revoke(config, auth, tenant).await {
        // A session that the server does not know is as good as revoked.
        Ok(()) | Err(Failure::Refused(ServiceError::SessionOver)) => Ok(()),
        Err(_) => revoke(config, auth, tenant).await,
    }
}

/// Asks the server whether a session still holds. The request is made at once, so that nothing of
/// the session is kept while the answer is on its way.
///
/// # Errors
/// [`ServiceError::SessionOver`] where it does not; any other [`Failure`] says nothing about it.
pub fn look_after(
    config: &'static Config,
    session: &SignedIn,
) -> impl Future<Output = Result<(), Failure>> + use<> {
    in_session(config, validate(session), None)
}

fn validate(session: &SignedIn) -> Request {
    let tenant = session.staff.tenant_id.as_ref().map(Personal::as_str);
    staff::validate_request(&session.auth, tenant)
}

async fn revoke(
    config: &Config,
    auth: &SessionAuth,
    tenant: Option<&Personal>,
) -> Result<(), Failure> {
    let method = config.staff.logout_method;
    let tenant = tenant.map(Personal::as_str);
    in_session(config, staff::sign_out_request(method, auth, tenant), None).await
}

/// Without a `signal`, leaving the page does not stop what is sent about a session.
async fn in_session(
    config: &Config,
    request: Request,
    signal: Option<&Listener>,
) -> Result<(), Failure> {
    let mut reply = send(
        config.staff.base_url.as_str(),
        request,
        config.timeout(),
        signal,
    )
    .await?;
    Ok(staff::read_session(&reply.answer()?)?)
}

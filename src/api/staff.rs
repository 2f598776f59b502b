//! Staff sign-in and sign-out, against SPICE's auth-service.

use ::config::Config;
use contract::{
    password::PasswordHash,
    personal::Personal,
    refusal::Refusal,
    request::Request,
    staff::{self, Client, Pass, SignedIn},
};
use input::StaffUsername;
use wasm_bindgen_futures::spawn_local;

use super::{
    error::ApiError,
    http::{AbortToken, send},
};

/// Signs in by one of the configured entrances. The password goes no further than its hash.
///
/// # Errors
/// [`ApiError`], in the words of the person.
pub async fn sign_in(
    config: &'static Config,
    client: &Client,
    username: StaffUsername,
    password: &str,
    signal: &AbortToken,
) -> Result<SignedIn, ApiError> {
    let hash = PasswordHash::of(password, &config.staff.password_key);
    let username = match client {
        Client::One(_) => username,
        Client::Web | Client::Mob => username.or_phone(),
    };
    let request = staff::sign_in_request(client, username.as_str(), &hash);
    match client {
        Client::One(_) | Client::Mob => by_token(config, request, signal).await,
        Client::Web => by_cookie(config, request, signal).await,
    }
}

async fn by_token(
    config: &'static Config,
    request: Request,
    signal: &AbortToken,
) -> Result<SignedIn, ApiError> {
    let base = config.staff.base_url.as_str();
    let mut reply = send(base, request, config.timeout(), Some(signal)).await?;
    let (answer, whole) = reply.partial();
    let outcome = whole.and_then(|()| Ok(staff::sign_in_answer(&answer)?));
    if outcome.is_err()
        && let Some(token) = staff::bearer(&answer)
    {
        revoke_in_background(config, token);
    }
    outcome
}

/// Whoever is not let in must not leave a cookie either. Nobody here can see whether there is one, so
/// it is signed out wherever there may be: also when the answer never came.
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
        Ok(mut reply) => {
            let (answer, whole) = reply.partial();
            let read = whole.and_then(|()| Ok(staff::cookie_answer(&answer)?));
            (confirmed(config, read, signal).await, answer.status == 200)
        }
    };
    if outcome.is_err() && may_have_cookie {
        revoke_in_background(config, Pass::Cookie);
    }
    outcome
}

/// That the browser keeps the cookie and sends it is half of being signed in, and only a call in the
/// session shows it: a browser that blocks the cookie would else let somebody in whom the service
/// does not know.
async fn confirmed(
    config: &Config,
    read: Result<SignedIn, ApiError>,
    signal: &AbortToken,
) -> Result<SignedIn, ApiError> {
    let signed_in = read?;
    match in_session(config, validate(&signed_in), Some(signal)).await {
        // "Not allowed" is said to somebody who is known.
        Ok(()) | Err(ApiError::Service(Refusal::NotAllowed)) => Ok(signed_in),
        Err(ApiError::Service(Refusal::SessionOver)) => Err(Refusal::NotASignIn.into()),
        Err(error) => Err(error),
    }
}

/// The server has opened a session for somebody we do not let in. Nobody waits for its end.
fn revoke_in_background(config: &'static Config, pass: Pass) {
    spawn_local(async move { drop(sign_out(config, &pass, None).await) });
}

/// Ends a session on the server: [`sign_out`] with what the answer said.
///
/// # Errors
/// As [`sign_out`].
pub async fn sign_out_of(config: &Config, session: &SignedIn) -> Result<(), ApiError> {
    sign_out(config, &session.pass, session.staff.tenant_id.as_ref()).await
}

/// Revokes the token on the server, or has it take its cookie back. Tried twice; the person is signed
/// out here in any case.
///
/// # Errors
/// The second try's [`ApiError`].
pub async fn sign_out(
    config: &Config,
    pass: &Pass,
    tenant: Option<&Personal>,
) -> Result<(), ApiError> {
    match revoke(config, pass, tenant).await {
        // A session that the server does not know is as good as revoked.
        Ok(()) | Err(ApiError::Service(Refusal::SessionOver)) => Ok(()),
        Err(_) => revoke(config, pass, tenant).await,
    }
}

/// Asks the server whether a session still holds. The request is made at once, so that nothing of
/// the session is kept while the answer is on its way.
///
/// # Errors
/// [`Refusal::SessionOver`] where it does not; any other [`ApiError`] says nothing about it.
pub fn validate_session(
    config: &'static Config,
    session: &SignedIn,
) -> impl Future<Output = Result<(), ApiError>> + use<> {
    in_session(config, validate(session), None)
}

fn validate(session: &SignedIn) -> Request {
    let tenant = session.staff.tenant_id.as_ref().map(Personal::as_str);
    staff::validate_request(&session.pass, tenant)
}

async fn revoke(config: &Config, pass: &Pass, tenant: Option<&Personal>) -> Result<(), ApiError> {
    let method = config.staff.logout_method;
    let tenant = tenant.map(Personal::as_str);
    in_session(config, staff::sign_out_request(method, pass, tenant), None).await
}

/// Without a `signal`, leaving the page does not stop what is sent about a session.
async fn in_session(
    config: &Config,
    request: Request,
    signal: Option<&AbortToken>,
) -> Result<(), ApiError> {
    let mut reply = send(
        config.staff.base_url.as_str(),
        request,
        config.timeout(),
        signal,
    )
    .await?;
    Ok(staff::session_answer(&reply.answer()?)?)
}

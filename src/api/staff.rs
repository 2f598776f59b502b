//! Staff sign-in and sign-out, against SPICE's auth-service.

use contract::{
    password::PasswordHash,
    personal::Personal,
    refusal::Refusal,
    request::Request,
    staff::{self, Bearer, SignedIn},
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
    client: &str,
    username: &StaffUsername,
    password: &str,
    signal: &Listener,
) -> Result<SignedIn, Failure> {
    let settings = &config.staff;
    let hash = PasswordHash::of(password, &settings.password_key);
    let request = staff::sign_in_request(client, username.as_str(), &hash);
    let mut reply = send(&settings.base_url, request, config.timeout(), Some(signal)).await?;
    let (answer, whole) = reply.so_far();
    let outcome = whole.and_then(|()| Ok(staff::sign_in_answer(&answer)?));
    if outcome.is_err()
        && let Some(bearer) = staff::bearer(&answer)
    {
        // The server has opened a session for somebody we do not let in. Nobody waits for its end.
        spawn_local(async move { drop(sign_out(config, &bearer, None).await) });
    }
    outcome
}

/// Ends a session on the server: [`sign_out`] with what the answer said.
///
/// # Errors
/// As [`sign_out`].
pub async fn sign_out_of(config: &Config, session: &SignedIn) -> Result<(), Failure> {
    sign_out(config, &session.bearer, session.staff.tenant_id.as_ref()).await
}

/// Revokes the token on the server. Tried twice; the person is signed out here in any case.
///
/// # Errors
/// The second try's [`Failure`].
pub async fn sign_out(
    config: &Config,
    bearer: &Bearer,
    tenant: Option<&Personal>,
) -> Result<(), Failure> {
    match revoke(config, bearer, tenant).await {
        // A token that the server does not know is as good as revoked.
        Ok(()) | Err(Failure::Refused(Refusal::SessionOver)) => Ok(()),
        Err(_) => revoke(config, bearer, tenant).await,
    }
}

/// Asks the server whether a session still holds. The request is made at once, so that nothing of
/// the session is kept while the answer is on its way.
///
/// # Errors
/// [`Refusal::SessionOver`] where it does not; any other [`Failure`] says nothing about it.
pub fn look_after(
    config: &'static Config,
    session: &SignedIn,
) -> impl Future<Output = Result<(), Failure>> + use<> {
    let tenant = session.staff.tenant_id.as_ref();
    in_session(
        config,
        staff::validate_request(&session.bearer, tenant.map(Personal::as_str)),
    )
}

async fn revoke(
    config: &Config,
    bearer: &Bearer,
    tenant: Option<&Personal>,
) -> Result<(), Failure> {
    let method = config.staff.logout_method;
    let tenant = tenant.map(Personal::as_str);
    in_session(config, staff::sign_out_request(method, bearer, tenant)).await
}

/// Leaving a page must not stop what is sent about a session.
async fn in_session(config: &Config, request: Request) -> Result<(), Failure> {
    let mut reply = send(&config.staff.base_url, request, config.timeout(), None).await?;
    Ok(staff::session_answer(&reply.answer()?)?)
}

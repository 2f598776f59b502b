//! Staff sign-in and sign-out, against SPICE's auth-service.

use contract::{
    password::PasswordHash,
    staff::{self, SignedIn},
};
use input::StaffUsername;

use super::http::{Abort, Signal, send};
use crate::{config::Config, failure::Failure};

/// Signs in by one of the configured entrances.
///
/// # Errors
/// [`Failure`], in the words of the person.
pub async fn sign_in(
    config: &Config,
    client: &str,
    username: &StaffUsername,
    hash: &PasswordHash,
    signal: &Signal,
) -> Result<SignedIn, Failure> {
    let request = staff::sign_in_request(client, username.as_str(), hash);
    let mut reply = send(
        &config.staff.base_url,
        request,
        config.timeout_seconds,
        signal,
    )
    .await?;
    Ok(staff::sign_in_answer(&reply.answer())?)
}

/// Revokes the token on the server. Tried twice; the person is signed out here in any case.
///
/// # Errors
/// The second try's [`Failure`].
pub async fn sign_out(config: &Config, session: &SignedIn) -> Result<(), Failure> {
    match revoke(config, session).await {
        Ok(()) => Ok(()),
        Err(_) => revoke(config, session).await,
    }
}

async fn revoke(config: &Config, session: &SignedIn) -> Result<(), Failure> {
    let settings = &config.staff;
    let tenant = session.staff.tenant_id.as_ref();
    let request = staff::sign_out_request(
        settings.logout_method,
        &session.bearer,
        tenant.map(contract::personal::Personal::as_str),
    );
    // Leaving a page must not stop this one.
    let abort = Abort::new();
    let mut reply = send(
        &settings.base_url,
        request,
        config.timeout_seconds,
        &abort.signal(),
    )
    .await?;
    Ok(staff::session_answer(&reply.answer())?)
}

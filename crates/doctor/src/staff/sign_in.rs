//! The sign-in of the test user, and what its response says.

use std::thread;
use std::time::Duration;

use contract::personal::Personal;
use contract::service_error::ServiceError;
use contract::staff::{
    SessionAuth, SignedIn, StaffClient, is_sign_in_race, read_bearer_token, read_sign_in,
    sign_in_request,
};

use super::limits;
use super::target::{Opened, Target};
use crate::credentials::StaffCredentials;
use crate::finding::{Finding, body};
use crate::http::{Client, HttpResponse, TransportError};
use crate::report::Section;
use crate::{cookie, cors, media_type};

/// The portal's pause before its second attempt of a sign-in.
const RACE_PAUSE: Duration = Duration::from_secs(1);

/// Signs the test user in and checks the response; `None` where none came.
pub(super) fn open(
    target: &Target<'_>,
    known: &StaffCredentials,
    section: &mut Section<'_>,
) -> Option<Opened> {
    const NAME: &str = "session.sign-in";
    const CALL: &str = "the sign-in of the test user";
    const WANTED: &str = "200, a token in the Authorization header, and the user as JSON";
    let http = target.http;
    let response = match sign_in(target, known) {
        Ok(response) => response,
        Err(error) => {
            section.fail_call(NAME, CALL, error.into());
            return None;
        }
    };
    cors::check_readable(http, &response, "cors.sign-in", target.by_cookie(), section);
    if response.status == 200 {
        if target.by_cookie() {
            cookie::check(http, &response, section);
        } else {
            exposed_token(http, &response, section);
        }
    }
    let (auth, cookie) = credential(target, &response);
    limits::check_response(&response, auth.as_ref(), section);
    let mut is_refused = false;
    let signed_in = match parse_sign_in(target.client, &response) {
        Ok(Ok(signed_in)) => {
            check_signed_in(&signed_in, section);
            media_type::check_json(&response, "session.type", section);
            Some(signed_in)
        }
        Ok(Err(ServiceError::NoPermission)) if target.is_one_of_several => {
            section.warn(
                NAME,
                "not checked: the test user may not sign in with this client",
                "run the doctor again with --client and a test user of this client",
            );
            None
        }
        Ok(Err(error)) => {
            is_refused = matches!(
                error,
                ServiceError::WrongCredentials
                    | ServiceError::AccountLocked(_)
                    | ServiceError::AccountDisabled(_)
            );
            let finding = Finding::unexpected(response.status, error, WANTED);
            section.fail_call(NAME, CALL, finding);
            None
        }
        Err(finding) => {
            section.fail_call(NAME, CALL, finding);
            None
        }
    };
    Some(Opened {
        auth,
        cookie,
        signed_in,
        is_refused,
    })
}

pub(super) fn parse_sign_in(
    client: &StaffClient,
    response: &HttpResponse,
) -> Result<Result<SignedIn, ServiceError>, Finding> {
    let answer = response.to_contract(body(response)?);
    Ok(read_sign_in(client, &answer))
}

/// Signs the test user in, a second time where another person's sign-in to SPICE 1.x got in the way.
fn sign_in(target: &Target<'_>, known: &StaffCredentials) -> Result<HttpResponse, TransportError> {
    let request = sign_in_request(target.client, known.username.as_str(), &known.hash);
    let response = target.http.send(&request)?;
    let is_race = matches!(target.client, StaffClient::SpiceV1(_))
        && is_sign_in_race(&response.to_contract(body(&response).unwrap_or_default()));
    if !is_race {
        return Ok(response);
    }
    thread::sleep(RACE_PAUSE);
    target.http.send(&request)
}

/// The token or the cookie of a response.
fn credential(
    target: &Target<'_>,
    response: &HttpResponse,
) -> (Option<SessionAuth>, Option<Personal>) {
    if target.by_cookie() {
        let cookie = cookie::session_cookie(response);
        (cookie.as_ref().map(|_| SessionAuth::Cookie), cookie)
    } else {
        let body = body(response).unwrap_or_default();
        (read_bearer_token(&response.to_contract(body)), None)
    }
}

fn exposed_token(client: &Client, response: &HttpResponse, section: &mut Section<'_>) {
    const NAME: &str = "cors.authorization";
    if client.cross_origin().is_none() {
        return;
    }
    if cors::exposes(client, response, "authorization") {
        section.pass(
            NAME,
            "the response exposes the Authorization header to the portal",
        );
    } else {
        section.fail(
            NAME,
            "the response does not expose the Authorization header, so the portal cannot read the token and \
             no sign-in succeeds",
            "add Authorization to Access-Control-Expose-Headers",
        );
    }
}

/// Reports what is missing in the response to a sign-in, without any of its values.
fn check_signed_in(signed_in: &SignedIn, section: &mut Section<'_>) {
    const NAME: &str = "session.sign-in";
    let staff = &signed_in.staff;
    if staff.roles.is_empty() {
        section.warn(
            NAME,
            "the sign-in of the test user succeeded, but the response has no role that the portal can read",
            "send `roles` as in the document's sample, a list of objects with a name",
        );
    } else if staff.tenant_id.is_none() {
        section.warn(
            NAME,
            "the sign-in of the test user succeeded, but the body has no tenantId, which later calls need",
            "send tenantId in the body: browsers do not expose the header TenantId",
        );
    } else {
        section.pass(
            NAME,
            "the sign-in of the test user succeeded, and the response is complete",
        );
    }
}

//! Checks of the staff service. Of the existing accounts only the test user's is used. It gets one wrong
//! password, after a successful sign-in has reset its count of failed attempts, so it cannot be locked.

mod session;

use std::thread;
use std::time::Duration;

use contract::password::PasswordHash;
use contract::personal::Personal;
use contract::request::{Body, Request};
use contract::service_error::ServiceError;
use contract::staff::{
    SessionAuth, SignedIn, StaffClient, is_sign_in_race, read_bearer_token, read_sign_in,
    sign_in_request,
};

use crate::cors::{self, PreflightedCall};
use crate::credentials::StaffCredentials;
use crate::finding::{Finding, body};
use crate::http::{Client, HttpResponse, TransportError};
use crate::plan::Plan;
use crate::report::Section;
use crate::{cookie, date_header, media_type, rate_limit, reachability};

/// A user name that cannot exist: `.invalid` is reserved (RFC 2606).
pub(crate) const UNKNOWN_USER: &str = "unknown@portal.invalid";

/// The portal's pause before its second attempt of a sign-in.
const RACE_PAUSE: Duration = Duration::from_secs(1);

/// Runs all checks of the staff service.
pub(crate) fn examine(plan: &Plan, client: &Client, section: &mut Section<'_>) {
    let blank = || client.send(&blank_request(&plan.client));
    let Some(first) = reachability::check(client, blank(), section) else {
        return;
    };
    date_header::check(&first, section);
    if cors::check_applies(client, section) {
        let cookies = plan.client == StaffClient::SpiceV2Web;
        let sign_in = PreflightedCall::of("cors.preflight", &blank_request(&plan.client));
        cors::check_preflight(client, &sign_in, section);
        cors::check_readable(client, &first, "cors.session", cookies, section);
        cors::check_retry_after(client, &first, section);
    }
    check_rejected(
        &plan.client,
        section,
        "session.blank",
        Ok(&first),
        ServiceError::BlankCredentials,
        "a sign-in with blank fields",
        "401 and \"No Username and / or Password Provided\"",
    );
    let unknown = client.send(&sign_in_request(
        &plan.client,
        UNKNOWN_USER,
        &PasswordHash::of("unknown", ""),
    ));
    check_rejected(
        &plan.client,
        section,
        "session.unknown",
        unknown.as_ref().map_err(|error| *error),
        ServiceError::WrongCredentials,
        "a sign-in of an unknown user",
        "401 and \"Invalid credentials\"",
    );
    if let Ok(response) = &unknown {
        media_type::check_json(response, "session.error-type", section);
    }
    session::check_unissued(plan, client, section);
    if let Some(known) = &plan.credentials.staff {
        known_user(plan, client, known, section);
    } else {
        made_up_preflights(plan, client, section);
        section.warn(
            "session.sign-in",
            "not checked: there is no test user",
            "set a test user's name and password in the environment; see --help",
        );
    }
    rate_limit::check(rate_limit::announces_limit(&first), blank, section);
}

/// A sign-in with blank fields, which belongs to no account and is still a complete call.
fn blank_request(client: &StaffClient) -> Request {
    let mut request = sign_in_request(client, "", &PasswordHash::of("", ""));
    if let Body::Form(fields) = &mut request.body {
        for (_, value) in fields {
            *value = Personal::default();
        }
    }
    request
}

fn parse_sign_in(
    client: &StaffClient,
    response: &HttpResponse,
) -> Result<Result<SignedIn, ServiceError>, Finding> {
    let answer = response.to_contract(body(response)?);
    Ok(read_sign_in(client, &answer))
}

/// Checks that a sign-in is rejected with the documented error.
fn check_rejected(
    client: &StaffClient,
    section: &mut Section<'_>,
    name: &str,
    response: Result<&HttpResponse, TransportError>,
    wanted: ServiceError,
    call: &str,
    documented: &str,
) {
    let finding = match response
        .map_err(Finding::from)
        .and_then(|response| parse_sign_in(client, response).map(|read| (response.status, read)))
    {
        Ok((status, Err(error))) if error == wanted => {
            section.pass(name, format!("{call} got status {status}, as documented"));
            return;
        }
        Ok((status, Err(error))) => Finding::unexpected(status, error, documented),
        Ok((_, Ok(_))) => Finding::new(
            "the response is a successful sign-in",
            "take the service off the network until it is known whose account that is",
        ),
        Err(finding) => finding,
    };
    section.fail_call(name, call, finding);
}

/// Checks the preflights of a session without having one.
fn made_up_preflights(plan: &Plan, client: &Client, section: &mut Section<'_>) {
    if let Some(made_up) = session::made_up(&plan.client) {
        session::check_preflights(plan, client, &made_up, section);
    }
}

fn known_user(plan: &Plan, client: &Client, known: &StaffCredentials, section: &mut Section<'_>) {
    const NAME: &str = "session.sign-in";
    const CALL: &str = "the sign-in of the test user";
    let username = known.username.as_str();
    let response = match sign_in(plan, client, known) {
        Ok(response) => response,
        Err(error) => {
            section.fail_call(NAME, CALL, error.into());
            return;
        }
    };
    let read = parse_sign_in(&plan.client, &response);
    let by_cookie = plan.client == StaffClient::SpiceV2Web;
    cors::check_readable(client, &response, "cors.sign-in", by_cookie, section);
    if response.status == 200 {
        if by_cookie {
            cookie::check(client, &response, section);
        } else {
            exposed_token(client, &response, section);
        }
    }
    // A response that is not a sign-in may contain a token, too; that session is ended as well.
    let (opened, cookie) = if by_cookie {
        let cookie = cookie::session_cookie(&response);
        (cookie.as_ref().map(|_| SessionAuth::Cookie), cookie)
    } else {
        let body = body(&response).unwrap_or_default();
        (read_bearer_token(&response.to_contract(body)), None)
    };
    let signed_in = match &read {
        Ok(Ok(signed_in)) => {
            check_signed_in(signed_in, section);
            media_type::check_json(&response, "session.type", section);
            session::check_preflights(plan, client, signed_in, section);
            Some(signed_in)
        }
        Ok(Err(error)) => {
            let finding = Finding::unexpected(
                response.status,
                *error,
                "200, a token in the Authorization header, and the user as JSON",
            );
            section.fail_call(NAME, CALL, finding);
            None
        }
        Err(finding) => {
            section.fail_call(NAME, CALL, finding.clone());
            None
        }
    };
    if signed_in.is_none() {
        made_up_preflights(plan, client, section);
    }
    if let Some(auth) = &opened {
        session::check(plan, client, auth, cookie, signed_in, section);
    }
    if matches!(read, Ok(Ok(_))) {
        let request = sign_in_request(&plan.client, username, &known.wrong_hash);
        check_rejected(
            &plan.client,
            section,
            "session.wrong-password",
            client.send(&request).as_ref().map_err(|error| *error),
            ServiceError::WrongCredentials,
            "a sign-in of the test user with a wrong password",
            "401 and \"Invalid credentials\"",
        );
    } else {
        section.warn(
            "session.wrong-password",
            "not checked: the sign-in of the test user failed, and more failed attempts would lock the account",
            "correct session.sign-in first",
        );
    }
}

/// Signs the test user in, a second time where another person's sign-in to SPICE 1.x got in the way.
fn sign_in(
    plan: &Plan,
    client: &Client,
    known: &StaffCredentials,
) -> Result<HttpResponse, TransportError> {
    let request = sign_in_request(&plan.client, known.username.as_str(), &known.hash);
    let response = client.send(&request)?;
    let is_race = matches!(plan.client, StaffClient::SpiceV1(_))
        && is_sign_in_race(&response.to_contract(body(&response).unwrap_or_default()));
    if !is_race {
        return Ok(response);
    }
    thread::sleep(RACE_PAUSE);
    client.send(&request)
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

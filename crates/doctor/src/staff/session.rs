//! Checks of a session: it is valid after the sign-in and not after the sign-out. Both are asked with the
//! portal's own probe, which SPICE allows to some roles only: a refusal means the end of a session only
//! where the same probe has succeeded before.

use contract::personal::Personal;
use contract::request::Request;
use contract::response::{Headers, Response};
use contract::service_error::ServiceError;
use contract::staff::{
    Role, SessionAuth, SignedIn, Staff, StaffClient, probe_request, profile_is_allowed,
    read_bearer_token, read_probe, read_session, sign_out_request, validate_request,
};

use super::target::{Opened, Target};
use crate::cookie;
use crate::cors::{self, PreflightedCall};
use crate::finding::{Finding, body};
use crate::http::{Client, HttpResponse, TransportError};
use crate::report::Section;

/// A token, and the value of a cookie, that no service has issued.
pub(super) const MADE_UP: &str = "made-up";

const CANNOT_BE_TOLD: &str = "cannot be told";

/// A session that no service has issued, of a role that the client admits.
pub(super) fn made_up(client: &StaffClient) -> Option<SignedIn> {
    made_up_with(client, MADE_UP)
}

/// The same, with this token.
fn made_up_with(client: &StaffClient, token: &str) -> Option<SignedIn> {
    let auth = match client {
        StaffClient::SpiceV2Web => SessionAuth::Cookie,
        StaffClient::SpiceV1(_) | StaffClient::SpiceV2Mobile => read_bearer_token(&Response {
            status: 200,
            headers: Headers {
                authorization: Some(Personal::from(format!("Bearer {token}"))),
                ..Headers::default()
            },
            body: b"",
        })?,
    };
    let role = match client {
        StaffClient::SpiceV1(name) if name.eq_ignore_ascii_case("spice mobile") => "PROVIDER",
        StaffClient::SpiceV1(name) if name.eq_ignore_ascii_case("spice web") => "REGION_ADMIN",
        _ => "",
    };
    let staff = Staff {
        tenant_id: Some(Personal::from("1")),
        roles: vec![Role {
            name: Some(Personal::from(role)),
            ..Role::default()
        }],
        ..Staff::default()
    };
    Some(SignedIn {
        staff,
        client: client.clone(),
        auth,
        confirmed: false,
    })
}

/// Checks the preflights of the calls that the portal makes in this session.
pub(super) fn check_preflights(
    target: &Target<'_>,
    signed_in: &SignedIn,
    section: &mut Section<'_>,
) {
    if target.http.cross_origin().is_none() {
        return;
    }
    if let Some(probe) = probe_request(signed_in) {
        let call = PreflightedCall::of("cors.preflight-probe", &probe);
        cors::check_preflight(target.http, &call, section);
    }
    let sign_out = sign_out(target, &signed_in.auth, Some(signed_in));
    let call = PreflightedCall::of("cors.preflight-logout", &sign_out);
    cors::check_preflight(target.http, &call, section);
}

fn sign_out(target: &Target<'_>, auth: &SessionAuth, signed_in: Option<&SignedIn>) -> Request {
    let tenant = signed_in.and_then(|signed_in| signed_in.staff.tenant_id.as_ref());
    let tenant = tenant.map(Personal::as_str);
    sign_out_request(target.client, auth, target.plan.logout_method, tenant)
}

/// The probe of a session with this token, or with this value of the cookie; `None` where it is no token.
pub(super) fn unissued_probe(
    client: &StaffClient,
    value: &str,
) -> Option<(Request, Option<Personal>)> {
    let made_up = made_up_with(client, value)?;
    // A client whose roles have no probe: any call of the user service must be refused.
    let request =
        probe_request(&made_up).unwrap_or_else(|| validate_request(client, &made_up.auth, None));
    let cookie = match made_up.auth {
        SessionAuth::Token(_) => None,
        SessionAuth::Cookie => Some(cookie::unissued(value)),
    };
    Some((request, cookie))
}

/// Checks that a token or cookie that the service has not issued is rejected. Returns the status.
pub(super) fn check_unissued(target: &Target<'_>, section: &mut Section<'_>) -> Option<u16> {
    let (request, cookie) = unissued_probe(target.client, MADE_UP)?;
    let credential = match cookie {
        None => "a made-up token",
        Some(_) => "a made-up cookie",
    };
    let response = target.http.send_with_cookie(&request, cookie.as_ref());
    let status = response.as_ref().ok().map(|response| response.status);
    check_rejected(response, "validate.no-session", credential, section);
    status
}

/// Checks that the response to a probe with an invalid token or cookie is a 401.
fn check_rejected(
    response: Result<HttpResponse, TransportError>,
    name: &str,
    credential: &str,
    section: &mut Section<'_>,
) {
    const WANTED: &str = "401";
    match status(response) {
        Ok((status, Err(ServiceError::SessionOver))) => {
            section.pass(
                name,
                format!("validation with {credential} got status {status}, as documented"),
            );
        }
        Ok((_, Ok(()))) => section.fail(
            name,
            format!("validation with {credential} succeeded, so it is accepted as a session"),
            "check every token and cookie in the service, and invalidate it at the sign-out",
        ),
        Ok((status, Err(error))) => {
            let finding = Finding::unexpected(status, error, WANTED);
            section.warn(
                name,
                format!("validation with {credential}: {}", finding.found),
                finding.advice,
            );
        }
        Err(finding) => {
            section.fail_call(name, &format!("validation with {credential}"), finding);
        }
    }
}

/// The status of a response within a session, and the result of reading it.
fn status(
    response: Result<HttpResponse, TransportError>,
) -> Result<(u16, Result<(), ServiceError>), Finding> {
    let response = response?;
    let read = read_session(&response.to_contract(body(&response)?));
    Ok((response.status, read))
}

/// Uses a session, ends it, and checks that it is no longer accepted.
pub(super) fn check(target: &Target<'_>, opened: Opened, section: &mut Section<'_>) {
    let Some(used) = use_once(target, opened, section) else {
        return;
    };
    let after = match &used.opened.signed_in {
        Some(signed_in) if used.valid => ask(target, signed_in, used.opened.cookie.as_ref()),
        _ => None,
    };
    check_ended(&used.auth, used.signed_out, after, section);
}

/// A session that was used and ended.
pub(super) struct Used {
    auth: SessionAuth,
    opened: Opened,
    valid: bool,
    signed_out: bool,
}

/// Uses a session once, and ends it; `None` where there is none.
pub(super) fn use_once(
    target: &Target<'_>,
    mut opened: Opened,
    section: &mut Section<'_>,
) -> Option<Used> {
    let auth = opened.auth.take()?;
    let valid = use_session(
        target,
        &mut opened.cookie,
        opened.signed_in.as_ref(),
        section,
    );
    let request = sign_out(target, &auth, opened.signed_in.as_ref());
    let signed_out = check_sign_out(target.http, &request, opened.cookie.as_ref(), section);
    Some(Used {
        auth,
        opened,
        valid,
        signed_out,
    })
}

/// The response to the probe of a session, if its role has one.
fn ask(
    target: &Target<'_>,
    signed_in: &SignedIn,
    cookie: Option<&Personal>,
) -> Option<Result<HttpResponse, TransportError>> {
    let request = probe_request(signed_in)?;
    Some(target.http.send_with_cookie(&request, cookie))
}

/// Checks a session by its probe, which may renew the cookie. Returns `true` if it is valid.
fn use_session(
    target: &Target<'_>,
    cookie: &mut Option<Personal>,
    signed_in: Option<&SignedIn>,
    section: &mut Section<'_>,
) -> bool {
    let Some(signed_in) = signed_in else {
        return false;
    };
    let response = ask(target, signed_in, cookie.as_ref());
    // The user service of SPICE 2.0 renews the cookie.
    if let Some(Ok(response)) = &response
        && cookie.is_some()
    {
        *cookie = cookie::session_cookie(response).or(cookie.take());
    }
    check_valid(signed_in, response, section)
}

/// Checks the probe of a session that has just begun. Returns `true` if it succeeded.
fn check_valid(
    signed_in: &SignedIn,
    response: Option<Result<HttpResponse, TransportError>>,
    section: &mut Section<'_>,
) -> bool {
    const NAME: &str = "validate.session";
    const CALL: &str = "the validation of the session";
    const ANOTHER_ROLE: &str = "nothing, if the role is meant; to check the session, give a test user with \
        another role";
    let Some(response) = response else {
        section.warn(
            NAME,
            format!(
                "{CANNOT_BE_TOLD}: no call of SPICE 1.x says whether a session of the test user's role is \
                 valid"
            ),
            ANOTHER_ROLE,
        );
        return false;
    };
    let read = response.map_err(Finding::from).and_then(|response| {
        let read = read_probe(&response.to_contract(body(&response)?));
        Ok((response.status, read))
    });
    let is_table_role = match signed_in.client {
        StaffClient::SpiceV1(_) => true,
        StaffClient::SpiceV2Web | StaffClient::SpiceV2Mobile => {
            profile_is_allowed(&signed_in.staff)
        }
    };
    match read {
        Ok((_, Ok(Some(owner)))) if owner.is_other_than(&signed_in.staff) => section.fail(
            NAME,
            format!("{CALL} names another person than the one who signed in"),
            "check that no cache and no gateway answers in place of the service",
        ),
        Ok((status, Ok(_))) => {
            section.pass(NAME, format!("{CALL} got status {status}, as documented"));
            return true;
        }
        Ok((401, Err(_))) if !is_table_role => section.warn(
            NAME,
            format!(
                "{CANNOT_BE_TOLD}: the response has status 401, as SPICE 2.0 answers in a valid session of \
                 a role that is not in its table"
            ),
            ANOTHER_ROLE,
        ),
        Ok((status, Err(error))) => {
            section.fail_call(NAME, CALL, Finding::unexpected(status, error, "200"));
        }
        Err(finding) => section.fail_call(NAME, CALL, finding),
    }
    false
}

/// Signs out. Returns `true` if the service accepted it.
fn check_sign_out(
    http: &Client,
    request: &Request,
    cookie: Option<&Personal>,
    section: &mut Section<'_>,
) -> bool {
    const NAME: &str = "logout";
    const CALL: &str = "the sign-out";
    let response = http.send_with_cookie(request, cookie);
    if let (Ok(response), Some(_)) = (&response, cookie) {
        cookie::check_expired(response, section);
    }
    match status(response) {
        Ok((status, Ok(()))) => {
            section.pass(NAME, format!("{CALL} got status {status}, as documented"));
            return true;
        }
        Ok((status, Err(error))) => {
            section.fail_call(NAME, CALL, Finding::unexpected(status, error, "200"));
        }
        Err(finding) => section.fail_call(NAME, CALL, finding),
    }
    false
}

/// Checks that a session ended with its sign-out. `after` is the probe that succeeded before, asked again.
fn check_ended(
    auth: &SessionAuth,
    signed_out: bool,
    after: Option<Result<HttpResponse, TransportError>>,
    section: &mut Section<'_>,
) {
    const NAME: &str = "logout.ends";
    let credential = match auth {
        SessionAuth::Token(_) => "the token of an ended session",
        SessionAuth::Cookie => "the cookie of an ended session",
    };
    match after {
        None => section.warn(
            NAME,
            format!(
                "{CANNOT_BE_TOLD}: no validation of the session succeeded before the sign-out, so a refusal \
                 after it says nothing"
            ),
            "see validate.session",
        ),
        Some(Ok(response)) if !signed_out && response.status != 200 => section.warn(
            NAME,
            format!("{CANNOT_BE_TOLD}: the sign-out itself failed"),
            "correct logout first",
        ),
        Some(response) => check_rejected(response, NAME, credential, section),
    }
}

//! Checks of the staff service. Of the existing accounts only the test user's is used. It gets one wrong
//! password, after a successful sign-in has reset its count of failed attempts, so it cannot be locked.

use contract::password::PasswordHash;
use contract::personal::Personal;
use contract::request::{Body, Method, Request};
use contract::response::{Headers, Response};
use contract::service_error::ServiceError;
use contract::staff::{
    SessionAuth, SignedIn, StaffClient, probe_request, profile_request, read_bearer_token,
    read_session, read_sign_in, sign_in_request, sign_out_request, validate_request,
};

use crate::cors::{self, PreflightedCall};
use crate::credentials::StaffCredentials;
use crate::finding::{Finding, body};
use crate::http::{Client, HttpResponse, TransportError};
use crate::plan::Plan;
use crate::report::Section;
use crate::{cookie, date_header, media_type, rate_limit, reachability};

/// A user name that cannot exist: `.invalid` is reserved (RFC 2606).
const UNKNOWN_USER: &str = "unknown@portal.invalid";

/// Runs all checks of the staff service.
pub(crate) fn examine(plan: &Plan, client: &Client, section: &mut Section<'_>) {
    let blank = || client.send(&blank_request(&plan.client));
    let Some(first) = reachability::check(client, blank(), section) else {
        return;
    };
    date_header::check(&first, section);
    if cors::check_applies(client, section) {
        let cookies = plan.client == StaffClient::SpiceV2Web;
        let sign_in = PreflightedCall {
            name: "cors.preflight",
            path: "/auth-service/session",
            method: Method::Post,
            headers: &["client"],
            cookies,
        };
        let in_session = PreflightedCall {
            name: "cors.preflight-session",
            path: "/auth-service/logout",
            method: plan.logout_method,
            headers: if cookies {
                &["tenantid"]
            } else {
                &["authorization", "tenantid"]
            },
            cookies,
        };
        cors::check_preflight(client, &sign_in, section);
        cors::check_preflight(client, &in_session, section);
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
    unissued_session(plan, client, section);
    if let Some(known) = &plan.credentials.staff {
        known_user(plan, client, known, section);
    } else {
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

/// The request that checks a session, whatever the role.
fn probe(client: &StaffClient, auth: &SessionAuth, tenant: Option<&str>) -> Request {
    match client {
        StaffClient::SpiceV1(_) => validate_request(client, auth, tenant),
        StaffClient::SpiceV2Web | StaffClient::SpiceV2Mobile => {
            profile_request(client, auth, tenant)
        }
    }
}

/// Checks that a token or cookie that the service has not issued is rejected.
fn unissued_session(plan: &Plan, client: &Client, section: &mut Section<'_>) {
    const NAME: &str = "validate.no-session";
    if plan.client == StaffClient::SpiceV2Web {
        let response = client.send_with_cookie(
            &probe(&plan.client, &SessionAuth::Cookie, None),
            Some(&cookie::unissued()),
        );
        return check_session_rejected(response, NAME, "a made-up cookie", section);
    }
    let made_up = Response {
        status: 200,
        headers: Headers {
            authorization: Some(Personal::from("Bearer made-up")),
            retry_after: None,
        },
        body: b"",
    };
    if let Some(token) = read_bearer_token(&made_up) {
        let response = client.send(&probe(&plan.client, &token, None));
        check_session_rejected(response, NAME, "a made-up token", section);
    }
}

/// Checks that the response to a validation with an invalid token or cookie is a 401.
fn check_session_rejected(
    response: Result<HttpResponse, TransportError>,
    name: &str,
    credential: &str,
    section: &mut Section<'_>,
) {
    const WANTED: &str = "401";
    match session_status(response) {
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
fn session_status(
    response: Result<HttpResponse, TransportError>,
) -> Result<(u16, Result<(), ServiceError>), Finding> {
    let response = response?;
    let read = read_session(&response.to_contract(body(&response)?));
    Ok((response.status, read))
}

fn known_user(plan: &Plan, client: &Client, known: &StaffCredentials, section: &mut Section<'_>) {
    const NAME: &str = "session.sign-in";
    const CALL: &str = "the sign-in of the test user";
    let username = known.username.as_str();
    let response = match client.send(&sign_in_request(&plan.client, username, &known.hash)) {
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
    let tenant = match &read {
        Ok(Ok(signed_in)) => {
            check_signed_in(signed_in, section);
            media_type::check_json(&response, "session.type", section);
            signed_in.staff.tenant_id.as_ref().map(Personal::as_str)
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
    if let Some(auth) = &opened {
        let probe = read
            .as_ref()
            .ok()
            .and_then(|read| probe_request(read.as_ref().ok()?));
        use_session(plan, client, auth, cookie.as_ref(), tenant, probe, section);
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

/// Uses a session, ends it, and checks that it is no longer accepted.
fn use_session(
    plan: &Plan,
    client: &Client,
    auth: &SessionAuth,
    cookie: Option<&Personal>,
    tenant: Option<&str>,
    probe: Option<Request>,
    section: &mut Section<'_>,
) {
    const WANTED: &str = "200";
    let calls = [
        (
            "validate.session",
            probe.unwrap_or_else(|| self::probe(&plan.client, auth, tenant)),
            "the validation of the session",
        ),
        (
            "logout",
            sign_out_request(&plan.client, auth, plan.logout_method, tenant),
            "the sign-out",
        ),
    ];
    for (name, request, call) in calls {
        let response = client.send_with_cookie(&request, cookie);
        if let (Ok(response), Some(_), "logout") = (&response, cookie, name) {
            cookie::check_expired(response, section);
        }
        match session_status(response) {
            Ok((status, Ok(()))) => {
                section.pass(name, format!("{call} got status {status}, as documented"));
            }
            Ok((status, Err(error))) => {
                let finding = Finding::unexpected(status, error, WANTED);
                section.fail_call(name, call, finding);
            }
            Err(finding) => section.fail_call(name, call, finding),
        }
    }
    let after = client.send_with_cookie(&self::probe(&plan.client, auth, tenant), cookie);
    check_session_rejected(
        after,
        "logout.ends",
        match auth {
            SessionAuth::Token(_) => "the token of an ended session",
            SessionAuth::Cookie => "the cookie of an ended session",
        },
        section,
    );
}

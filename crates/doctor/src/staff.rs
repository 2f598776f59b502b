//! The staff service. No account that exists is tried but the one in the environment, and that one
//! with one wrong password, after the right one has set its count of wrong ones back: it cannot lock.

use contract::password::PasswordHash;
use contract::personal::Personal;
use contract::request::{Body, Method, Request};
use contract::response::{Headers, Response};
use contract::service_error::ServiceError;
use contract::staff::{
    SessionAuth, SignedIn, StaffClient, read_bearer_token, read_cookie_sign_in, read_session,
    read_sign_in, sign_in_request, sign_out_request, validate_request,
};

use crate::cors::{self, Asked};
use crate::credentials::StaffCredentials;
use crate::http::{Client, Reply, Trouble};
use crate::plan::Plan;
use crate::reading::{Finding, body};
use crate::report::Section;
use crate::{clock, cookie, media, rate_limit, reach};

/// `.invalid` never names anybody (RFC 2606).
const NOBODY: &str = "nobody@portal.invalid";

pub(crate) fn examine(plan: &Plan, client: &Client, section: &mut Section<'_>) {
    let blank = || client.send(&blank_request(&plan.client));
    let Some(first) = reach::check(client, blank(), section) else {
        return;
    };
    clock::check(&first, section);
    if cors::matters(client, section) {
        let cookies = plan.client == StaffClient::SpiceV2Web;
        let sign_in = Asked {
            name: "cors.preflight",
            path: "/auth-service/session",
            method: Method::Post,
            headers: &["client"],
            cookies,
        };
        let in_session = Asked {
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
        cors::preflight(client, &sign_in, section);
        cors::preflight(client, &in_session, section);
        cors::readable(client, &first, "cors.session", cookies, section);
        cors::retry_after(client, &first, section);
    }
    expect(
        &plan.client,
        section,
        "session.blank",
        Ok(&first),
        ServiceError::BlankCredentials,
        "a form with blank fields",
        "401 and \"No Username and / or Password Provided\"",
    );
    let unknown = client.send(&sign_in_request(
        &plan.client,
        NOBODY,
        &PasswordHash::of("nobody", ""),
    ));
    expect(
        &plan.client,
        section,
        "session.unknown",
        unknown.as_ref().map_err(|trouble| *trouble),
        ServiceError::WrongCredentials,
        "an unknown user",
        "401 and \"Invalid credentials\"",
    );
    if let Ok(reply) = &unknown {
        media::json(reply, "session.error-type", section);
    }
    without_session(plan, client, section);
    if let Some(known) = &plan.credentials.staff {
        known_user(plan, client, known, section);
    } else {
        section.warn(
            "session.sign-in",
            "not looked at: nobody to sign in as",
            "set a test user's name and password in the environment; see --help",
        );
    }
    rate_limit::look(rate_limit::announced(&first), blank, section);
}

/// A sign-in with nothing in it: it asks the most of the service without asking for anybody.
fn blank_request(entrance: &StaffClient) -> Request {
    let mut request = sign_in_request(entrance, "", &PasswordHash::of("", ""));
    if let Body::Form(fields) = &mut request.body {
        for (_, value) in fields {
            *value = Personal::default();
        }
    }
    request
}

fn sign_in(
    entrance: &StaffClient,
    reply: &Reply,
) -> Result<Result<SignedIn, ServiceError>, Finding> {
    let answer = reply.answer(body(reply)?);
    Ok(match entrance {
        StaffClient::SpiceV2Web => read_cookie_sign_in(&answer),
        StaffClient::SpiceV1(_) | StaffClient::SpiceV2Mobile => read_sign_in(&answer),
    })
}

/// Checks that a sign-in is refused in the documented way.
fn expect(
    entrance: &StaffClient,
    section: &mut Section<'_>,
    name: &str,
    reply: Result<&Reply, Trouble>,
    wanted: ServiceError,
    what: &str,
    documented: &str,
) {
    let finding = match reply
        .map_err(Finding::from)
        .and_then(|reply| sign_in(entrance, reply).map(|read| (reply.status, read)))
    {
        Ok((status, Err(refusal))) if refusal == wanted => {
            section.pass(name, format!("{what} is answered {status} as documented"));
            return;
        }
        Ok((status, Err(refusal))) => Finding::unexpected(status, refusal, documented),
        Ok((_, Ok(_))) => Finding::new(
            format!("{what} was let in"),
            "take the service off the network until it is known who was let in",
        ),
        Err(finding) => finding,
    };
    section.fail(name, format!("{what}: {}", finding.found), finding.advice);
}

/// A token that nobody gave out must not be a session, nor a cookie.
fn without_session(plan: &Plan, client: &Client, section: &mut Section<'_>) {
    const NAME: &str = "validate.no-session";
    if plan.client == StaffClient::SpiceV2Web {
        let reply = client.send_with(
            &validate_request(&SessionAuth::Cookie, None),
            Some(&cookie::made_up()),
        );
        return over(reply, NAME, "a made-up cookie", section);
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
        let reply = client.send(&validate_request(&token, None));
        over(reply, NAME, "a made-up token", section);
    }
}

/// Checks that a token is not good, or not any more.
fn over(reply: Result<Reply, Trouble>, name: &str, what: &str, section: &mut Section<'_>) {
    const WANTED: &str = "401";
    match in_session(reply) {
        Ok((status, Err(ServiceError::SessionOver))) => {
            section.pass(name, format!("{what} is answered {status}"));
        }
        Ok((_, Ok(()))) => section.fail(
            name,
            format!("{what} is taken for a session"),
            "let the service check every token, and forget it at sign-out",
        ),
        Ok((status, Err(refusal))) => {
            let finding = Finding::unexpected(status, refusal, WANTED);
            section.warn(name, format!("{what}: {}", finding.found), finding.advice);
        }
        Err(finding) => section.fail(name, format!("{what}: {}", finding.found), finding.advice),
    }
}

fn in_session(reply: Result<Reply, Trouble>) -> Result<(u16, Result<(), ServiceError>), Finding> {
    let reply = reply?;
    let read = read_session(&reply.answer(body(&reply)?));
    Ok((reply.status, read))
}

fn known_user(plan: &Plan, client: &Client, known: &StaffCredentials, section: &mut Section<'_>) {
    const NAME: &str = "session.sign-in";
    let username = known.username.as_str();
    let reply = match client.send(&sign_in_request(&plan.client, username, &known.hash)) {
        Ok(reply) => reply,
        Err(trouble) => {
            section.fail(NAME, trouble.to_string(), trouble.advice());
            return;
        }
    };
    let read = sign_in(&plan.client, &reply);
    let by_cookie = plan.client == StaffClient::SpiceV2Web;
    cors::readable(client, &reply, "cors.sign-in", by_cookie, section);
    if reply.status == 200 {
        if by_cookie {
            cookie::check(client, &reply, section);
        } else {
            exposed_token(client, &reply, section);
        }
    }
    // A token may have come with an answer that is no sign-in: that session, too, is ended.
    let (opened, cookie) = if by_cookie {
        let cookie = cookie::of(&reply);
        (cookie.as_ref().map(|_| SessionAuth::Cookie), cookie)
    } else {
        let body = body(&reply).unwrap_or_default();
        (read_bearer_token(&reply.answer(body)), None)
    };
    let tenant = match &read {
        Ok(Ok(signed_in)) => {
            signed_in_well(signed_in, section);
            media::json(&reply, "session.type", section);
            signed_in.staff.tenant_id.as_ref().map(Personal::as_str)
        }
        Ok(Err(refusal)) => {
            let finding = Finding::unexpected(
                reply.status,
                *refusal,
                "200, a token in the Authorization header, and the user as JSON",
            );
            section.fail(NAME, finding.found, finding.advice);
            None
        }
        Err(finding) => {
            section.fail(NAME, finding.found.as_str(), finding.advice.as_str());
            None
        }
    };
    if let Some(auth) = &opened {
        session(plan, client, auth, cookie.as_ref(), tenant, section);
    }
    if matches!(read, Ok(Ok(_))) {
        let request = sign_in_request(&plan.client, username, &known.wrong_hash);
        expect(
            &plan.client,
            section,
            "session.wrong-password",
            client.send(&request).as_ref().map_err(|trouble| *trouble),
            ServiceError::WrongCredentials,
            "a wrong password",
            "401 and \"Invalid credentials\"",
        );
    } else {
        section.warn(
            "session.wrong-password",
            "not tried: the right password did not sign in, and wrong ones lock the account",
            "see session.sign-in",
        );
    }
}

fn exposed_token(client: &Client, reply: &Reply, section: &mut Section<'_>) {
    const NAME: &str = "cors.authorization";
    if client.foreign_origin().is_none() {
        return;
    }
    if cors::exposes(client, reply, "authorization") {
        section.pass(NAME, "the portal may read the token's header");
    } else {
        section.fail(
            NAME,
            "the portal may not read the Authorization header, so nobody can sign in",
            "add Authorization to Access-Control-Expose-Headers",
        );
    }
}

/// Says what is there, and never what is in it.
fn signed_in_well(signed_in: &SignedIn, section: &mut Section<'_>) {
    const NAME: &str = "session.sign-in";
    let staff = &signed_in.staff;
    if staff.roles.is_empty() {
        section.warn(
            NAME,
            "the test user is signed in, but has no role that could be read",
            "compare `roles` with the document's sample: a list of objects with a name",
        );
    } else if staff.tenant_id.is_none() {
        section.warn(
            NAME,
            "the test user is signed in, but the body has no tenantId",
            "send it: the header TenantId is not readable for a browser, and later calls need it",
        );
    } else {
        section.pass(
            NAME,
            "the test user is signed in, and the answer can be read",
        );
    }
}

/// Uses a session and ends it.
fn session(
    plan: &Plan,
    client: &Client,
    auth: &SessionAuth,
    cookie: Option<&Personal>,
    tenant: Option<&str>,
    section: &mut Section<'_>,
) {
    const WANTED: &str = "200";
    let calls = [
        (
            "validate.session",
            validate_request(auth, tenant),
            "the session holds",
        ),
        (
            "logout",
            sign_out_request(plan.logout_method, auth, tenant),
            "the session was ended",
        ),
    ];
    for (name, request, found) in calls {
        let reply = client.send_with(&request, cookie);
        if let (Ok(reply), Some(_), "logout") = (&reply, cookie, name) {
            cookie::check_gone(reply, section);
        }
        match in_session(reply) {
            Ok((_, Ok(()))) => section.pass(name, found),
            Ok((status, Err(refusal))) => {
                let finding = Finding::unexpected(status, refusal, WANTED);
                section.fail(name, finding.found, finding.advice);
            }
            Err(finding) => section.fail(name, finding.found, finding.advice),
        }
    }
    let after = client.send_with(&validate_request(auth, tenant), cookie);
    over(
        after,
        "logout.ends",
        match auth {
            SessionAuth::Token(_) => "the token of an ended session",
            SessionAuth::Cookie => "the cookie of an ended session",
        },
        section,
    );
}

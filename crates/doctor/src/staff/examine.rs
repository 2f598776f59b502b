//! The order of the checks, and those that need no session.

use contract::password::PasswordHash;
use contract::service_error::ServiceError;
use contract::staff::{StaffClient, sign_in_request};

use super::sign_in::parse_sign_in;
use super::target::{Target, UNKNOWN_USER, blank_request};
use super::{limits, origin, session, sign_in};
use crate::cors::{self, PreflightedCall};
use crate::credentials::StaffCredentials;
use crate::finding::Finding;
use crate::http::{Client, HttpResponse, TransportError};
use crate::plan::Plan;
use crate::report::{Report, Section};
use crate::{date_header, media_type, rate_limit, reachability};

const SERVICE: &str = "staff";

/// Runs all checks of the staff service, those of a session for each client of the plan.
pub(crate) fn examine(plan: &Plan, http: &Client, report: &mut Report) {
    let targets = || {
        plan.clients.iter().map(|client| Target {
            plan,
            client,
            is_one_of_several: plan.clients.len() > 1,
            http,
        })
    };
    let Some(target) = targets().next() else {
        return;
    };
    let blank = || http.send(&blank_request(target.client));
    let section = &mut report.section(SERVICE);
    let Some(first) = reachability::check(http, blank(), section) else {
        return;
    };
    date_header::check(&first, section);
    let is_cross_origin = cors::check_applies(http, section);
    if is_cross_origin {
        cors::check_retry_after(http, &first, section);
    }
    let announces_limit = rate_limit::announces_limit(&first);
    let mut first = Some(Ok(first));
    let mut signed_in = None;
    let mut is_refused = false;
    for target in targets() {
        let section = &mut report.section(SERVICE).of_client(target.client.as_str());
        let response = first
            .take()
            .unwrap_or_else(|| http.send(&blank_request(target.client)));
        without_account(&target, response, section);
        match &plan.credentials.staff {
            Some(_) if is_refused => {
                made_up_preflights(&target, section);
                section.warn(
                    "session.sign-in",
                    "not checked: the sign-in with another client was refused, and each further attempt counts",
                    "set the test user's password, or unlock the account",
                );
            }
            Some(known) => match known_user(&target, known, section) {
                Known::SignedIn => {
                    signed_in.get_or_insert(target.client);
                }
                Known::Refused => is_refused = true,
                Known::NotSignedIn => {}
            },
            None => {
                made_up_preflights(&target, section);
                section.warn(
                    "session.sign-in",
                    "not checked: there is no test user",
                    "set a test user's name and password in the environment; see --help",
                );
            }
        }
    }
    if let Some(known) = &plan.credentials.staff {
        let client = signed_in.unwrap_or(target.client);
        let section = &mut report.section(SERVICE).of_client(client.as_str());
        wrong_password(&target, signed_in, known, section);
    }
    rate_limit::check(announces_limit, blank, &mut report.section(SERVICE));
}

/// Signs the test user in with the first client of the plan, asks for the session once, and signs out.
pub(crate) fn probe(plan: &Plan, http: &Client, known: &StaffCredentials, report: &mut Report) {
    let Some(client) = plan.clients.first() else {
        return;
    };
    let target = Target {
        plan,
        client,
        is_one_of_several: false,
        http,
    };
    let section = &mut report.section(SERVICE).of_client(client.as_str());
    if let Some(opened) = sign_in::open(&target, known, section) {
        session::use_once(&target, opened, section);
    }
}

/// The checks of a client that need no account. `blank` is the response to a sign-in with blank fields.
fn without_account(
    target: &Target<'_>,
    blank: Result<HttpResponse, TransportError>,
    section: &mut Section<'_>,
) {
    if let Ok(blank) = &blank {
        let sign_in = PreflightedCall::of("cors.preflight", &blank_request(target.client));
        cors::check_preflight(target.http, &sign_in, section);
        cors::check_readable(
            target.http,
            blank,
            "cors.session",
            target.by_cookie(),
            section,
        );
    }
    check_rejected(
        target.client,
        section,
        "session.blank",
        blank.as_ref().map_err(|error| *error),
        ServiceError::BlankCredentials,
        "a sign-in with blank fields",
        "401 and \"No Username and / or Password Provided\"",
    );
    let unknown = target.http.send(&sign_in_request(
        target.client,
        UNKNOWN_USER,
        &PasswordHash::of("unknown", ""),
    ));
    check_rejected(
        target.client,
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
    if let Ok(blank) = &blank {
        origin::check_own(target, blank, section);
    }
    origin::check_foreign(target, section);
    if let Some(short) = session::check_unissued(target, section) {
        limits::check_request(target, short, section);
    }
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
fn made_up_preflights(target: &Target<'_>, section: &mut Section<'_>) {
    if let Some(made_up) = session::made_up(target.client) {
        session::check_preflights(target, &made_up, section);
    }
}

/// Checks a session of the test user, from sign-in to sign-out. Returns `true` if the sign-in succeeded.
fn known_user(target: &Target<'_>, known: &StaffCredentials, section: &mut Section<'_>) -> Known {
    let Some(opened) = sign_in::open(target, known, section) else {
        made_up_preflights(target, section);
        return Known::NotSignedIn;
    };
    if let Some(signed_in) = &opened.signed_in {
        session::check_preflights(target, signed_in, section);
    } else {
        made_up_preflights(target, section);
    }
    let outcome = match &opened.signed_in {
        Some(_) => Known::SignedIn,
        None if opened.is_refused => Known::Refused,
        None => Known::NotSignedIn,
    };
    session::check(target, opened, section);
    outcome
}

/// What became of the test user's sign-in.
enum Known {
    SignedIn,
    /// By user name, password or a lock.
    Refused,
    NotSignedIn,
}

/// Checks a wrong password, once in a run: only after a sign-in, which has reset the count of failed attempts.
fn wrong_password(
    target: &Target<'_>,
    signed_in: Option<&StaffClient>,
    known: &StaffCredentials,
    section: &mut Section<'_>,
) {
    const NAME: &str = "session.wrong-password";
    let Some(client) = signed_in else {
        section.warn(
            NAME,
            "not checked: the sign-in of the test user failed, and more failed attempts would lock the account",
            "correct session.sign-in first",
        );
        return;
    };
    let request = sign_in_request(client, known.username.as_str(), &known.wrong_hash);
    check_rejected(
        client,
        section,
        NAME,
        target.http.send(&request).as_ref().map_err(|error| *error),
        ServiceError::WrongCredentials,
        "a sign-in of the test user with a wrong password",
        "401 and \"Invalid credentials\"",
    );
}

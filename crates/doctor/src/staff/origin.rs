//! `Origin`: the gateway or the service must let the portal's own pass and, where the session is a cookie,
//! refuse all others. The calls have neither an account nor a session.

use contract::personal::Personal;
use contract::request::Request;
use contract::service_error::{ResponseError, ServiceError};
use contract::staff::StaffClient;

use super::session::{self, MADE_UP};
use super::sign_in::parse_sign_in;
use super::target::{Target, blank_request};
use crate::finding::Finding;
use crate::http::HttpResponse;
use crate::report::Section;

/// An origin that cannot be the portal's: `.invalid` is reserved (RFC 2606).
const FOREIGN: &str = "https://another-site.invalid";

/// Checks that a sign-in from the portal's own origin is not refused for its origin. `blank` is the response
/// to one with blank fields.
pub(super) fn check_own(target: &Target<'_>, blank: &HttpResponse, section: &mut Section<'_>) {
    const NAME: &str = "origin.own";
    if !target.http.origin_known || is_web_page(target.client, blank) {
        return;
    }
    if is_refused(target.client, blank) {
        section.fail(
            NAME,
            format!(
                "calls with the portal's own Origin get status {}: no sign-in succeeds",
                blank.status
            ),
            "list the portal's origins in the gateway, and let it remove Origin from staff calls: SPICE 2.0 \
             refuses every one that is not in its ALLOWED_ORIGINS",
        );
    } else {
        section.pass(NAME, "calls with the portal's own Origin reach the service");
    }
}

/// Checks that calls of a cookie session from another origin are refused.
pub(super) fn check_foreign(target: &Target<'_>, section: &mut Section<'_>) {
    const NAME: &str = "origin.foreign";
    const ADVICE: &str = "refuse staff calls with an Origin that is not the portal's in the gateway, with 403, \
        before it removes Origin";
    if !target.by_cookie() {
        return;
    }
    let send = |request: &Request, cookie: Option<&Personal>| {
        target.http.send_from(Some(FOREIGN), request, cookie)
    };
    let sign_in = match send(&blank_request(target.client), None) {
        Ok(response) => response,
        Err(error) => {
            section.fail_call(NAME, "a sign-in from another origin", Finding::from(error));
            return;
        }
    };
    if !is_refused(target.client, &sign_in) {
        section.fail(
            NAME,
            format!(
                "a sign-in from another origin got status {} and reached the service, so any site can sign its \
                 visitors in",
                sign_in.status
            ),
            ADVICE,
        );
        return;
    }
    let Some((request, cookie)) = session::unissued_probe(target.client, MADE_UP) else {
        return;
    };
    match send(&request, cookie.as_ref()) {
        Err(error) => {
            section.fail_call(NAME, "a call from another origin", Finding::from(error));
        }
        Ok(response) if response.status == sign_in.status => section.pass(
            NAME,
            format!("calls from another origin get status {}", response.status),
        ),
        Ok(response) => section.fail(
            NAME,
            format!(
                "a call of a session from another origin got status {} and reached the service",
                response.status
            ),
            ADVICE,
        ),
    }
}

/// Returns `true` if a sign-in with blank fields was refused for its origin: 403, or the 401 without a body of
/// a SPICE 2.0 that has no `ALLOWED_ORIGINS`.
fn is_refused(client: &StaffClient, blank: &HttpResponse) -> bool {
    let is_spice_2 = !matches!(client, StaffClient::SpiceV1(_));
    match blank.status {
        403 => true,
        401 => is_spice_2 && error(client, blank) == Some(ServiceError::ServiceDown),
        _ => false,
    }
}

/// Returns `true` for a page of a firewall, which stands for no service.
fn is_web_page(client: &StaffClient, blank: &HttpResponse) -> bool {
    let error = error(client, blank);
    matches!(
        error,
        Some(ServiceError::InvalidResponse(ResponseError::WebPage(_)))
    )
}

fn error(client: &StaffClient, blank: &HttpResponse) -> Option<ServiceError> {
    parse_sign_in(client, blank).ok()?.err()
}

//! CORS checks for a service on another origin than the portal's. Where they fail, browsers block the
//! calls, and the portal reports that it cannot reach the service.

use contract::request::{Credentials, Method, Request};

use crate::finding::Finding;
use crate::http::{Client, HttpResponse};
use crate::report::Section;

/// A call of the portal, as the preflight for it describes it.
pub(crate) struct PreflightedCall {
    /// The check's name.
    name: &'static str,
    path: &'static str,
    method: Method,
    /// The headers of the call that need permission, in lower case and sorted.
    headers: Vec<String>,
    /// The session is in a cookie, for which browsers require credentials mode.
    cookies: bool,
}

impl PreflightedCall {
    /// The preflight that a browser sends before this request of the portal.
    pub(crate) fn of(name: &'static str, request: &Request) -> Self {
        // A browser adds the type of a form by itself, and neither that type nor `Accept` needs permission.
        let mut headers: Vec<String> = request
            .headers
            .iter()
            .map(|(name, _)| name.to_ascii_lowercase())
            .filter(|name| name != "accept")
            .collect();
        headers.sort_unstable();
        Self {
            name,
            path: request.path,
            method: request.method,
            headers,
            cookies: request.credentials == Credentials::Include,
        }
    }
}

/// Returns `true` if CORS applies to this service; else adds a check with the reason.
pub(crate) fn check_applies(client: &Client, section: &mut Section<'_>) -> bool {
    if client.cross_origin().is_some() {
        return true;
    }
    if client.origin_known {
        section.pass(
            "cors",
            "the portal and the service have the same origin, so no permission is needed",
        );
    } else {
        section.warn(
            "cors",
            "not checked: the portal's origin is unknown",
            "give the portal's origin with --origin, unless the service has the same one",
        );
    }
    false
}

/// Sends a preflight and checks its response by the rules of a browser.
pub(crate) fn check_preflight(client: &Client, call: &PreflightedCall, section: &mut Section<'_>) {
    let Some(origin) = client.cross_origin() else {
        return;
    };
    let name = call.name;
    let wanted = call.headers.join(",");
    let response = match client.preflight(origin, call.path, call.method, &wanted) {
        Ok(response) => response,
        Err(error) => {
            section.fail(
                name,
                format!("the preflight (OPTIONS) failed: {error}"),
                error.advice(),
            );
            return;
        }
    };
    if !(200..300).contains(&response.status) {
        section.fail(
            name,
            format!(
                "the preflight (OPTIONS) got status {}, so browsers block the call",
                response.status
            ),
            "respond to OPTIONS with 204 and the Access-Control headers, without requiring a token",
        );
        return;
    }
    if let Err(Finding { found, advice }) = check_allow_origin(&response, origin, call.cookies) {
        section.fail(
            name,
            format!("the response to the preflight (OPTIONS) {found}"),
            advice,
        );
        return;
    }
    let allowed = response.header_list("access-control-allow-headers");
    // The wildcard does not cover Authorization, and nothing at all with credentials (Fetch standard,
    // CORS-preflight fetch).
    let is_allowed = |header: &str| {
        allowed.iter().any(|one| one == header)
            || (header != "authorization" && !call.cookies && allowed.iter().any(|one| one == "*"))
    };
    let missing: Vec<&str> = call
        .headers
        .iter()
        .map(String::as_str)
        .filter(|header| !is_allowed(header))
        .collect();
    if !missing.is_empty() {
        section.fail(
            name,
            format!(
                "the response to the preflight (OPTIONS) does not allow the header {}, so browsers \
                 block the call",
                missing.join(", ")
            ),
            format!(
                "send Access-Control-Allow-Headers: {}",
                call.headers.join(", ")
            ),
        );
        return;
    }
    section.pass(
        name,
        format!(
            "the preflight allows the portal's origin to send {}",
            call.headers.join(", ")
        ),
    );
}

/// Checks that a page of the portal may read a response.
pub(crate) fn check_readable(
    client: &Client,
    response: &HttpResponse,
    name: &str,
    cookies: bool,
    section: &mut Section<'_>,
) {
    let Some(origin) = client.cross_origin() else {
        return;
    };
    match check_allow_origin(response, origin, cookies) {
        Ok(()) => section.pass(name, "the response allows the portal's origin to read it"),
        Err(Finding { found, advice }) => section.fail(
            name,
            format!("the response {found}"),
            format!("{advice} with every response, errors included"),
        ),
    }
}

/// Returns `true` if a page may read this header of a response; always, on the same origin.
pub(crate) fn exposes(client: &Client, response: &HttpResponse, header: &str) -> bool {
    client.cross_origin().is_none()
        || response
            .header_list("access-control-expose-headers")
            .iter()
            .any(|one| one == header || one == "*")
}

/// Checks that a page could read `Retry-After`, which only some responses carry.
pub(crate) fn check_retry_after(
    client: &Client,
    response: &HttpResponse,
    section: &mut Section<'_>,
) {
    if client.cross_origin().is_none() {
        return;
    }
    if exposes(client, response, "retry-after") {
        section.pass(
            "cors.retry-after",
            "the response exposes the Retry-After header to the portal",
        );
    } else {
        section.warn(
            "cors.retry-after",
            "the response does not expose Retry-After, so the portal cannot show how long to wait",
            "add Retry-After to Access-Control-Expose-Headers",
        );
    }
}

/// Checks that a browser lets a page of `origin` read the response. The finding's text continues a
/// sentence about the response.
fn check_allow_origin(response: &HttpResponse, origin: &str, cookies: bool) -> Result<(), Finding> {
    // Browsers reject more than one value.
    let mut values = response
        .headers
        .get_all("access-control-allow-origin")
        .iter();
    let first = values.next().and_then(|value| value.to_str().ok());
    let only = first.filter(|_| values.next().is_none());
    let denied = |found: &str| {
        let advice = if cookies {
            format!(
                "send Access-Control-Allow-Origin: {origin}, Access-Control-Allow-Credentials: \
                 true and Vary: Origin"
            )
        } else {
            format!("send Access-Control-Allow-Origin: {origin}")
        };
        Err(Finding::new(found, advice))
    };
    match only {
        Some("*") if cookies => denied("allows the origin *, which browsers reject with a cookie"),
        Some("*") => Ok(()),
        Some(value) if value == origin => {
            if cookies && response.header("access-control-allow-credentials") != Some("true") {
                denied("does not allow the portal's origin to send a cookie")
            } else {
                Ok(())
            }
        }
        _ => denied("does not allow the portal's origin"),
    }
}

#[cfg(test)]
mod tests {
    use super::PreflightedCall;
    use contract::patient::exists_request;
    use contract::personal::Personal;
    use contract::request::Method;
    use contract::response::{Headers, Response};
    use contract::staff::{
        SessionAuth, StaffClient, profile_request, read_bearer_token, sign_out_request,
    };

    #[test]
    fn preflight_has_the_headers_of_the_request_in_the_order_of_a_browser() {
        let response = Response {
            status: 200,
            headers: Headers {
                authorization: Some(Personal::from("Bearer x")),
                ..Headers::default()
            },
            body: b"",
        };
        let token = read_bearer_token(&response).unwrap();
        let mobile = StaffClient::SpiceV2Mobile;
        let call = PreflightedCall::of("", &profile_request(&mobile, &token, Some("4")));
        assert_eq!(call.headers, ["authorization", "client", "tenantid"]);
        assert!(!call.cookies);
        let call = PreflightedCall::of(
            "",
            &sign_out_request(
                &StaffClient::SpiceV2Web,
                &SessionAuth::Cookie,
                Method::Get,
                None,
            ),
        );
        assert_eq!(call.headers, ["client"]);
        assert_eq!(call.method, Method::Post);
        assert!(call.cookies);
        let call = PreflightedCall::of("", &exists_request("500000000"));
        assert_eq!(call.headers, ["content-type"]);
    }
}

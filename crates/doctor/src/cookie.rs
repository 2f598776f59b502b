//! The session cookie of SPICE 2.0: its attributes are checked, its value is never printed.

use contract::personal::Personal;

use crate::http::{Client, HttpResponse};
use crate::report::Section;

const NAME: &str = "AuthCookie";

/// The longest cookie that browsers keep, name and value together, in characters.
const MAX_LENGTH: usize = 4096;

/// A session cookie that no service has issued.
pub(crate) fn unissued() -> Personal {
    Personal::from(format!("{NAME}=made-up"))
}

/// The value of the `Set-Cookie` header for the session cookie.
fn set_cookie(response: &HttpResponse) -> Option<&str> {
    let all = response.headers.get_all("set-cookie").iter();
    all.filter_map(|value| value.to_str().ok()).find(|value| {
        let name = value.split('=').next().unwrap_or_default();
        name.trim() == NAME
    })
}

/// The attributes of a `Set-Cookie` value, in lower case and without spaces.
fn attributes(set_cookie: &str) -> Vec<String> {
    let attributes = set_cookie.split(';').skip(1);
    attributes
        .map(|attribute| attribute.trim().to_ascii_lowercase())
        .collect()
}

/// The session cookie as a browser would send it back.
pub(crate) fn session_cookie(response: &HttpResponse) -> Option<Personal> {
    let pair = set_cookie(response)?.split(';').next()?.trim();
    let (_, value) = pair.split_once('=')?;
    (!value.is_empty()).then(|| Personal::from(pair))
}

/// The `Domain` of a cookie if it is neither the host nor a parent of it.
fn foreign_domain<'a>(attributes: &'a [String], host: &str) -> Option<&'a str> {
    let mut all = attributes.iter();
    let domain = all.find_map(|attribute| attribute.strip_prefix("domain="))?;
    let domain = domain.trim_start_matches('.');
    let is_parent = host
        .strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    (!domain.is_empty() && !is_parent).then_some(domain)
}

/// Checks the attributes of the cookie that a sign-in sets.
pub(crate) fn check(client: &Client, response: &HttpResponse, section: &mut Section<'_>) {
    const CHECK: &str = "session.cookie";
    let Some(set_cookie) = set_cookie(response) else {
        section.fail(
            CHECK,
            "the response to the sign-in sets no AuthCookie, so the portal has no session",
            "forward Set-Cookie at every gateway, and check that the client is web",
        );
        return;
    };
    let attributes = attributes(set_cookie);
    let has = |wanted: &str| attributes.iter().any(|attribute| attribute == wanted);
    if !has("httponly") {
        section.fail(
            CHECK,
            "the AuthCookie is not HttpOnly, so any script on the page can read it",
            "set the cookie with HttpOnly",
        );
    } else if !has("secure") {
        section.fail(
            CHECK,
            "the AuthCookie is not Secure, so browsers may send it without TLS",
            "set the cookie with Secure",
        );
    } else if let Some(domain) = foreign_domain(&attributes, &client.portal_host()) {
        section.fail(
            CHECK,
            format!(
                "the AuthCookie is for {domain}, and the portal's host is {}: browsers drop it without a \
                 message, and every sign-in fails",
                client.portal_host()
            ),
            "set the service's DOMAIN_NAME to the portal's host or a parent of it, or let the gateway remove \
             the domain if no other application shares the cookie",
        );
    } else if set_cookie
        .split(';')
        .next()
        .is_some_and(|pair| pair.len() > MAX_LENGTH)
    {
        section.fail(
            CHECK,
            "the AuthCookie is longer than 4,096 characters: browsers drop it without a message, and the \
             sign-in of this user fails",
            "give the user fewer organizations or roles: the cookie contains them, and grows with them",
        );
    } else if client.cross_origin().is_some() && !has("samesite=none") {
        section.warn(
            CHECK,
            "the AuthCookie has no SameSite=None, so browsers send it from the same site only",
            "serve the service from the portal's origin, or set the cookie with SameSite=None",
        );
    } else {
        section.pass(
            CHECK,
            "the sign-in sets an AuthCookie that no script can read",
        );
    }
    if response.header("authorization").is_some() {
        section.warn(
            "session.token",
            "the sign-in sends a token in the Authorization header beside the cookie, where a script \
             can read it",
            "send the cookie only",
        );
    }
}

/// Checks that the response to a sign-out expires the cookie.
pub(crate) fn check_expired(response: &HttpResponse, section: &mut Section<'_>) {
    const CHECK: &str = "logout.cookie";
    let expired = set_cookie(response).is_some_and(|set_cookie| {
        let is_empty = set_cookie
            .split(';')
            .next()
            .is_some_and(|pair| pair.trim().ends_with('='));
        let is_past = attributes(set_cookie).iter().any(|attribute| {
            attribute == "max-age=0" || attribute.starts_with("expires=thu, 01 jan 1970")
        });
        is_empty || is_past
    });
    if expired {
        section.pass(CHECK, "the sign-out expires the AuthCookie");
    } else {
        section.warn(
            CHECK,
            "the sign-out leaves the AuthCookie in the browser",
            "set it with Max-Age=0 in the response: the page itself cannot delete an HttpOnly cookie",
        );
    }
}

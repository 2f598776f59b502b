//! The session cookie of SPICE 2.0: its attributes are checked, its value is never printed.

use contract::personal::Personal;

use crate::http::{Client, HttpResponse};
use crate::report::Section;
use crate::site;

const NAME: &str = "AuthCookie";

/// The longest cookie that browsers keep: the sum of the lengths of name and value, without the `=` between
/// them ([RFC 6265bis, section 5.6](https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html)).
const MAX_LENGTH: usize = 4096;

/// A session cookie of this value, which no service has issued.
pub(crate) fn unissued(value: &str) -> Personal {
    Personal::from(format!("{NAME}={value}"))
}

/// The value of the `Set-Cookie` header for the session cookie.
fn set_cookie(response: &HttpResponse) -> Option<&str> {
    let all = response.headers.get_all("set-cookie").iter();
    all.filter_map(|value| value.to_str().ok()).find(|value| {
        let name = value.split('=').next().unwrap_or_default();
        name.trim() == NAME
    })
}

/// The session cookie as a browser would send it back.
pub(crate) fn session_cookie(response: &HttpResponse) -> Option<Personal> {
    let pair = set_cookie(response)?.split(';').next()?.trim();
    let (_, value) = pair.split_once('=')?;
    (!value.is_empty()).then(|| Personal::from(pair))
}

/// The attributes of a cookie, in lower case.
struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn of(set_cookie: &str) -> Self {
        let attributes = set_cookie.split(';').skip(1).map(|attribute| {
            let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            let clean = |text: &str| text.trim().to_ascii_lowercase();
            (clean(name), clean(value))
        });
        Self(attributes.collect())
    }

    /// The value of an attribute; the last one counts.
    fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter().rev();
        all.find(|(one, _)| one == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Checks the cookie that a sign-in sets. A cookie may be wrong in several ways, so each is a check of its
/// own.
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
    section.pass(CHECK, "the sign-in sets an AuthCookie");
    let attributes = Attributes::of(set_cookie);
    check_http_only(&attributes, section);
    check_secure(&attributes, section);
    check_domain(client, &attributes, section);
    check_same_site(client, &attributes, section);
    check_length(set_cookie, section);
    check_token(response, section);
}

fn check_token(response: &HttpResponse, section: &mut Section<'_>) {
    const CHECK: &str = "session.token";
    if response.header("authorization").is_some() {
        section.warn(
            CHECK,
            "the sign-in sends a token in the Authorization header beside the cookie, where a script \
             can read it",
            "send the cookie only",
        );
    } else {
        section.pass(CHECK, "the sign-in sends no token beside the cookie");
    }
}

fn check_http_only(attributes: &Attributes, section: &mut Section<'_>) {
    const CHECK: &str = "session.cookie-http-only";
    if attributes.get("httponly").is_some() {
        section.pass(CHECK, "no script can read the AuthCookie");
    } else {
        section.fail(
            CHECK,
            "the AuthCookie is not HttpOnly, so any script on the page can read it",
            "set the cookie with HttpOnly",
        );
    }
}

fn check_secure(attributes: &Attributes, section: &mut Section<'_>) {
    const CHECK: &str = "session.cookie-secure";
    if attributes.get("secure").is_some() {
        section.pass(CHECK, "the AuthCookie is sent with TLS only");
    } else if attributes.get("samesite") == Some("none") {
        section.fail(
            CHECK,
            "the AuthCookie has SameSite=None without Secure: browsers drop it without a message, and every \
             sign-in fails",
            "set the cookie with Secure",
        );
    } else {
        section.fail(
            CHECK,
            "the AuthCookie is not Secure, so browsers may send it without TLS",
            "set the cookie with Secure",
        );
    }
}

/// Checks that a browser keeps the cookie. The host that counts is the one that it asks: the portal's, if
/// the service has the same origin.
fn check_domain(client: &Client, attributes: &Attributes, section: &mut Section<'_>) {
    const CHECK: &str = "session.cookie-domain";
    let origin = client.address().origin();
    let host = site::host(&origin);
    let domain = attributes.get("domain").unwrap_or_default();
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    if domain.is_empty() || site::matches_domain(host, domain) {
        section.pass(CHECK, "browsers keep the AuthCookie for this host");
        return;
    }
    let whose = if client.cross_origin().is_some() {
        "service"
    } else {
        "portal"
    };
    section.fail(
        CHECK,
        format!(
            "the AuthCookie is for {domain}, SPICE's DOMAIN_NAME, and the {whose}'s host is {host}: browsers \
             drop it without a message, and every sign-in fails"
        ),
        format!(
            "set SPICE's DOMAIN_NAME to {host} or a parent of it, or let the gateway remove the domain if no \
             other application shares the cookie"
        ),
    );
}

/// Checks that browsers send the cookie from the portal, and from no other site where they need not.
fn check_same_site(client: &Client, attributes: &Attributes, section: &mut Section<'_>) {
    const CHECK: &str = "session.cookie-same-site";
    let value = attributes.get("samesite").unwrap_or_default();
    let other_site = client
        .cross_origin()
        .is_some_and(|origin| !site::is_same_site(origin, &client.address().origin()));
    match (other_site, value) {
        (false, "strict") => section.pass(
            CHECK,
            "the AuthCookie has SameSite=Strict, so browsers send it from the portal's site only",
        ),
        (false, _) => section.warn(
            CHECK,
            "the AuthCookie does not have SameSite=Strict, which is right for a service on the portal's own \
             site: browsers may send it with the requests of other sites",
            "set the cookie with SameSite=Strict, as SPICE does unless its ENVIRONMENT is dev",
        ),
        (true, "none") => section.pass(
            CHECK,
            "the AuthCookie has SameSite=None, which a service on another site than the portal needs",
        ),
        (true, _) => section.fail(
            CHECK,
            "the service is on another site than the portal, and the AuthCookie does not have SameSite=None: \
             browsers send it from the service's own site only, and every sign-in fails",
            "serve the service from the portal's origin; only if it must stay on another site, set the cookie \
             with SameSite=None and Secure",
        ),
    }
}

fn check_length(set_cookie: &str, section: &mut Section<'_>) {
    const CHECK: &str = "session.cookie-length";
    let pair = set_cookie.split(';').next().unwrap_or_default();
    let (name, value) = pair.split_once('=').unwrap_or(("", pair));
    let length = name.trim().len() + value.trim().len();
    if length > MAX_LENGTH {
        section.fail(
            CHECK,
            format!(
                "the AuthCookie has {length} characters, more than 4,096: browsers drop it without a message, \
                 and the sign-in of this user fails"
            ),
            "give the user fewer organizations or roles: the cookie contains them, and grows with them",
        );
    } else {
        section.pass(
            CHECK,
            format!("the AuthCookie has {length} characters; browsers keep up to 4,096"),
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
        let attributes = Attributes::of(set_cookie);
        let is_past = attributes.get("max-age") == Some("0")
            || attributes
                .get("expires")
                .is_some_and(|time| time.starts_with("thu, 01 jan 1970"));
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

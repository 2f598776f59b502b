//! The cookie that is a session in SPICE 2.0: nothing of it is ever said but how it is kept.

use contract::personal::Personal;

use crate::http::{Client, Reply};
use crate::report::Section;

const NAME: &str = "AuthCookie";

/// A cookie that nobody gave out.
pub(crate) fn made_up() -> Personal {
    Personal::from(format!("{NAME}=made-up"))
}

/// The header that sets it, if one does.
fn set(reply: &Reply) -> Option<&str> {
    let all = reply.headers.get_all("set-cookie").iter();
    all.filter_map(|value| value.to_str().ok()).find(|value| {
        let name = value.split('=').next().unwrap_or_default();
        name.trim() == NAME
    })
}

/// The rules after the cookie's value, in lower case and without spaces.
fn rules(set: &str) -> Vec<String> {
    let rules = set.split(';').skip(1);
    rules.map(|rule| rule.trim().to_ascii_lowercase()).collect()
}

/// The cookie as a browser would send it back.
pub(crate) fn of(reply: &Reply) -> Option<Personal> {
    let pair = set(reply)?.split(';').next()?.trim();
    let (_, value) = pair.split_once('=')?;
    (!value.is_empty()).then(|| Personal::from(pair))
}

/// How a sign-in's cookie is kept.
pub(crate) fn check(client: &Client, reply: &Reply, section: &mut Section<'_>) {
    const CHECK: &str = "session.cookie";
    let Some(set) = set(reply) else {
        section.fail(
            CHECK,
            "the sign-in sets no AuthCookie, so there is no session",
            "let Set-Cookie through: a gateway may drop it; and check that the client is web",
        );
        return;
    };
    let rules = rules(set);
    let has = |wanted: &str| rules.iter().any(|rule| rule == wanted);
    if !has("httponly") {
        section.fail(
            CHECK,
            "the AuthCookie is not HttpOnly: any script on the page could read it",
            "add HttpOnly to it",
        );
    } else if !has("secure") {
        section.fail(
            CHECK,
            "the AuthCookie is not Secure: it may travel without TLS",
            "add Secure to it",
        );
    } else if client.foreign_origin().is_some() && !has("samesite=none") {
        section.warn(
            CHECK,
            "the AuthCookie has no SameSite=None, so a browser sends it from the same site only",
            "add SameSite=None, or put the service on the portal's own origin, which is better",
        );
    } else {
        section.pass(CHECK, "the session is in a cookie that no script can read");
    }
    if reply.header("authorization").is_some() {
        section.warn(
            "session.token",
            "a token is in a header beside the cookie, where a script could read it",
            "send the cookie alone",
        );
    }
}

/// Whether a sign-out takes the cookie back.
pub(crate) fn check_gone(reply: &Reply, section: &mut Section<'_>) {
    const CHECK: &str = "logout.cookie";
    let gone = set(reply).is_some_and(|set| {
        let empty = set
            .split(';')
            .next()
            .is_some_and(|pair| pair.trim().ends_with('='));
        let over = rules(set)
            .iter()
            .any(|rule| rule == "max-age=0" || rule.starts_with("expires=thu, 01 jan 1970"));
        empty || over
    });
    if gone {
        section.pass(CHECK, "the sign-out takes the cookie back");
    } else {
        section.warn(
            CHECK,
            "the sign-out leaves the AuthCookie in the browser",
            "set it again with Max-Age=0: nothing else can take it away",
        );
    }
}

//! What a browser asks of a service on another origin than the portal's. Without it the service may
//! be in perfect health, and the portal says that it cannot be reached.

use contract::request::Method;

use crate::http::{Client, Reply};
use crate::report::Section;

/// A call that a browser asks about first.
pub(crate) struct Asked {
    /// The check's name.
    pub(crate) name: &'static str,
    pub(crate) path: &'static str,
    pub(crate) method: Method,
    /// The headers that the call carries and a browser does not send unasked, in lower case.
    pub(crate) headers: &'static [&'static str],
    /// Whether the session is in a cookie, with which a browser is stricter.
    pub(crate) cookies: bool,
}

/// Whether origins matter here; says so, once, if not.
pub(crate) fn matters(client: &Client, section: &mut Section<'_>) -> bool {
    if client.foreign_origin().is_some() {
        return true;
    }
    if client.origin_known {
        section.pass("cors", "the portal and the service share an origin");
    } else {
        section.warn(
            "cors",
            "not looked at: the portal's origin is not known",
            "give it with --origin, unless the service is on the portal's own",
        );
    }
    false
}

/// Asks as a browser would, and checks the answer as a browser would.
pub(crate) fn preflight(client: &Client, asked: &Asked, section: &mut Section<'_>) {
    let Some(origin) = client.foreign_origin() else {
        return;
    };
    let wanted = asked.headers.join(",");
    let reply = match client.preflight(origin, asked.path, asked.method, &wanted) {
        Ok(reply) => reply,
        Err(trouble) => {
            section.fail(
                asked.name,
                format!("the browser's question (OPTIONS): {trouble}"),
                trouble.advice(),
            );
            return;
        }
    };
    let name = asked.name;
    if !(200..300).contains(&reply.status) {
        section.fail(
            name,
            format!(
                "the browser's question (OPTIONS) is answered {}",
                reply.status
            ),
            "answer OPTIONS with 204 and the Access-Control headers, without asking for a token",
        );
        return;
    }
    if let Err(Denied { found, advice }) = allowance(&reply, origin, asked.cookies) {
        section.fail(name, format!("the answer to OPTIONS {found}"), advice);
        return;
    }
    let allowed = reply.words("access-control-allow-headers");
    // The asterisk stands for every header but this one, and for none at all beside a cookie.
    let is_allowed = |header: &str| {
        allowed.iter().any(|one| one == header)
            || (header != "authorization" && !asked.cookies && allowed.iter().any(|one| one == "*"))
    };
    let missing: Vec<&str> = asked
        .headers
        .iter()
        .copied()
        .filter(|header| !is_allowed(header))
        .collect();
    if !missing.is_empty() {
        section.fail(
            name,
            format!("the header {} is not allowed", missing.join(", ")),
            format!(
                "add it to Access-Control-Allow-Headers: {}",
                asked.headers.join(", ")
            ),
        );
        return;
    }
    section.pass(
        name,
        format!("the portal's origin may send {}", asked.headers.join(", ")),
    );
}

/// Checks that a page may read an answer.
pub(crate) fn readable(
    client: &Client,
    reply: &Reply,
    name: &str,
    cookies: bool,
    section: &mut Section<'_>,
) {
    let Some(origin) = client.foreign_origin() else {
        return;
    };
    match allowance(reply, origin, cookies) {
        Ok(()) => section.pass(name, "the portal's origin may read the answer"),
        Err(Denied { found, advice }) => section.fail(
            name,
            format!("the answer {found}"),
            format!("{advice} with every answer, errors included"),
        ),
    }
}

/// Whether a page may read this header of an answer. Always, on the same origin.
pub(crate) fn exposes(client: &Client, reply: &Reply, header: &str) -> bool {
    client.foreign_origin().is_none()
        || reply
            .words("access-control-expose-headers")
            .iter()
            .any(|one| one == header || one == "*")
}

/// Whether this header, which only some answers carry, could be read; a warning if not.
pub(crate) fn retry_after(client: &Client, reply: &Reply, section: &mut Section<'_>) {
    if client.foreign_origin().is_none() {
        return;
    }
    if exposes(client, reply, "retry-after") {
        section.pass("cors.retry-after", "Retry-After may be read");
    } else {
        section.warn(
            "cors.retry-after",
            "Retry-After may not be read, so nobody is told how long to wait",
            "add Retry-After to Access-Control-Expose-Headers",
        );
    }
}

/// Why a browser keeps an answer from the page.
struct Denied {
    found: &'static str,
    advice: String,
}

fn allowance(reply: &Reply, origin: &str, cookies: bool) -> Result<(), Denied> {
    // Twice is as bad as never: a browser accepts one value.
    let mut values = reply.headers.get_all("access-control-allow-origin").iter();
    let first = values.next().and_then(|value| value.to_str().ok());
    let only = first.filter(|_| values.next().is_none());
    let denied = |found| {
        let advice = if cookies {
            format!(
                "send Access-Control-Allow-Origin: {origin}, Access-Control-Allow-Credentials: \
                 true and Vary: Origin"
            )
        } else {
            format!("send Access-Control-Allow-Origin: {origin}")
        };
        Err(Denied { found, advice })
    };
    match only {
        Some("*") if cookies => denied("allows the origin *, which no cookie goes with"),
        Some("*") => Ok(()),
        Some(value) if value == origin => {
            if cookies && reply.header("access-control-allow-credentials") != Some("true") {
                denied("does not allow the portal's origin to send a cookie")
            } else {
                Ok(())
            }
        }
        _ => denied("does not allow the portal's origin"),
    }
}

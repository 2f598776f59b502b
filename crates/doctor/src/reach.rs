//! Whether anything answers at all, and over what kind of connection.

use std::time::Duration;

use crate::http::{Client, Reply, Trouble};
use crate::report::Section;

/// Longer than this, and people press the button again.
const SLOW: Duration = Duration::from_secs(3);

/// The first answer, or nothing: then the service's other checks would all say the same.
pub(crate) fn check(
    client: &Client,
    first: Result<Reply, Trouble>,
    section: &mut Section<'_>,
) -> Option<Reply> {
    const NAME: &str = "reachable";
    let reply = match first {
        Ok(reply) => reply,
        Err(trouble) => {
            section.fail(NAME, trouble.to_string(), trouble.advice());
            return None;
        }
    };
    if (300..400).contains(&reply.status) {
        section.fail(
            NAME,
            format!("status {}: a redirect", reply.status),
            "give the address that it leads to: a browser may not follow it after a preflight",
        );
        return None;
    }
    if reply.took > SLOW {
        section.warn(
            NAME,
            format!("the first answer took {} s", reply.took.as_secs()),
            "find out what is slow: the portal waits, but people do not",
        );
    } else {
        section.pass(
            NAME,
            format!("something answers, in {} ms", reply.took.as_millis()),
        );
    }
    if client.address().is_secure() {
        section.pass("tls", "the certificate is trusted on this machine");
    } else {
        section.pass("tls", "not needed: the service is on this machine");
    }
    Some(reply)
}

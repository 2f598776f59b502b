//! Whether something counts the tries. Behind these calls are records of people, and numbers are
//! quickly guessed by a program.

use contract::service_error::RetryAfter;

use crate::http::{Reply, Trouble};
use crate::report::Section;

/// How often a harmless call is repeated in search of a limit.
const TRIES: usize = 4;

/// The headers by which limits are announced.
const HEADERS: [&str; 5] = [
    "ratelimit",
    "ratelimit-policy",
    "ratelimit-limit",
    "x-ratelimit-limit",
    "x-rate-limit-limit",
];

/// Whether an answer tells of a limit.
pub(crate) fn announced(reply: &Reply) -> bool {
    HEADERS.iter().any(|name| reply.headers.contains_key(*name))
}

/// Looks for a limit with a call that can do no harm. `seen` is whether one was announced before.
pub(crate) fn look(
    seen: bool,
    call: impl Fn() -> Result<Reply, Trouble>,
    section: &mut Section<'_>,
) {
    const NAME: &str = "rate-limit";
    if seen {
        section.pass(NAME, "the answers announce a limit of tries");
        return;
    }
    for _ in 0..TRIES {
        let Ok(reply) = call() else {
            continue;
        };
        if reply.status == 429 {
            let when = reply.header("retry-after").and_then(RetryAfter::read);
            if when.is_some() {
                section.pass(
                    NAME,
                    "tries are limited (429), and Retry-After says until when",
                );
            } else {
                section.warn(
                    NAME,
                    "tries are limited (429), but nobody is told until when",
                    "send Retry-After with 429, in seconds",
                );
            }
            return;
        }
        if announced(&reply) {
            section.pass(NAME, "the answers announce a limit of tries");
            return;
        }
    }
    section.warn(
        NAME,
        "a handful of tries met no limit",
        "limit the tries by address and by phone or user name, in a gateway before the service; \
         a limit that begins later is not seen from here",
    );
}

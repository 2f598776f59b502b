//! Detection of rate limits. The calls give access to people's records, and a program can guess
//! identifiers quickly.

use contract::service_error::RetryAfter;

use crate::http::{HttpResponse, TransportError};
use crate::report::Section;

/// The number of times that a harmless call is repeated in search of a limit.
const PROBES: usize = 4;

/// The headers that announce a limit.
const HEADERS: [&str; 5] = [
    "ratelimit",
    "ratelimit-policy",
    "ratelimit-limit",
    "x-ratelimit-limit",
    "x-rate-limit-limit",
];

/// Returns `true` if a response announces a limit.
pub(crate) fn announces_limit(response: &HttpResponse) -> bool {
    HEADERS
        .iter()
        .any(|name| response.headers.contains_key(*name))
}

/// Looks for a limit by repeating a harmless call. `announced` is `true` if an earlier response
/// announced one.
pub(crate) fn check(
    announced: bool,
    call: impl Fn() -> Result<HttpResponse, TransportError>,
    section: &mut Section<'_>,
) {
    const NAME: &str = "rate-limit";
    const ANNOUNCED: &str = "the headers of the responses announce a rate limit";
    if announced {
        section.pass(NAME, ANNOUNCED);
        return;
    }
    for _ in 0..PROBES {
        let Ok(response) = call() else {
            continue;
        };
        if response.status == 429 {
            let retry_after = response.header("retry-after").and_then(RetryAfter::read);
            if retry_after.is_some() {
                section.pass(
                    NAME,
                    "repeated calls got status 429 with Retry-After, so attempts are limited",
                );
            } else {
                section.warn(
                    NAME,
                    "repeated calls got status 429 without Retry-After, so the portal cannot show \
                     how long to wait",
                    "send Retry-After, in seconds, with status 429",
                );
            }
            return;
        }
        if announces_limit(&response) {
            section.pass(NAME, ANNOUNCED);
            return;
        }
    }
    section.warn(
        NAME,
        format!("{PROBES} repeated calls reached no rate limit; a higher limit is not detected"),
        "limit attempts by address and by phone or user name, in a gateway in front of the service",
    );
}

//! The service's clock, as its `Date` header shows it. `Retry-After` may be an instant, a lock ends at
//! one, and certificates and tokens depend on it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use contract::service_error::RetryAfter;

use crate::http::HttpResponse;
use crate::report::Section;

const PASS_LIMIT: Duration = Duration::from_mins(1);
const WARN_LIMIT: Duration = Duration::from_mins(5);
const ADVICE: &str =
    "synchronise the clocks of this machine and of the service with a time server (NTP)";

/// Compares the `Date` of a response with this machine's clock.
pub(crate) fn check(response: &HttpResponse, section: &mut Section<'_>) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    // `Date` has the format of an instant in `Retry-After`.
    let theirs = response.header("date").and_then(RetryAfter::read);
    let (Ok(now), Some(RetryAfter::At(theirs))) = (now, theirs) else {
        section.warn(
            "clock",
            "the response has no valid Date header, so the service's clock cannot be checked",
            "send a Date header with every response (RFC 9110, section 6.6.1)",
        );
        return;
    };
    let skew = Duration::from_secs(now.as_secs().abs_diff(theirs));
    let found = format!(
        "the Date header of the response is {} off this machine's clock",
        format_skew(skew)
    );
    if skew > WARN_LIMIT {
        section.fail("clock", found, ADVICE);
    } else if skew > PASS_LIMIT {
        section.warn("clock", found, ADVICE);
    } else {
        section.pass("clock", found);
    }
}

fn format_skew(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..=120 => format!("{seconds} s"),
        seconds => format!("{} min", seconds / 60),
    }
}

//! Whether the service's clock is right. `Retry-After` may be a moment, a lock ends at one, and
//! certificates and tokens live by it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use contract::service_error::RetryAfter;

use crate::http::Reply;
use crate::report::Section;

const UNREMARKABLE: Duration = Duration::from_mins(1);
const TOO_MUCH: Duration = Duration::from_mins(5);
const ADVICE: &str = "set the clocks by a time server (NTP), this machine's and the service's";

/// Compares the `Date` of an answer with this machine's clock.
pub(crate) fn check(reply: &Reply, section: &mut Section<'_>) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    // The header is a date in the same form as a moment in `Retry-After`.
    let theirs = reply.header("date").and_then(RetryAfter::read);
    let (Ok(now), Some(RetryAfter::At(theirs))) = (now, theirs) else {
        section.warn(
            "clock",
            "the answer has no readable Date header",
            "let the server send one, as HTTP asks: without it nobody sees that its clock is wrong",
        );
        return;
    };
    let skew = Duration::from_secs(now.as_secs().abs_diff(theirs));
    let found = format!("the service's clock is {} off", spoken(skew));
    if skew > TOO_MUCH {
        section.fail("clock", found, ADVICE);
    } else if skew > UNREMARKABLE {
        section.warn("clock", found, ADVICE);
    } else {
        section.pass("clock", found);
    }
}

fn spoken(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..=120 => format!("{seconds} s"),
        seconds => format!("{} min", seconds / 60),
    }
}

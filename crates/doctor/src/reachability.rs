//! The first response of a service, its duration, and the kind of connection.

use std::time::Duration;

use crate::http::{Client, HttpResponse, TransportError};
use crate::report::Section;

/// The duration of a response above which people tend to submit again.
const SLOW: Duration = Duration::from_secs(3);

/// Checks the first response and returns it; `None` if there is none, since every other check of the
/// service would fail for the same reason.
pub(crate) fn check(
    client: &Client,
    first: Result<HttpResponse, TransportError>,
    section: &mut Section<'_>,
) -> Option<HttpResponse> {
    const NAME: &str = "reachable";
    let response = match first {
        Ok(response) => response,
        Err(error) => {
            section.fail(
                NAME,
                format!("the first call failed: {error}"),
                error.advice(),
            );
            return None;
        }
    };
    if (300..400).contains(&response.status) {
        section.fail(
            NAME,
            format!(
                "the first call got status {}, a redirect, which browsers do not follow after a \
                 preflight",
                response.status
            ),
            "configure the address that it redirects to",
        );
        return None;
    }
    if response.elapsed > SLOW {
        section.warn(
            NAME,
            format!(
                "the first response took {} s, so people may submit twice",
                response.elapsed.as_secs()
            ),
            "find the cause in the service or the network",
        );
    } else {
        section.pass(
            NAME,
            format!(
                "the first response took {} ms",
                response.elapsed.as_millis()
            ),
        );
    }
    if client.address().is_secure() {
        section.pass("tls", "the certificate is trusted on this machine");
    } else {
        section.pass("tls", "not needed: the service is on this machine");
    }
    Some(response)
}

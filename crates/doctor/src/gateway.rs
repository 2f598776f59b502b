//! The version of a gateway's rules: which calls it lets through, and what it removes and refuses. The
//! gateways of `deploy/` send it, so that one which is older than the portal it serves can be told.

use crate::http::Client;
use crate::report::Section;

/// The header that the gateways of `deploy/` send with every response.
pub const HEADER: &str = "Logistration-Gateway";

/// The version of the rules in `deploy/`. It is raised with each change of them without which this portal does
/// not work, or not safely: see "The version of the rules" in `docs/operations.md`.
pub const RULES: u32 = 3;

/// Checks the gateway in front of a portal, if there is one at this address.
pub(crate) fn check(client: &Client, section: &mut Section<'_>) {
    const NAME: &str = "gateway";
    const ADVICE: &str = "install the gateway's files of the portal's release, deploy/ in its source, or change \
        your own as docs/operations.md says, and send the new number";
    let Ok(response) = client.page() else {
        return;
    };
    let value = response.header(HEADER).map(str::trim);
    let version = value.and_then(|value| value.parse::<u32>().ok());
    let is_portal = || matches!(&response.body, Ok(bytes) if config::is_start_page(bytes));
    match version {
        Some(version) if version >= RULES => section.pass(
            NAME,
            format!("the gateway has version {version} of its rules; the portal needs {RULES}"),
        ),
        Some(version) => section.warn(
            NAME,
            format!(
                "the gateway has version {version} of its rules, older than the portal, which needs {RULES}"
            ),
            ADVICE,
        ),
        None if value.is_some() || is_portal() => section.warn(
            NAME,
            format!(
                "the gateway does not say which version of its rules it has ({HEADER}): it is older than \
                 version 1, or none of deploy/"
            ),
            ADVICE,
        ),
        // Nothing of a portal is at this address.
        None => {}
    }
}

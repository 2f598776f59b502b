//! The meaning of a fault's reference, as people read it out from the portal: `doctor --explain P2-SHAPE`, and
//! the table in `docs/operations.md`.

use contract::reference::{Call, FaultKind, Reference};

/// The meaning of a reference, and where to look; an error for a text that is none.
///
/// # Errors
/// A sentence with the parts of a reference.
pub fn explain(text: &str) -> Result<String, String> {
    // An ID of a request may follow.
    let reference = text.split_whitespace().next().and_then(Reference::parse);
    let reference = reference.ok_or_else(|| {
        let calls = Call::ALL.map(Call::code).join(", ");
        let kinds = FaultKind::ALL.map(FaultKind::code).join(", ");
        format!("{text:?} is no reference: one of {calls}, a hyphen, and one of {kinds}")
    })?;
    let (meaning, look) = kind(reference.kind);
    Ok(format!(
        "{}: {}\n{meaning}\nWhere to look: {look}\n",
        reference.to_text(),
        call(reference.call),
    ))
}

/// The tables of `docs/operations.md`, in Markdown.
#[must_use]
pub fn tables() -> String {
    let calls = Call::ALL.map(|each| format!("| `{}` | {} |\n", each.code(), call(each)));
    let kinds = FaultKind::ALL.map(|each| {
        let (meaning, look) = kind(each);
        format!("| `{}` | {meaning} | {look} |\n", each.code())
    });
    [
        "| first part | call |\n|---|---|\n",
        &calls.concat(),
        "\n| second part | meaning | where to look |\n|---|---|---|\n",
        &kinds.concat(),
    ]
    .concat()
}

fn call(call: Call) -> &'static str {
    match call {
        Call::PatientLookUp => {
            "look-up of the mobile number, `POST /api/customer/is_patient_exists`"
        }
        Call::PatientSignIn => "sign-in of a patient, `POST /api/customer/login`",
        Call::CodeCheck => "check of the one-time code, `POST /api/customer/verify_otp`",
        Call::CodeResend => "another one-time code, `POST /api/customer/resend_otp`",
        Call::StaffSignIn => "sign-in of staff, `POST /auth-service/session`",
        Call::StaffProbe => {
            "first check of a staff session, `POST /user-service/user/profile`: only with `COOKIE`, because the sign-in succeeds despite its other failures"
        }
    }
}

/// The meaning of a kind, and where to look.
fn kind(kind: FaultKind) -> (&'static str, &'static str) {
    match kind {
        FaultKind::Network => (
            "The browser got no response, one that broke off, or a redirect, which the portal does not follow.",
            "The person's network; then the gateway: is it up, does its certificate hold, does its log have the call? A redirect comes from an access proxy in front whose own session has ended: the person loads the page again.",
        ),
        FaultKind::Timeout => (
            "No complete response within `request.timeoutSeconds`.",
            "The time of the service in the gateway's log; a database that hangs.",
        ),
        FaultKind::Down => (
            "The service answered 5xx, or the staff service answered 401 with nothing in it, which it does without its database.",
            "The log of the service, its database and Redis; the gateway's log for 502, 503 and 504. A service that starts needs a minute or two.",
        ),
        FaultKind::Limit => (
            "Too many calls: 429, from the service or the gateway.",
            "The limits of the gateway by address and phone; a whole ward behind one address belongs in `local/own-addresses.conf`.",
        ),
        FaultKind::Firewall => (
            "A web page with 400, 401, 403, 406 or 422: a firewall or a proxy answered in place of the service.",
            "The firewall's log, at the time of the call; its rules for JSON and form bodies.",
        ),
        FaultKind::Status => (
            "A status that no document of the service explains.",
            "The gateway's log: does the call go to the right service and path?",
        ),
        FaultKind::NotJson => (
            "The body is not JSON, or is nested too deeply.",
            "What the address of the service answers: often another web server, a page of a proxy, or a response that was cut.",
        ),
        FaultKind::Size => (
            "The body is larger than 1 MiB.",
            "What the address of the service answers: a record has a few kilobytes.",
        ),
        FaultKind::Shape => (
            "JSON in none of the documented shapes, or with a key twice.",
            "The service's version: the doctor compares its answers with what the portal reads.",
        ),
        FaultKind::Message => (
            "The staff service refused with a message that is not documented.",
            "The message in the response, by the doctor with a test user; the service's version.",
        ),
        FaultKind::OtherPatient => (
            "The record has another valid National ID or Patient ID than the one that was typed. It was not shown.",
            "The middleware: it answered one patient with the record of another. Report it at once.",
        ),
        FaultKind::Token => (
            "A sign-in that is none: 200 without `Authorization`, with nothing or an error in it, or (`web`) without a user; or 500 with nothing in it.",
            "A proxy that removes `Authorization`, or a person with so many organizations that the response is too large (from about 90 in SPICE 1.x), or an account without a time zone (SPICE 1.x).",
        ),
        FaultKind::Origin => (
            "SPICE 2.0 refused the portal's `Origin`.",
            "The gateway must take `Origin` off staff calls (`deploy/`); else the portal's origin belongs in the service's `ALLOWED_ORIGINS`.",
        ),
        FaultKind::Cookie => (
            "The sign-in was right, and the browser does not hold its session cookie.",
            "`DOMAIN_NAME` of SPICE 2.0 must be the portal's host or a parent domain; `Secure` needs https; `SameSite` must fit; a cookie over 4,096 characters is dropped: fewer roles or organizations.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "<!-- references: made by UPDATE=1 cargo test -p doctor -->\n";
    const END: &str = "<!-- /references -->\n";

    #[test]
    fn every_reference_has_an_explanation() {
        for call in Call::ALL {
            for kind in FaultKind::ALL {
                let text = Reference { call, kind }.to_text();
                let explanation = explain(&text.to_lowercase()).unwrap();
                assert!(explanation.starts_with(&text), "{text}");
            }
        }
        assert!(explain("P2-SHAPE 3f2a90").unwrap().contains("login"));
        for other in ["", "P2", "P9-SHAPE", "P2-SHAPES", "SHAPE-P2"] {
            assert!(explain(other).is_err(), "{other}");
        }
    }

    #[test]
    fn tables_in_the_documentation_are_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operations.md");
        let page = std::fs::read_to_string(path).unwrap();
        let (before, rest) = page.split_once(START).expect("the start marker");
        let (_, after) = rest.split_once(END).expect("the end marker");
        let current = [before, START, &tables(), END, after].concat();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &current).unwrap();
        } else {
            assert!(
                page == current,
                "UPDATE=1 cargo test -p doctor makes it anew"
            );
        }
    }
}

//! The table of all checks: what each asks, and why it matters. `docs/doctor.md` is made from it.

/// A check, as the table describes it.
pub struct CheckInfo {
    /// What it is a check of: `portal`, `patient` or `staff`, the first part of its ID.
    pub of: &'static [&'static str],
    /// The rest of its ID.
    pub name: &'static str,
    /// What is asked, or looked at.
    pub asks: &'static str,
    /// What happens where it fails.
    pub matters: &'static str,
}

const fn check(
    of: &'static [&'static str],
    name: &'static str,
    asks: &'static str,
    matters: &'static str,
) -> CheckInfo {
    CheckInfo {
        of,
        name,
        asks,
        matters,
    }
}

const PORTAL: &[&str] = &["portal"];
const PATIENT: &[&str] = &["patient"];
const STAFF: &[&str] = &["staff"];
const BOTH: &[&str] = &["patient", "staff"];

/// All checks, in the order of a run.
#[rustfmt::skip]
pub const CHECKS: &[CheckInfo] = &[
    check(PORTAL, "notice", "whether `brand.notice` of `--config` is out of date", "people see no notice, and the next one may be forgotten"),
    check(PORTAL, "onward-cookie", "whether people on a shared device (`sharedDevice`) go on (`onward`) with the cookie of SPICE 2.0 or of `patient.cookies`", "the next person at the device finds the application open"),
    check(PORTAL, "gateway", "the version of the gateway's rules, with `--config URL` or `--origin`", "an older gateway answers calls of the portal with 404, or lets foreign ones through"),
    check(BOTH, "reachable", "the first call, and how long it takes", "nothing works; above 3 s people submit twice"),
    check(BOTH, "tls", "whether the certificate is trusted on this machine", "browsers open no connection"),
    check(BOTH, "clock", "the `Date` header, against this machine's clock", "the portal shows a wrong time for the next attempt"),
    check(BOTH, "cors", "whether the service has the portal's origin", "if not, the checks of CORS below apply"),
    check(BOTH, "cors.retry-after", "whether a page may read `Retry-After`", "the portal cannot say how long to wait"),
    check(BOTH, "cors.preflight", "the preflight of a sign-in", "browsers do not send the call"),
    check(PATIENT, "cors.exists", "whether a page may read the response to `is_patient_exists`", "browsers hide the response"),
    check(PATIENT, "cors.unknown", "the same of `login`, without `patient.checkExists`", "browsers hide the response"),
    check(PATIENT, "cors.login", "whether a page may read a patient's record", "browsers hide the response"),
    check(PATIENT, "exists.unknown", "`is_patient_exists` for an unknown phone: `false`", "the portal sends identifiers for unknown phones, or finds no patient"),
    check(PATIENT, "exists.type", "the media type of that response", "a proxy or a scanner may change it"),
    check(PATIENT, "exists.malformed", "`is_patient_exists` without a phone: 4xx", "the service does not check what it is sent"),
    check(PATIENT, "exists.known", "`is_patient_exists` for the test patient: `true`", "no patient can sign in"),
    check(PATIENT, "login.unknown", "`login` with an unknown phone and identifier: not found", "a stranger's record is sent, or people read a wrong message"),
    check(PATIENT, "login.wrong-identifier", "`login` with the test patient's phone and a wrong identifier: the same", "a record is sent to anyone with the phone number, or the phones of patients are revealed"),
    check(PATIENT, "login.record", "`login` as the test patient: the record, or a code as `patient.oneTimeCode` says", "no patient can sign in, or the record has gaps"),
    check(PATIENT, "login.type", "the media type of that response", "a proxy or a scanner may change it"),
    check(PATIENT, "verify.made-up", "`verify_otp` with a made-up `otp_id`: rejected", "any code opens a record"),
    check(STAFF, "session.blank", "a sign-in with blank fields: 401 and its message", "a proxy changes forms, or the portal shows a wrong message"),
    check(STAFF, "session.unknown", "a sign-in of an unknown user: 401 and its message", "people read that the service is down"),
    check(STAFF, "session.error-type", "the media type of that response", "a proxy or a scanner may change it"),
    check(STAFF, "cors.session", "whether a page may read a rejected sign-in", "browsers hide the response"),
    check(STAFF, "origin.own", "whether calls with the portal's own `Origin` pass", "SPICE 2.0 and gateways refuse origins they do not know: no sign-in succeeds"),
    check(STAFF, "origin.foreign", "whether calls with another `Origin` are refused, where the session is a cookie", "any site can make calls in the session of its visitor"),
    check(STAFF, "validate.no-session", "the probe with a made-up token or cookie: 401", "anyone is signed in"),
    check(STAFF, "header-buffers", "the same with 7,200, 9,000 and 15,000 characters: the same status", "a gateway refuses the calls of staff members whose token is long"),
    check(STAFF, "session.sign-in", "the sign-in of the test user", "no staff member can sign in"),
    check(STAFF, "cors.sign-in", "whether a page may read that response", "browsers hide the response"),
    check(STAFF, "cors.authorization", "whether a page may read its `Authorization` header", "the portal has no token: no sign-in succeeds"),
    check(STAFF, "session.type", "its media type", "a proxy or a scanner may change it"),
    check(STAFF, "session.response-size", "whether its headers fit SPICE and every gateway", "people with many organizations or roles cannot sign in: 500, 502, or 200 without a session"),
    check(STAFF, "session.cookie", "whether it sets the session cookie (2.0 `web`)", "the portal has no session"),
    check(STAFF, "session.cookie-http-only", "`HttpOnly` of the cookie", "scripts can read the session"),
    check(STAFF, "session.cookie-secure", "`Secure` of the cookie", "the session goes over the network in clear, or browsers drop the cookie"),
    check(STAFF, "session.cookie-domain", "`Domain` of the cookie, against the host", "browsers drop the cookie: no sign-in succeeds"),
    check(STAFF, "session.cookie-same-site", "`SameSite` of the cookie, against the portal's site", "other sites can use the session, or browsers do not send it"),
    check(STAFF, "session.cookie-length", "the length of the cookie, at most 4,096", "browsers drop the cookie: people with many organizations or roles cannot sign in"),
    check(STAFF, "session.token", "that there is no token beside the cookie", "scripts can read the session"),
    check(STAFF, "cors.preflight-probe", "the preflight of the probe", "browsers do not send the call"),
    check(STAFF, "cors.preflight-logout", "the preflight of the sign-out", "browsers do not send the call, and sessions are not ended"),
    check(STAFF, "validate.session", "the probe in the session of the test user: 200", "good sessions count as ended, or belong to another person"),
    check(STAFF, "logout", "the sign-out", "sessions are not ended"),
    check(STAFF, "logout.cookie", "whether the sign-out takes the cookie back", "the cookie stays in the browser"),
    check(STAFF, "logout.ends", "the probe after the sign-out: 401", "a session can be used after its sign-out"),
    check(STAFF, "session.wrong-password", "a sign-in of the test user with a wrong password: 401 and its message", "people read a wrong message"),
    check(BOTH, "rate-limit", "whether four repeated calls, or their headers, show a limit", "identifiers and passwords can be guessed"),
];

/// A check of the table.
pub(crate) fn of(of: &str, name: &str) -> Option<&'static CheckInfo> {
    CHECKS
        .iter()
        .find(|check| check.name == name && check.of.contains(&of))
}

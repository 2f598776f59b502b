//! The probe of a session: the one request by which a service says that a session is valid.
//!
//! SPICE allows each of its requests to some roles only, and answers 401 to all others, in a valid session
//! too. So the probe depends on version and role, and its refusal means the end of a session only where the
//! same probe has succeeded before.

use super::requests::{profile_request, validate_request};
use super::types::{SignedIn, Staff, StaffClient};
use crate::fields::{Any, Record, one, text};
use crate::personal::Personal;
use crate::request::Request;
use crate::response::Response;
use crate::service_error::ServiceError;
use serde::Deserialize;

/// Roles of SPICE 1.x that may ask for `validate`.
const VALIDATE_V1: [&str; 10] = [
    "HEALTH_SCREENER",
    "HEALTH_COACH",
    "NUTRITIONIST",
    "LAB_TECHNICIAN",
    "PHARMACIST",
    "HRIO",
    "PROVIDER",
    "NURSE",
    "PHYSICIAN_PRESCRIBER",
    "SUPER_USER",
];

/// Roles of SPICE 1.x that may ask for `profile` and not for `validate`.
const PROFILE_V1: [&str; 4] = [
    "REGION_ADMIN",
    "ACCOUNT_ADMIN",
    "OPERATING_UNIT_ADMIN",
    "SUPER_ADMIN",
];

/// Roles of SPICE 2.0 that may ask for `profile`. Others are refused in a valid session.
const PROFILE_V2: [&str; 21] = [
    "CHW",
    "PROVIDER",
    "SUPER_ADMIN",
    "HEALTH_FACILITY_ADMIN",
    "SUPER_USER",
    "JOB_USER",
    "PEER_SUPERVISOR",
    "SECHN",
    "MCHA",
    "CHA",
    "MID_WIFE",
    "LAB_ASSISTANT",
    "SRN",
    "FACILITY_REPORT_ADMIN",
    "REPORT_ADMIN",
    "INSIGHTS_DEVELOPER",
    "INSIGHTS_USER",
    "REGION_ADMIN",
    "DISTRICT_ADMIN",
    "CHIEFDOM_ADMIN",
    "HF4_REPORT_USER",
];

/// The probe of a session: `POST /user-service/user/profile` for SPICE 2.0; for SPICE 1.x, by role,
/// `GET /user-service/user/validate` or `GET /user-service/user/profile`. `None` for roles of SPICE 1.x
/// that may ask for neither.
///
/// ```
/// use contract::staff::{Role, SessionAuth, SignedIn, Staff, StaffClient, probe_request};
///
/// let signed_in = SignedIn {
///     staff: Staff::default(),
///     client: StaffClient::SpiceV2Web,
///     auth: SessionAuth::Cookie,
///     confirmed: false,
/// };
/// assert_eq!(probe_request(&signed_in).unwrap().path, "/user-service/user/profile");
/// ```
pub fn probe_request(signed_in: &SignedIn) -> Option<Request> {
    let SignedIn {
        staff,
        client,
        auth,
        ..
    } = signed_in;
    let tenant = staff.tenant_id.as_ref().map(Personal::as_str);
    match client {
        StaffClient::SpiceV2Web | StaffClient::SpiceV2Mobile => {
            Some(profile_request(client, auth, tenant))
        }
        StaffClient::SpiceV1(_)
            if staff.super_user == Some(true) || has_role(staff, &VALIDATE_V1) =>
        {
            Some(validate_request(client, auth, tenant))
        }
        StaffClient::SpiceV1(_) if has_role(staff, &PROFILE_V1) => {
            Some(profile_request(client, auth, tenant))
        }
        StaffClient::SpiceV1(_) => None,
    }
}

/// `true` if SPICE 2.0 allows `profile` to every role of the staff member, so that a refusal says something
/// about the session.
///
/// ```
/// use contract::staff::{Staff, profile_is_allowed};
///
/// assert!(!profile_is_allowed(&Staff::default()));
/// ```
pub fn profile_is_allowed(staff: &Staff) -> bool {
    let mut names = role_names(staff).peekable();
    names.peek().is_some() && names.all(|name| is_one_of(name, &PROFILE_V2))
}

fn has_role(staff: &Staff, roles: &[&str]) -> bool {
    role_names(staff).any(|name| is_one_of(name, roles))
}

fn role_names(staff: &Staff) -> impl Iterator<Item = &str> {
    let roles = staff.roles.iter();
    roles.map(|role| role.name.as_ref().map_or("", Personal::as_str))
}

fn is_one_of(name: &str, roles: &[&str]) -> bool {
    roles.iter().any(|role| role.eq_ignore_ascii_case(name))
}

/// The person that a service names as the owner of a session.
#[derive(PartialEq, Default, Deserialize)]
pub struct SessionOwner {
    #[serde(default, deserialize_with = "text")]
    id: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    username: Option<Personal>,
    #[serde(rename = "phoneNumber", default, deserialize_with = "text")]
    phone: Option<Personal>,
}

impl Record for SessionOwner {}

impl SessionOwner {
    /// `true` if this is certainly another person than the one who signed in: another ID, or, where one of
    /// the two responses has no ID, another user name.
    pub fn is_other_than(&self, staff: &Staff) -> bool {
        let differ = |own: &Option<Personal>, other: &Option<Personal>| {
            let (own, other) = (own.as_ref()?.as_str(), other.as_ref()?.as_str());
            Some(!own.eq_ignore_ascii_case(other))
        };
        differ(&self.id, &staff.id)
            .or_else(|| differ(&self.username, &staff.username))
            .unwrap_or(false)
    }

    /// `true` if this is certainly another person than the one who typed this user name, which in SPICE 2.0
    /// may be a phone number.
    ///
    /// ```
    /// use contract::response::{Headers, Response};
    /// use contract::staff::read_probe;
    ///
    /// let body = br#"{"entity":{"username":"test.user@example.org","phoneNumber":"700000001"}}"#;
    /// let response = Response { status: 200, headers: Headers::default(), body };
    /// let owner = read_probe(&response).unwrap().unwrap();
    /// assert!(!owner.signs_in_with_another_name_than("Test.User@example.org"));
    /// assert!(!owner.signs_in_with_another_name_than("700000001"));
    /// assert!(owner.signs_in_with_another_name_than("other.user@example.org"));
    /// ```
    pub fn signs_in_with_another_name_than(&self, username: &str) -> bool {
        self.username.is_some()
            && [&self.username, &self.phone]
                .into_iter()
                .flatten()
                .all(|name| !name.as_str().eq_ignore_ascii_case(username.trim()))
    }
}

#[derive(PartialEq, Default, Deserialize)]
struct Profile {
    #[serde(default, deserialize_with = "one")]
    entity: Option<SessionOwner>,
}

impl Record for Profile {}

/// Reads the response to [`probe_request`]: the owner of the session, where the service names one.
///
/// ```
/// use contract::response::{Headers, Response};
/// use contract::staff::read_probe;
///
/// let response = Response { status: 200, headers: Headers::default(), body: b"Session alive" };
/// assert!(read_probe(&response).unwrap().is_none());
/// ```
///
/// # Errors
/// [`ServiceError::SessionOver`] for 401; [`ServiceError::NotAllowed`] for 403; any other error says nothing
/// about the session: a service answers 404 or 405 where it does not know the request.
pub fn read_probe(response: &Response<'_>) -> Result<Option<SessionOwner>, ServiceError> {
    super::read_session(response)?;
    Ok(match response.json() {
        Ok(Any::Object(Profile { entity })) => entity,
        _ => None,
    })
}

//! A staff member, and the other values of the staff service's responses.

use super::role::{KnownRole, title_case};
use crate::fields::{Record, all, flag, moment, offset, one, text, texts};
use crate::personal::{Personal, redact_debug};
use serde::Deserialize;

/// A SPICE client: the version of SPICE and the value of its `client` header. Combinations that a version
/// does not have cannot be constructed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffClient {
    /// SPICE 1.x, with any value of the header; SPICE ignores its case.
    SpiceV1(String),
    /// The web client of SPICE 2.0. The session is in a cookie that no page can read.
    SpiceV2Web,
    /// The mobile client of SPICE 2.0. The session is a token, as in 1.x.
    SpiceV2Mobile,
}

impl StaffClient {
    /// The client of SPICE 2.0 with exactly this header value.
    ///
    /// ```
    /// use contract::staff::StaffClient;
    ///
    /// assert_eq!(StaffClient::spice_v2("web"), Some(StaffClient::SpiceV2Web));
    /// assert_eq!(StaffClient::spice_v2("spice web"), None);
    /// ```
    pub fn spice_v2(name: &str) -> Option<Self> {
        [Self::SpiceV2Web, Self::SpiceV2Mobile]
            .into_iter()
            .find(|client| client.as_str() == name)
    }

    /// The value of the `client` header.
    pub fn as_str(&self) -> &str {
        match self {
            Self::SpiceV1(name) => name,
            Self::SpiceV2Web => "web",
            Self::SpiceV2Mobile => "mob",
        }
    }
}

/// A staff member who is signed in, with the authorization of the session.
pub struct SignedIn {
    /// The staff member.
    pub staff: Staff,
    /// The client that the session was opened with.
    pub client: StaffClient,
    /// Authorization of later requests.
    pub auth: SessionAuth,
    /// `true` once a [`probe_request`](super::probe_request) of this session has succeeded.
    pub confirmed: bool,
}

impl SignedIn {
    /// `true` if the session is a cookie, which all tabs of the browser share.
    pub fn has_cookie(&self) -> bool {
        matches!(self.auth, SessionAuth::Cookie)
    }
}

/// Authorization of the requests of a session: either a token or a cookie.
pub enum SessionAuth {
    /// A token, in this program's memory.
    Token(BearerToken),
    /// A cookie that only the browser can read and sends by itself.
    Cookie,
}

/// A session token, with its scheme. Opaque: only this module can put it into a request. No `Debug`, no
/// `Clone`, zeroed on drop.
pub struct BearerToken(pub(super) Personal);

/// A staff member, with the fields that the response has. Text is trimmed and never empty.
#[derive(PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Staff {
    /// The user's ID.
    #[serde(default, deserialize_with = "text")]
    pub id: Option<Personal>,
    /// The sign-in name, most often an e-mail address.
    #[serde(default, deserialize_with = "text")]
    pub username: Option<Personal>,
    /// The gender, as a word.
    #[serde(default, deserialize_with = "text")]
    pub gender: Option<Personal>,
    /// The first name.
    #[serde(default, deserialize_with = "text")]
    pub first_name: Option<Personal>,
    /// The middle name.
    #[serde(default, deserialize_with = "text")]
    pub middle_name: Option<Personal>,
    /// The last name.
    #[serde(default, deserialize_with = "text")]
    pub last_name: Option<Personal>,
    /// Undocumented; `null` in the sample.
    #[serde(default, deserialize_with = "text")]
    pub subject: Option<Personal>,
    /// The phone number without the country code.
    #[serde(rename = "phoneNumber", default, deserialize_with = "text")]
    pub phone: Option<Personal>,
    /// The phone's country code.
    #[serde(default, deserialize_with = "text")]
    pub country_code: Option<Personal>,
    /// The ID of the device's record.
    #[serde(default, deserialize_with = "text")]
    pub device_info_id: Option<Personal>,
    /// The ID of the user's culture (language).
    #[serde(default, deserialize_with = "text")]
    pub culture_id: Option<Personal>,
    /// The tenant, which later calls send as `TenantId`.
    #[serde(default, deserialize_with = "text")]
    pub tenant_id: Option<Personal>,
    /// The roles: one for a known `client`, else all of them.
    #[serde(default, deserialize_with = "all")]
    pub roles: Vec<Role>,
    /// `true` if the account is active.
    #[serde(default, deserialize_with = "flag")]
    pub active: Option<bool>,
    /// `true` if the account has expired.
    #[serde(default, deserialize_with = "flag")]
    pub account_expired: Option<bool>,
    /// `true` if the account is locked.
    #[serde(default, deserialize_with = "flag")]
    pub account_locked: Option<bool>,
    /// `true` if the credentials have expired.
    #[serde(default, deserialize_with = "flag")]
    pub credentials_expired: Option<bool>,
    /// `true` if the user is blocked.
    #[serde(rename = "isBlocked", default, deserialize_with = "flag")]
    pub blocked: Option<bool>,
    /// `true` if the user is a super user.
    #[serde(rename = "isSuperUser", default, deserialize_with = "flag")]
    pub super_user: Option<bool>,
    /// The server's time of the sign-in, in milliseconds since 1970-01-01T00:00:00Z.
    #[serde(default, deserialize_with = "moment")]
    pub current_date: Option<i64>,
    /// The user's time zone.
    #[serde(rename = "timezone", default, deserialize_with = "one")]
    pub time_zone: Option<TimeZone>,
    /// The user's organizations.
    #[serde(default, deserialize_with = "all")]
    pub organizations: Vec<Organization>,
    /// The user's country.
    #[serde(default, deserialize_with = "one")]
    pub country: Option<Country>,
    /// SPICE 2.0: the IDs of the user's organizations.
    #[serde(default, deserialize_with = "texts")]
    pub organization_ids: Vec<Personal>,
    /// SPICE 2.0: the applications that the user may use.
    #[serde(default, deserialize_with = "texts")]
    pub suite_access: Vec<Personal>,
    /// SPICE 2.0: `true` if the terms and conditions are accepted.
    #[serde(
        rename = "isTermsAndConditionsAccepted",
        default,
        deserialize_with = "flag"
    )]
    pub terms_accepted: Option<bool>,
    /// SPICE 2.0: the user's culture (language).
    #[serde(default, deserialize_with = "one")]
    pub culture: Option<Culture>,
}

/// A role.
#[derive(PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Role {
    /// The role's ID.
    #[serde(default, deserialize_with = "text")]
    pub id: Option<Personal>,
    /// The role's name, such as `PROVIDER`: an open set. For display, see [`Role::title`].
    #[serde(default, deserialize_with = "text")]
    pub name: Option<Personal>,
    /// The role's level.
    #[serde(default, deserialize_with = "text")]
    pub level: Option<Personal>,
    /// The authority it grants; in the sample the same as its name.
    #[serde(default, deserialize_with = "text")]
    pub authority: Option<Personal>,
    /// The ID of the user who created it.
    #[serde(default, deserialize_with = "text")]
    pub created_by: Option<Personal>,
    /// The ID of the user who changed it last.
    #[serde(default, deserialize_with = "text")]
    pub updated_by: Option<Personal>,
    /// The time of its creation, unchanged.
    #[serde(default, deserialize_with = "text")]
    pub created_at: Option<Personal>,
    /// The time of its last change, unchanged.
    #[serde(default, deserialize_with = "text")]
    pub updated_at: Option<Personal>,
    /// `true` if the role is active.
    #[serde(default, deserialize_with = "flag")]
    pub active: Option<bool>,
    /// `true` if the role is deleted.
    #[serde(default, deserialize_with = "flag")]
    pub deleted: Option<bool>,
}

/// Title of a role for display.
#[derive(Debug, PartialEq, Eq)]
pub enum RoleTitle {
    /// A role with a translation in every language.
    Known(KnownRole),
    /// Any other role's own name in title case, safe to display.
    Own(String),
}

impl Role {
    /// The title for display, from the name or else from the authority.
    ///
    /// ```
    /// use contract::personal::Personal;
    /// use contract::staff::{KnownRole, Role, RoleTitle};
    ///
    /// let role = |name| Role { name: Some(Personal::from(name)), ..Role::default() };
    /// assert_eq!(role("NURSE").title(), Some(RoleTitle::Known(KnownRole::Nurse)));
    /// assert_eq!(role("TEST_ROLE").title(), Some(RoleTitle::Own("Test Role".to_owned())));
    /// ```
    pub fn title(&self) -> Option<RoleTitle> {
        let name = self.name.as_ref().or(self.authority.as_ref())?.as_str();
        if let Some(known) = KnownRole::find(name) {
            return Some(RoleTitle::Known(known));
        }
        let own = title_case(name);
        (!own.is_empty()).then_some(RoleTitle::Own(own))
    }
}

/// A time zone.
#[derive(PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TimeZone {
    /// The time zone's ID.
    #[serde(default, deserialize_with = "text")]
    pub id: Option<Personal>,
    /// The offset from UTC, unchanged, such as `+05:30`, from -12:00 to +14:00.
    #[serde(default, deserialize_with = "offset")]
    pub offset: Option<Personal>,
    /// Its description, in English.
    #[serde(default, deserialize_with = "text")]
    pub description: Option<Personal>,
}

/// An organization.
#[derive(PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// The organization's ID.
    #[serde(default, deserialize_with = "text")]
    pub id: Option<Personal>,
    /// The organization's name.
    #[serde(default, deserialize_with = "text")]
    pub name: Option<Personal>,
}

/// A country.
#[derive(PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Country {
    /// The country's ID.
    #[serde(default, deserialize_with = "text")]
    pub id: Option<Personal>,
    /// The country's name.
    #[serde(default, deserialize_with = "text")]
    pub name: Option<Personal>,
    /// Its phone code.
    #[serde(default, deserialize_with = "text")]
    pub country_code: Option<Personal>,
    /// The system of measurement, such as `metric`.
    #[serde(default, deserialize_with = "text")]
    pub unit_measurement: Option<Personal>,
    /// The country's tenant.
    #[serde(default, deserialize_with = "text")]
    pub tenant_id: Option<Personal>,
}

/// A culture: a language and its formats.
#[derive(PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Culture {
    /// The culture's ID.
    #[serde(default, deserialize_with = "text")]
    pub id: Option<Personal>,
    /// The culture's name.
    #[serde(default, deserialize_with = "text")]
    pub name: Option<Personal>,
    /// The culture's code.
    #[serde(default, deserialize_with = "text")]
    pub code: Option<Personal>,
}

// The document's table calls roles, time zone and country a text and an organization a number, while
// its sample has objects. So a bare text or number in place of an object is read as its main field.

impl Record for Role {
    fn from_text(name: Personal) -> Self {
        Self {
            name: Some(name),
            ..Self::default()
        }
    }
}

impl Record for TimeZone {
    fn from_text(offset: Personal) -> Self {
        Self {
            offset: Some(offset),
            ..Self::default()
        }
    }
}

impl Record for Organization {
    fn from_text(id: Personal) -> Self {
        Self {
            id: Some(id),
            ..Self::default()
        }
    }
}

impl Record for Country {
    fn from_text(name: Personal) -> Self {
        Self {
            name: Some(name),
            ..Self::default()
        }
    }
}

impl Record for Culture {
    fn from_text(name: Personal) -> Self {
        Self {
            name: Some(name),
            ..Self::default()
        }
    }
}

impl Record for Staff {}

redact_debug!(
    SignedIn,
    Staff,
    Role,
    TimeZone,
    Organization,
    Country,
    Culture
);

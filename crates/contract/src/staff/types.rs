//! A staff member, and what else the service's answers come to.

use super::role::{KnownRole, title_case};
use crate::date::offset_minutes;
use crate::fields::{Record, all, flag, integer, one, text, texts};
use crate::personal::{Personal, keep_quiet};
use serde::{Deserialize, Deserializer};

/// An entrance: which SPICE it leads to, and by which `client`. A version that does not know the
/// `client` cannot be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Client {
    /// SPICE 1.x, by whatever word; case does not matter there.
    One(String),
    /// SPICE 2.0 in a browser. The session is in a cookie that no page can read.
    Web,
    /// SPICE 2.0 as on a phone. The session is a token, as in 1.x.
    Mob,
}

impl Client {
    /// The one of SPICE 2.0 with exactly this name.
    pub fn two(name: &str) -> Option<Self> {
        [Self::Web, Self::Mob]
            .into_iter()
            .find(|client| client.as_str() == name)
    }

    /// The value of the header.
    pub fn as_str(&self) -> &str {
        match self {
            Self::One(name) => name,
            Self::Web => "web",
            Self::Mob => "mob",
        }
    }
}

/// Someone who is signed in, and what says so.
pub struct SignedIn {
    /// Who.
    pub staff: Staff,
    /// What lets later calls in.
    pub pass: Pass,
}

/// What lets a call into a session: a token or a cookie, never both and never neither.
pub enum Pass {
    /// A token, in this program's memory.
    Token(Bearer),
    /// A cookie, in the browser's: nobody here has seen it, and the browser sends it by itself.
    Cookie,
}

/// A session token. Opaque: only this module can put it into a request. No `Debug`, no `Clone`,
/// wiped on drop.
pub struct Bearer(pub(super) Personal);

/// A staff member, as far as the answer tells. Text is trimmed and never empty.
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
    /// Whether the account is active.
    #[serde(default, deserialize_with = "flag")]
    pub active: Option<bool>,
    /// Whether the account has expired.
    #[serde(default, deserialize_with = "flag")]
    pub account_expired: Option<bool>,
    /// Whether the account is locked.
    #[serde(default, deserialize_with = "flag")]
    pub account_locked: Option<bool>,
    /// Whether the credentials have expired.
    #[serde(default, deserialize_with = "flag")]
    pub credentials_expired: Option<bool>,
    /// Whether the user is blocked.
    #[serde(rename = "isBlocked", default, deserialize_with = "flag")]
    pub blocked: Option<bool>,
    /// Whether the user may do everything.
    #[serde(rename = "isSuperUser", default, deserialize_with = "flag")]
    pub super_user: Option<bool>,
    /// The server's time of the sign-in, in milliseconds since 1970-01-01T00:00:00Z.
    #[serde(default, deserialize_with = "integer")]
    pub current_date: Option<i64>,
    /// The user's time zone.
    #[serde(rename = "timezone", default, deserialize_with = "time_zone")]
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
    /// SPICE 2.0: the applications the user may enter.
    #[serde(default, deserialize_with = "texts")]
    pub suite_access: Vec<Personal>,
    /// SPICE 2.0: whether the terms and conditions are accepted.
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
    /// The role's name, such as `PROVIDER`: an open set. For people, see [`Role::title`].
    #[serde(default, deserialize_with = "text")]
    pub name: Option<Personal>,
    /// The role's level.
    #[serde(default, deserialize_with = "text")]
    pub level: Option<Personal>,
    /// The authority it grants; in the sample the same as its name.
    #[serde(default, deserialize_with = "text")]
    pub authority: Option<Personal>,
    /// The ID of who made it.
    #[serde(default, deserialize_with = "text")]
    pub created_by: Option<Personal>,
    /// The ID of who changed it last.
    #[serde(default, deserialize_with = "text")]
    pub updated_by: Option<Personal>,
    /// When it was made, as it came.
    #[serde(default, deserialize_with = "text")]
    pub created_at: Option<Personal>,
    /// When it was changed last, as it came.
    #[serde(default, deserialize_with = "text")]
    pub updated_at: Option<Personal>,
    /// Whether it is active.
    #[serde(default, deserialize_with = "flag")]
    pub active: Option<bool>,
    /// Whether it is deleted.
    #[serde(default, deserialize_with = "flag")]
    pub deleted: Option<bool>,
}

/// What a role goes by.
#[derive(Debug, PartialEq, Eq)]
pub enum RoleTitle {
    /// A role that every language has a word for.
    Known(KnownRole),
    /// Another one's own name in title case, safe to show.
    Own(String),
}

impl Role {
    /// What the role goes by; one without a name by its authority.
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
    /// The offset from UTC as it came, such as `+05:30`.
    #[serde(default, deserialize_with = "text")]
    pub offset: Option<Personal>,
    /// The offset in minutes east of Greenwich, if it could be read.
    #[serde(skip)]
    pub offset_minutes: Option<i16>,
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
    /// `metric` or not.
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
// its sample has objects. So a bare text or number, where an object might be, is its best-known part.

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

/// [`one`], and its offset understood.
fn time_zone<'de, D: Deserializer<'de>>(from: D) -> Result<Option<TimeZone>, D::Error> {
    let zone: Option<TimeZone> = one(from)?;
    Ok(zone.map(|zone| TimeZone {
        offset_minutes: zone
            .offset
            .as_ref()
            .and_then(|offset| offset_minutes(offset.as_str())),
        ..zone
    }))
}

keep_quiet!(
    SignedIn,
    Staff,
    Role,
    TimeZone,
    Organization,
    Country,
    Culture
);

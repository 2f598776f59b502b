//! The staff side: sign-in, session and sign-out of "SPICE 1.x Mobile – Login", and what SPICE 2.0
//! answers differently.
//!
//! This module must not know which roles an entrance admits, nor what a role may do.

pub use crate::role::{KnownRole, title_case};

use crate::answer::Answer;
use crate::date::offset_minutes;
use crate::fields::{Any, Record, all, flag, integer, one, text, texts};
use crate::password::PasswordHash;
use crate::personal::{Personal, keep_quiet};
use crate::refusal::{Flaw, Refusal};
use crate::request::{Body, Method, Request};
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
pub struct Bearer(Personal);

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

keep_quiet!(
    SignedIn,
    Staff,
    Role,
    TimeZone,
    Organization,
    Country,
    Culture
);

/// Signs a staff member in: `POST /auth-service/session`, a form, with the entrance in the header
/// `client`. The user name is trimmed; case is the server's business.
pub fn sign_in_request(client: &Client, username: &str, hash: &PasswordHash) -> Request {
    Request {
        method: Method::Post,
        path: "/auth-service/session",
        headers: vec![("client", Personal::from(client.as_str()))],
        body: Body::Form(vec![
            ("username", Personal::from(username.trim())),
            ("password", Personal::from(hash.as_str())),
        ]),
        cookies: *client == Client::Web,
    }
}

/// Reads the answer to [`sign_in_request`]. Signed in means: 200, a token in the `Authorization`
/// header, and a body that is a JSON object; any of its fields may be missing.
///
/// # Errors
/// The documented 401 messages by name; [`Refusal::NotASignIn`] for a 200 without a token or with
/// an `error` in its body; [`Refusal::ServiceDown`] for 5xx and for a 401 without a body;
/// [`Refusal::TooManyTries`]; [`Refusal::BadAnswer`] for the rest. A refused answer may still
/// have opened a session: see [`bearer`].
pub fn sign_in_answer(answer: &Answer<'_>) -> Result<SignedIn, Refusal> {
    sign_in(answer, signed_in)
}

/// Reads the answer to [`sign_in_request`] by [`Client::Web`]. The cookie is out of sight, so half
/// of what says "signed in" is missing here: 200 and a body that names somebody is all there is to
/// read, and a [`validate_request`] has to show the rest.
///
/// # Errors
/// As [`sign_in_answer`]. A refused answer with status 200 may still have left a cookie.
pub fn cookie_answer(answer: &Answer<'_>) -> Result<SignedIn, Refusal> {
    sign_in(answer, signed_in_by_cookie)
}

fn sign_in(
    answer: &Answer<'_>,
    read: fn(&Answer<'_>) -> Result<SignedIn, Refusal>,
) -> Result<SignedIn, Refusal> {
    match answer.status {
        200 => read(answer),
        401 => refused(answer),
        _ => Err(answer.refusal()),
    }
}

/// The token in an answer to [`sign_in_request`]: the one way to get a [`Bearer`]. For a caller that
/// does not let someone in and wants to end the session that the server has opened.
pub fn bearer(answer: &Answer<'_>) -> Option<Pass> {
    let value = answer.headers.authorization.as_ref()?.as_str().trim();
    // A header that comes twice arrives as `a, a`. One of two different tokens is not ours to guess.
    let value = match value.split_once(", ") {
        Some((one, other)) if one == other => one,
        Some(_) => return None,
        None => value,
    };
    let token = match value.split_at_checked(6) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("Bearer") => rest,
        _ => value,
    };
    (!token.is_empty() && fits_in_a_header(value))
        .then(|| Pass::Token(Bearer(Personal::from(value))))
}

/// Signs out: `/auth-service/logout`, by `GET` as the web client of 1.x does or by `POST`.
pub fn sign_out_request(method: Method, pass: &Pass, tenant: Option<&str>) -> Request {
    in_session(method, "/auth-service/logout", pass, tenant)
}

/// Asks whether the session still holds: `GET /user-service/user/validate`.
pub fn validate_request(pass: &Pass, tenant: Option<&str>) -> Request {
    in_session(Method::Get, "/user-service/user/validate", pass, tenant)
}

/// Reads the answer to any request in a session; its body means nothing.
///
/// # Errors
/// [`Refusal::SessionOver`] for 401, [`Refusal::NotAllowed`] for 403 (the session stays),
/// [`Refusal::TooManyTries`], [`Refusal::ServiceDown`] and [`Refusal::BadAnswer`] by status.
pub fn session_answer(answer: &Answer<'_>) -> Result<(), Refusal> {
    match answer.status {
        200 => Ok(()),
        401 => Err(Refusal::SessionOver),
        403 => Err(Refusal::NotAllowed),
        _ => Err(answer.refusal()),
    }
}

fn in_session(method: Method, path: &'static str, pass: &Pass, tenant: Option<&str>) -> Request {
    let mut headers = match pass {
        Pass::Token(bearer) => vec![("Authorization", Personal::from(bearer.0.as_str()))],
        Pass::Cookie => Vec::new(),
    };
    if let Some(tenant) = tenant.map(str::trim)
        && !tenant.is_empty()
        && fits_in_a_header(tenant)
    {
        headers.push(("TenantId", Personal::from(tenant)));
    }
    Request {
        method,
        path,
        headers,
        body: Body::None,
        cookies: matches!(pass, Pass::Cookie),
    }
}

/// Printable ASCII. The browser throws on some of what is beyond, and a token that is not sent
/// as it came is no token.
fn fits_in_a_header(value: &str) -> bool {
    value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

fn signed_in(answer: &Answer<'_>) -> Result<SignedIn, Refusal> {
    let token = bearer(answer);
    if token.is_none() && answer.trimmed()?.is_empty() {
        return Err(Refusal::NotASignIn);
    }
    let staff = staff_of(answer)?;
    match (staff, token) {
        (Some(staff), Some(pass)) => Ok(SignedIn { staff, pass }),
        _ => Err(Refusal::NotASignIn),
    }
}

fn signed_in_by_cookie(answer: &Answer<'_>) -> Result<SignedIn, Refusal> {
    if answer.trimmed()?.is_empty() {
        return Err(Refusal::NotASignIn);
    }
    // A body that names nobody may say anything; with a token it is the token that counts.
    match staff_of(answer)? {
        Some(staff) if staff.id.is_some() || staff.username.is_some() => Ok(SignedIn {
            staff,
            pass: Pass::Cookie,
        }),
        _ => Err(Refusal::NotASignIn),
    }
}

/// Who the body tells of; nobody, if it tells of an error.
fn staff_of(answer: &Answer<'_>) -> Result<Option<Staff>, Refusal> {
    let remarks = answer.remarks()?;
    if remarks.is_some_and(|remarks| remarks.error.is_some()) {
        return Ok(None);
    }
    match answer.json()? {
        Any::Object(staff) => Ok(Some(staff)),
        _ => Err(Refusal::BadAnswer(Flaw::WrongShape)),
    }
}

/// What the messages of a 401 mean; the last one is from SPICE 2.0.
const MESSAGES: [(&str, Refusal); 6] = [
    ("Invalid credentials", Refusal::WrongCredentials),
    (
        "Account locked due to multiple invalid login attempts.",
        Refusal::AccountLocked(None),
    ),
    ("Disabled Account", Refusal::AccountDisabled(None)),
    (
        "You don't have a permission. Please contact administrator",
        Refusal::NoPermission,
    ),
    (
        "No Username and / or Password Provided",
        Refusal::BlankCredentials,
    ),
    (
        "You don't have permission to perform this operation",
        Refusal::NoPermission,
    ),
];

/// A 401: never a sign-in, but by its message one of several things.
fn refused(answer: &Answer<'_>) -> Result<SignedIn, Refusal> {
    if answer.trimmed()?.is_empty() {
        return Err(Refusal::ServiceDown);
    }
    let message = answer.remarks()?.and_then(|remarks| remarks.message);
    let message = message.ok_or(Refusal::BadAnswer(Flaw::WrongShape))?;
    let known = MESSAGES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(message.as_str()));
    let (_, meaning) = known.ok_or(Refusal::BadAnswer(Flaw::UnknownMessage))?;
    Err(match meaning {
        Refusal::AccountLocked(_) => Refusal::AccountLocked(answer.retry_after()),
        Refusal::AccountDisabled(_) => Refusal::AccountDisabled(answer.retry_after()),
        other => *other,
    })
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

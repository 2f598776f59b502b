//! The configuration's types, a struct an object, and their defaults.

use contract::request::Method;
use contract::staff::Client;
use serde::Deserialize;

use crate::kinds;
use crate::{Accent, BaseUrl, Label, LabelTexts, Language};

#[cfg(feature = "schema")]
use crate::label::LabelMap;
#[cfg(feature = "schema")]
use schemars::JsonSchema;

/// The whole configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Config {
    /// Where an editor finds this schema. The portal does not read it. Default: none.
    #[serde(rename = "$schema", deserialize_with = "kinds::optional_text")]
    pub schema: Option<String>,
    /// Whose portal it is.
    pub brand: Brand,
    /// The languages offered, the default first. Default: English and Arabic.
    #[serde(deserialize_with = "kinds::languages")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub languages: Vec<Language>,
    /// Patient sign-in.
    pub patient: Patient,
    /// Staff sign-in.
    pub staff: Staff,
    /// How long a sign-in lasts.
    pub session: Sessions,
    /// Calls to the services.
    pub request: Request,
    /// What people type.
    pub validation: Validation,
    /// Whether others use the same device: browsers are asked to remember nothing. Default: `false`.
    pub shared_device: bool,
    /// Where a link on an address with a place leads; `geo` is whatever map the device has. What it leads
    /// to learns that place, and the page says so. Default: `none`.
    pub map_link: MapLink,
    /// Whether the portal's own files are kept on the device, so that a start without a network says so
    /// in the portal's words. Default: `false`.
    pub offline_start: bool,
}

/// `brand`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Brand {
    /// The hospital's name in Latin script. Default: `Logistration`.
    #[serde(deserialize_with = "kinds::text")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"\S")))]
    pub name: String,
    /// The hospital's name in Arabic. Default: `brand.name`.
    #[serde(deserialize_with = "kinds::optional_text")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"\S")))]
    pub name_ar: Option<String>,
    /// The path of the logo on the portal's own origin. Default: the portal's own mark.
    #[serde(deserialize_with = "kinds::path")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^/(?![/\\])")))]
    pub logo: Option<String>,
    /// The hospital's colour, `#rrggbb`; white text on it must have a contrast of 4.5 to 1 at least.
    /// Default: the portal's own.
    pub accent: Option<Accent>,
    /// A phone number to call for help, as it is to be read, at the foot of every page. Default: none.
    #[serde(deserialize_with = "kinds::optional_text")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"\S")))]
    pub help_phone: Option<String>,
}

impl Brand {
    /// The name in a language, by its tag.
    pub fn name_in(&self, language: &str) -> &str {
        match &self.name_ar {
            Some(name) if language == Language::Ar.tag() => name,
            _ => &self.name,
        }
    }
}

/// `patient`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Patient {
    /// Whether patients can sign in, at `/`. Default: `true`.
    pub enabled: bool,
    /// Where the patient middleware is: an address with `https://`, and with `http://` on localhost only.
    /// Default: empty, the portal's own origin, and below its folder where it has one.
    pub base_url: BaseUrl,
    /// The word for a Patient ID in the sign-in request; only `nationalId` is documented. Default:
    /// `patientId`.
    #[serde(deserialize_with = "kinds::text")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"\S")))]
    pub patient_id_type: String,
    /// Calling codes a phone number may carry, digits only. Default: `["966"]`.
    #[serde(deserialize_with = "kinds::country_codes")]
    #[cfg_attr(
        feature = "schema",
        schemars(length(min = 1), inner(regex(pattern = r"^[0-9]{1,3}$")))
    )]
    pub country_codes: Vec<String>,
    /// Whether the phone is looked up before the identifier is sent. Default: `true`.
    pub check_exists: bool,
    /// Whether a sign-in may be answered with `otp_id`: then a page asks for the code that was sent to
    /// the phone. The service decides: a record that comes without one is shown. Default: `false`.
    pub one_time_code: bool,
    /// After how many seconds another code can be asked for. Default: `60` seconds.
    #[serde(deserialize_with = "kinds::seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub resend_seconds: u32,
    /// What codes mean that have no public list.
    pub labels: Labels,
}

/// `patient.labels`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Labels {
    /// What the codes of `maritalStatus` mean: `{ "1": "Single" }`, or by language
    /// `{ "1": { "en": "Single", "ar": "أعزب" } }`. Default: none.
    #[serde(deserialize_with = "kinds::labels")]
    #[cfg_attr(feature = "schema", schemars(with = "LabelMap"))]
    pub marital_status: Vec<(String, Label)>,
    /// What the codes of `idType` mean. Default: none.
    #[serde(deserialize_with = "kinds::labels")]
    #[cfg_attr(feature = "schema", schemars(with = "LabelMap"))]
    pub id_type: Vec<(String, Label)>,
    /// What the codes of `gender` mean. Default: 1 male, 2 female, 0 unknown.
    #[serde(deserialize_with = "kinds::labels")]
    #[cfg_attr(feature = "schema", schemars(with = "LabelMap"))]
    pub gender: Vec<(String, Label)>,
}

/// `staff`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Staff {
    /// Whether staff can sign in, at `/staff`. Default: `true`.
    pub enabled: bool,
    /// Where SPICE is: as `patient.baseUrl`. Default: empty, the portal's own origin.
    pub base_url: BaseUrl,
    /// The ways in; with more than one, the person chooses. Default: one, `spice mobile` of SPICE 1.x, for clinical staff.
    #[serde(deserialize_with = "kinds::entrances")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub entrances: Vec<StaffEntrance>,
    /// The key of the password's HMAC-SHA512, the same as SPICE's; it may be empty. Default: `spice_opensource`.
    #[serde(deserialize_with = "kinds::any_text")]
    pub password_key: String,
    /// How SPICE 1.x wants sign-out to be called. Default: `GET`.
    #[serde(deserialize_with = "kinds::method")]
    #[cfg_attr(feature = "schema", schemars(with = "kinds::MethodWord"))]
    pub logout_method: Method,
}

/// One of `staff.entrances`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StaffEntrance {
    /// The value of the `client` header: for protocol 1 such as `spice mobile`; for protocol 2 `web` (the
    /// session is a cookie, so the service must be on the portal's own site) or `mob` (a token, as in
    /// 1.x). It must be given.
    #[serde(deserialize_with = "kinds::client")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[ -~]*[!-~][ -~]*$")))]
    pub client: String,
    /// What the person reads: a text, or one for each language. It must be given.
    pub label: Label,
    /// Which SPICE it is, 1.x or 2.0. Default: `1`.
    #[serde(default)]
    pub protocol: Protocol,
}

impl StaffEntrance {
    /// Which SPICE, by which `client` header.
    pub fn client(&self) -> Client {
        match self.protocol {
            Protocol::Two => Client::two(&self.client),
            Protocol::One => None,
        }
        .unwrap_or_else(|| Client::One(self.client.clone()))
    }
}

/// `staff.entrances[].protocol`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum Protocol {
    /// SPICE 1.x
    #[default]
    #[serde(rename = "1")]
    One,
    /// SPICE 2.0
    #[serde(rename = "2")]
    Two,
}

/// `session`, and what differs for patients and staff
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Sessions {
    /// Sign-out after this long without activity. Default: `900` seconds.
    #[serde(deserialize_with = "kinds::seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub idle_seconds: u32,
    /// A warning this long before; less than `idleSeconds`. Default: `120` seconds.
    #[serde(deserialize_with = "kinds::seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub warn_seconds: u32,
    /// Sign-out after this long in any case. Default: `28800` seconds.
    #[serde(deserialize_with = "kinds::seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub absolute_seconds: u32,
    /// What is different for patients.
    pub patient: OwnSession,
    /// What is different for staff.
    pub staff: OwnSession,
}

/// `session.patient` and `session.staff`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct OwnSession {
    /// In place of `session.idleSeconds`, in seconds. Default: the same.
    #[serde(deserialize_with = "kinds::optional_seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub idle_seconds: Option<u32>,
    /// In place of `session.warnSeconds`, in seconds. Default: the same.
    #[serde(deserialize_with = "kinds::optional_seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub warn_seconds: Option<u32>,
    /// In place of `session.absoluteSeconds`, in seconds. Default: the same.
    #[serde(deserialize_with = "kinds::optional_seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub absolute_seconds: Option<u32>,
}

/// How long one sign-in lasts, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Sign-out after this long without activity.
    pub idle_seconds: u32,
    /// A warning this long before.
    pub warn_seconds: u32,
    /// Sign-out after this long in any case.
    pub absolute_seconds: u32,
}

impl Sessions {
    pub(crate) fn with(&self, own: OwnSession) -> Session {
        Session {
            idle_seconds: own.idle_seconds.unwrap_or(self.idle_seconds),
            warn_seconds: own.warn_seconds.unwrap_or(self.warn_seconds),
            absolute_seconds: own.absolute_seconds.unwrap_or(self.absolute_seconds),
        }
    }
}

/// `request`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Request {
    /// How long to wait for an answer. Default: `15` seconds.
    #[serde(deserialize_with = "kinds::seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub timeout_seconds: u32,
}

/// `validation`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Validation {
    /// Whether hints block like errors: for a site where every number must be Saudi. Default: `false`.
    pub strict: bool,
}

/// `mapLink`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MapLink {
    /// No link: the coordinates are sent to no other site.
    #[default]
    None,
    /// `geo:`, for whatever map the device has.
    Geo,
    /// openstreetmap.org
    OpenStreetMap,
    /// google.com/maps
    Google,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            schema: None,
            brand: Brand::default(),
            languages: Language::ALL.to_vec(),
            patient: Patient::default(),
            staff: Staff::default(),
            session: Sessions::default(),
            request: Request::default(),
            validation: Validation::default(),
            shared_device: false,
            map_link: MapLink::None,
            offline_start: false,
        }
    }
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            name: "Logistration".to_owned(),
            name_ar: None,
            logo: None,
            accent: None,
            help_phone: None,
        }
    }
}

impl Default for Patient {
    fn default() -> Self {
        Self {
            enabled: true,
            base_url: BaseUrl::default(),
            patient_id_type: "patientId".to_owned(),
            country_codes: vec!["966".to_owned()],
            check_exists: true,
            one_time_code: false,
            resend_seconds: 60,
            labels: Labels::default(),
        }
    }
}

impl Default for Staff {
    fn default() -> Self {
        Self {
            enabled: true,
            base_url: BaseUrl::default(),
            entrances: vec![StaffEntrance {
                client: "spice mobile".to_owned(),
                label: Label::Each(LabelTexts {
                    en: Some("Clinical staff".to_owned()),
                    ar: Some("الطاقم الطبي".to_owned()),
                }),
                protocol: Protocol::One,
            }],
            password_key: "spice_opensource".to_owned(),
            logout_method: Method::Get,
        }
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            idle_seconds: 900,
            warn_seconds: 120,
            absolute_seconds: 28_800,
            patient: OwnSession::default(),
            staff: OwnSession::default(),
        }
    }
}

impl Default for Request {
    fn default() -> Self {
        Self {
            timeout_seconds: 15,
        }
    }
}

impl Config {
    /// How long to wait for an answer, in milliseconds.
    pub fn timeout(&self) -> u32 {
        self.request.timeout_seconds.saturating_mul(1000)
    }

    /// How long a patient's sign-in lasts.
    pub fn patient_session(&self) -> Session {
        self.session.with(self.session.patient)
    }

    /// How long the sign-in of a member of staff lasts.
    pub fn staff_session(&self) -> Session {
        self.session.with(self.session.staff)
    }
}

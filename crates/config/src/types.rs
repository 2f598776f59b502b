//! Types of the configuration, one struct per object, and their defaults.

use contract::request::Method;
use contract::staff::StaffClient;
use serde::Deserialize;

use crate::kinds;
use crate::{Accent, BaseUrl, Label, Language, Link, Notice, OnwardLink};

#[cfg(feature = "schema")]
use crate::label::LabelMap;
#[cfg(feature = "schema")]
use schemars::JsonSchema;

/// The whole configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Config {
    /// The address of this schema, for editors. The portal does not read it. Default: none.
    #[serde(rename = "$schema", deserialize_with = "kinds::optional_text")]
    pub schema: Option<String>,
    /// The hospital's name, logo and colour.
    pub brand: Brand,
    /// The languages offered, the default first. Default: English and Arabic.
    #[serde(deserialize_with = "kinds::languages")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub languages: Vec<Language>,
    /// The digits of numbers, dates and times on Arabic pages: `latn` 123, `arab` ١٢٣. Given texts, and what
    /// is to be typed, keep theirs. Default: `latn`.
    pub digits: Digits,
    /// Sign-in of patients.
    pub patient: PatientConfig,
    /// Sign-in of staff.
    pub staff: StaffConfig,
    /// Time limits of a session.
    pub session: SessionsConfig,
    /// Requests to the services.
    pub request: RequestConfig,
    /// Validation of form fields.
    pub validation: Validation,
    /// `true` for devices that several people use: browsers are asked to remember nothing, a form that was left is
    /// emptied after `session.idleSeconds`, and each sign-out puts language and theme back. Default: `false`.
    pub shared_device: bool,
    /// The map that an address with coordinates links to; `geo` is the device's own map. The map service
    /// receives the coordinates, and the page says so. Default: `none`.
    pub map_link: MapLink,
    /// `true` to keep the portal's own files on the device, so that a start without a network shows the
    /// portal's offline page. Default: `false`.
    pub offline_start: bool,
    /// Where a signed-in person can go on to, in the order of the page. Default: nowhere.
    pub onward: Vec<OnwardLink>,
    /// The path on the portal's own origin that gets the reference of each fault that is shown, such as `/report`:
    /// an empty `POST /report/P2-SHAPE`, and nothing of the person. The gateways of `deploy/` answer at `/report`.
    /// Default: none is sent.
    #[serde(deserialize_with = "kinds::path")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = kinds::PATH_PATTERN)))]
    pub report_url: Option<String>,
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
    /// The path of the logo on the portal's own origin, such as `/logo.svg`: an SVG or PNG in `assets/` beside the
    /// configuration. Default: the portal's own logo.
    #[serde(deserialize_with = "kinds::path")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = kinds::PATH_PATTERN)))]
    pub logo: Option<String>,
    /// The hospital's colour, `#rrggbb`; white text on it must have a contrast of 4.5 to 1 at least.
    /// Default: the portal's own colour.
    pub accent: Option<Accent>,
    /// A phone number for help, as it is displayed: at the foot of every page, and with the errors that a call
    /// may answer. Default: none.
    #[serde(deserialize_with = "kinds::optional_text")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"\S")))]
    pub help_phone: Option<String>,
    /// Links at the foot of every page, such as the privacy notice, the terms and the accessibility statement.
    /// Default: none.
    pub links: Vec<Link>,
    /// A notice above the forms, such as of planned maintenance. Default: none.
    pub notice: Option<Notice>,
}

impl Brand {
    /// The name in a language, by its BCP 47 tag.
    ///
    /// ```
    /// let config = config::Config::parse(br#"{"brand":{"name":"Test Hospital"}}"#).unwrap();
    /// assert_eq!(config.brand.name_in("ar"), "Test Hospital");
    /// ```
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
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a key of config.json"
)]
pub struct PatientConfig {
    /// `true` if patients can sign in, at `/`. Default: `true`.
    pub enabled: bool,
    /// The language of patients whose browser lists none of `languages`, one of them; the gateway has it too.
    /// Default: the first of `languages`.
    pub language: Option<Language>,
    /// The address of the patient middleware, with `https://`, or with `http://` on localhost only.
    /// Default: empty, the portal's own origin, below its folder if it has one.
    pub base_url: BaseUrl,
    /// The identifier type for a Patient ID in the sign-in request; only `nationalId` is documented.
    /// Default: `patientId`.
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
    /// `true` to look the phone number up before the identifier is sent. Default: `true`.
    pub check_exists: bool,
    /// `true` if the service may answer a sign-in with `otp_id`: then a page asks for the code that was
    /// sent to the phone. A record that comes without a code is shown. Default: `false`.
    pub one_time_code: bool,
    /// The wait before another code can be requested. Default: `60` seconds.
    #[serde(deserialize_with = "kinds::seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub resend_seconds: u32,
    /// `true` for an application that stands in front of the middleware on the portal's own origin and makes
    /// a session of its own: patient calls send and take its cookie, and the end of a patient's session is
    /// sent to it as `POST /api/customer/logout`. Default: `false`, no cookie.
    pub cookies: bool,
    /// Labels for codes without a public list.
    pub labels: Labels,
    /// Links to other ways to sign in, such as the national identity provider. Default: none.
    pub other_ways: Vec<Link>,
}

/// `patient.labels`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Labels {
    /// The labels for codes of `maritalStatus`: `{ "1": "Single" }`, or by language
    /// `{ "1": { "en": "Single", "ar": "أعزب" } }`. Default: none.
    #[serde(deserialize_with = "kinds::labels")]
    #[cfg_attr(feature = "schema", schemars(with = "LabelMap"))]
    pub marital_status: Vec<(String, Label)>,
    /// The labels for codes of `idType`. Default: none.
    #[serde(deserialize_with = "kinds::labels")]
    #[cfg_attr(feature = "schema", schemars(with = "LabelMap"))]
    pub id_type: Vec<(String, Label)>,
    /// The labels for codes of `gender`. Default: 1 male, 2 female, 0 unknown.
    #[serde(deserialize_with = "kinds::labels")]
    #[cfg_attr(feature = "schema", schemars(with = "LabelMap"))]
    pub gender: Vec<(String, Label)>,
}

/// `staff`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct StaffConfig {
    /// `true` if staff can sign in, at `/staff`. Default: `true`.
    pub enabled: bool,
    /// The language of staff, as `patient.language`. Default: the first of `languages`.
    pub language: Option<Language>,
    /// The address of SPICE, as `patient.baseUrl`. Default: empty, the portal's own origin.
    pub base_url: BaseUrl,
    /// The SPICE clients; with more than one, the person chooses. Default: one, `spice mobile` of SPICE 1.x,
    /// for clinical staff.
    #[serde(rename = "entrances", deserialize_with = "kinds::staff_clients")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub clients: Vec<StaffClientConfig>,
    /// The key of the password's HMAC-SHA512, the same as SPICE's; it may be empty. Default: `spice_opensource`.
    #[serde(deserialize_with = "kinds::any_text")]
    pub password_key: String,
    /// The method of the sign-out request, for SPICE 1.x. Default: `GET`.
    #[serde(deserialize_with = "kinds::method")]
    #[cfg_attr(feature = "schema", schemars(with = "kinds::MethodName"))]
    pub logout_method: Method,
    /// A phone number for help for staff, as it is displayed, on their pages in place of `brand.helpPhone`.
    /// Default: `brand.helpPhone`.
    #[serde(deserialize_with = "kinds::optional_text")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"\S")))]
    pub help_phone: Option<String>,
    /// The address of the page for people who forgot their password. Default: none.
    #[serde(deserialize_with = "kinds::optional_link")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = kinds::LINK_PATTERN)))]
    pub forgot_password_url: Option<String>,
}

/// An item of `staff.entrances`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StaffClientConfig {
    /// The value of the `client` header: for protocol 1 such as `spice mobile`; for protocol 2 `web` (the
    /// session is a cookie, so the service must be on the portal's own site) or `mob` (a token, as in
    /// 1.x). It must be given.
    #[serde(deserialize_with = "kinds::client")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[ -~]*[!-~][ -~]*$")))]
    pub client: String,
    /// The label on the sign-in page: a text, or one for each language. It must be given.
    pub label: Label,
    /// The version of SPICE, 1.x or 2.0. Default: `1`.
    #[serde(default)]
    pub protocol: Protocol,
}

impl StaffClientConfig {
    /// The client as the requests need it.
    ///
    /// ```
    /// use contract::staff::StaffClient;
    ///
    /// let staff = config::Config::default().staff;
    /// let client = StaffClient::SpiceV1("spice mobile".to_owned());
    /// assert_eq!(staff.clients[0].client(), client);
    /// ```
    pub fn client(&self) -> StaffClient {
        match self.protocol {
            Protocol::SpiceV2 => StaffClient::spice_v2(&self.client),
            Protocol::SpiceV1 => None,
        }
        .unwrap_or_else(|| StaffClient::SpiceV1(self.client.clone()))
    }
}

/// `staff.entrances[].protocol`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum Protocol {
    /// SPICE 1.x
    #[default]
    #[serde(rename = "1")]
    SpiceV1,
    /// SPICE 2.0
    #[serde(rename = "2")]
    SpiceV2,
}

/// `session`, with overrides for patients and staff
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct SessionsConfig {
    /// Sign-out after this long without activity. Default: `900` seconds.
    #[serde(deserialize_with = "kinds::seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub idle_seconds: u32,
    /// The warning this long before sign-out; less than `idleSeconds` and `absoluteSeconds`. Default: `120` seconds.
    #[serde(deserialize_with = "kinds::seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub warn_seconds: u32,
    /// Sign-out after this long, with or without activity. Default: `28800` seconds.
    #[serde(deserialize_with = "kinds::seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub absolute_seconds: u32,
    /// Overrides for patients.
    pub patient: SessionOverride,
    /// Overrides for staff.
    pub staff: SessionOverride,
}

/// `session.patient` and `session.staff`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct SessionOverride {
    /// Override of `session.idleSeconds`, in seconds. Default: the same.
    #[serde(deserialize_with = "kinds::optional_seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub idle_seconds: Option<u32>,
    /// Override of `session.warnSeconds`, in seconds. Default: the same.
    #[serde(deserialize_with = "kinds::optional_seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub warn_seconds: Option<u32>,
    /// Override of `session.absoluteSeconds`, in seconds. Default: the same.
    #[serde(deserialize_with = "kinds::optional_seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub absolute_seconds: Option<u32>,
}

/// Limits of one audience's session, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Sign-out after this long without activity.
    pub idle_seconds: u32,
    /// The warning this long before sign-out.
    pub warn_seconds: u32,
    /// Sign-out after this long, with or without activity.
    pub absolute_seconds: u32,
}

impl SessionsConfig {
    pub(crate) fn with(&self, audience: SessionOverride) -> SessionLimits {
        SessionLimits {
            idle_seconds: audience.idle_seconds.unwrap_or(self.idle_seconds),
            warn_seconds: audience.warn_seconds.unwrap_or(self.warn_seconds),
            absolute_seconds: audience.absolute_seconds.unwrap_or(self.absolute_seconds),
        }
    }
}

/// `request`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct RequestConfig {
    /// The timeout of a request. Default: `15` seconds.
    #[serde(deserialize_with = "kinds::seconds")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 604_800)))]
    pub timeout_seconds: u32,
}

/// `validation`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Validation {
    /// `true` to treat warnings as errors: for a site where every number must be Saudi. Default: `false`.
    pub strict: bool,
}

/// `digits`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Digits {
    /// 0123456789
    #[default]
    Latn,
    /// ٠١٢٣٤٥٦٧٨٩
    Arab,
}

/// `mapLink`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MapLink {
    /// No link: the coordinates are sent to no other site.
    #[default]
    None,
    /// `geo:`, the device's own map.
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
            digits: Digits::Latn,
            patient: PatientConfig::default(),
            staff: StaffConfig::default(),
            session: SessionsConfig::default(),
            request: RequestConfig::default(),
            validation: Validation::default(),
            shared_device: false,
            map_link: MapLink::None,
            offline_start: false,
            onward: Vec::new(),
            report_url: None,
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
            links: Vec::new(),
            notice: None,
        }
    }
}

impl Default for PatientConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            language: None,
            base_url: BaseUrl::default(),
            patient_id_type: "patientId".to_owned(),
            country_codes: vec!["966".to_owned()],
            check_exists: true,
            one_time_code: false,
            resend_seconds: 60,
            cookies: false,
            labels: Labels::default(),
            other_ways: Vec::new(),
        }
    }
}

impl Default for StaffConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            language: None,
            base_url: BaseUrl::default(),
            clients: vec![StaffClientConfig {
                client: "spice mobile".to_owned(),
                label: Label::Each(vec![
                    (Language::En, "Clinical staff".to_owned()),
                    (Language::Ar, "الطاقم الصحي".to_owned()),
                ]),
                protocol: Protocol::SpiceV1,
            }],
            password_key: "spice_opensource".to_owned(),
            logout_method: Method::Get,
            help_phone: None,
            forgot_password_url: None,
        }
    }
}

impl Default for SessionsConfig {
    fn default() -> Self {
        Self {
            idle_seconds: 900,
            warn_seconds: 120,
            absolute_seconds: 28_800,
            patient: SessionOverride::default(),
            staff: SessionOverride::default(),
        }
    }
}

impl Default for RequestConfig {
    fn default() -> Self {
        Self {
            timeout_seconds: 15,
        }
    }
}

impl Config {
    /// The timeout of a request, in milliseconds.
    ///
    /// ```
    /// assert_eq!(config::Config::default().timeout(), 15_000);
    /// ```
    pub fn timeout(&self) -> u32 {
        self.request.timeout_seconds.saturating_mul(1000)
    }

    /// The limits of a patient's session.
    ///
    /// ```
    /// let json = br#"{"session":{"patient":{"idleSeconds":300}}}"#;
    /// let config = config::Config::parse(json).unwrap();
    /// assert_eq!(config.patient_session_limits().idle_seconds, 300);
    /// ```
    pub fn patient_session_limits(&self) -> SessionLimits {
        self.session.with(self.session.patient)
    }

    /// The limits of a staff member's session.
    ///
    /// ```
    /// assert_eq!(config::Config::default().staff_session_limits().idle_seconds, 900);
    /// ```
    pub fn staff_session_limits(&self) -> SessionLimits {
        self.session.with(self.session.staff)
    }
}

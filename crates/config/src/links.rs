//! Links out of the portal, and the hospital's notice.

use contract::date::parse_moment;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use crate::Label;
use crate::kinds;

#[cfg(feature = "schema")]
use schemars::JsonSchema;

/// An item of `brand.links` and `patient.otherWays`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The text of the link: a text, or one for each language. It must be given.
    pub label: Label,
    /// The address, with `https://`, or a path on the portal's own origin. It must be given.
    #[serde(deserialize_with = "kinds::link")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = kinds::LINK_PATTERN)))]
    pub url: String,
}

/// `onward[].for`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum OnwardAudience {
    /// Patients
    Patient,
    /// Staff
    Staff,
}

/// An item of `onward`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OnwardLink {
    /// The people whom the link is for. It must be given.
    #[serde(rename = "for")]
    pub audience: OnwardAudience,
    /// The text of the link: a text, or one for each language. It must be given.
    pub label: Label,
    /// The address of the application, with `https://`, or a path on the portal's own origin. It must be given.
    #[serde(deserialize_with = "kinds::link")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = kinds::LINK_PATTERN)))]
    pub url: String,
    /// The roles that have the link, by SPICE's names, such as `["SUPER_ADMIN"]`. Default: `[]`, every role.
    #[serde(default)]
    pub roles: Vec<String>,
    /// The suites of SPICE (`suiteAccess`) that have the link, such as `["admin"]`. Default: `[]`, every
    /// person.
    #[serde(default)]
    pub suites: Vec<String>,
    /// `true` to follow the link after 20 seconds, where it is the only one that a person has. Default: `false`.
    #[serde(default)]
    pub automatic: bool,
}

impl OnwardLink {
    /// `true` if a patient has the link. A link with roles or suites is no patient's.
    ///
    /// ```
    /// let json = br#"{ "onward": [{ "for": "patient", "label": "Portal", "url": "/app/" }] }"#;
    /// let config = config::Config::parse(json).unwrap();
    /// assert!(config.onward[0].is_for_patients());
    /// ```
    pub fn is_for_patients(&self) -> bool {
        self.audience == OnwardAudience::Patient && self.is_for(&[], &[])
    }

    /// `true` if a member of staff with these roles and suites has the link. The case of ASCII
    /// letters does not count. A person without suites has no link that names a suite.
    ///
    /// ```
    /// let json = br#"{ "onward": [{ "for": "staff", "label": "Admin", "url": "/admin/", "suites": ["admin"] }] }"#;
    /// let config = config::Config::parse(json).unwrap();
    /// assert!(config.onward[0].is_for_staff(&["NURSE"], &["admin"]));
    /// assert!(!config.onward[0].is_for_staff(&["NURSE"], &[]));
    /// ```
    pub fn is_for_staff(&self, roles: &[&str], suites: &[&str]) -> bool {
        self.audience == OnwardAudience::Staff && self.is_for(roles, suites)
    }

    fn is_for(&self, roles: &[&str], suites: &[&str]) -> bool {
        let has_one = |wanted: &[String], own: &[&str]| {
            wanted.is_empty()
                || wanted
                    .iter()
                    .any(|name| own.iter().any(|own| own.eq_ignore_ascii_case(name)))
        };
        has_one(&self.roles, roles) && has_one(&self.suites, suites)
    }
}

/// `brand.notice`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The kind, which decides the colour. Default: `information`.
    #[serde(default)]
    pub kind: NoticeKind,
    /// The sentence: a text, or one for each language. It must be given.
    pub text: Label,
    /// The moment from which on the notice is shown, such as `2026-12-01T20:00:00+03:00`. Default: always.
    #[serde(default)]
    pub from: Option<Moment>,
    /// The moment at which the notice goes, such as `2026-12-02T02:00:00+03:00`. Default: never.
    #[serde(default)]
    pub until: Option<Moment>,
}

impl Notice {
    /// `true` if the notice is shown at a moment, in milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// ```
    /// let json = br#"{ "brand": { "notice": { "text": "x", "until": "1970-01-01T00:01:00Z" } } }"#;
    /// let config = config::Config::parse(json).unwrap();
    /// let notice = config.brand.notice.unwrap();
    /// assert!(notice.is_shown_at(59_999) && !notice.is_shown_at(60_000));
    /// ```
    pub fn is_shown_at(&self, now: i64) -> bool {
        self.from.is_none_or(|from| from.0 <= now) && self.until.is_none_or(|until| now < until.0)
    }

    /// The next moment after `now` at which the notice comes or goes, in milliseconds since 1970.
    pub fn next_change(&self, now: i64) -> Option<i64> {
        let moments = [self.from, self.until].into_iter().flatten();
        moments.map(|moment| moment.0).filter(|at| *at > now).min()
    }
}

/// `brand.notice.kind`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum NoticeKind {
    /// Information.
    #[default]
    Information,
    /// Planned maintenance.
    Maintenance,
    /// An outage.
    Outage,
}

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub i64);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from).ok();
        text.filter(|text| is_whole_minute(text))
            .and_then(|text| parse_moment(&text))
            .map(Self)
            .ok_or_else(|| D::Error::custom(MOMENT))
    }
}

const MOMENT: &str =
    "a moment of a whole minute with its offset, such as \"2026-12-01T20:00:00+03:00\"";

/// `true` for `yyyy-mm-ddThh:mm` or `yyyy-mm-ddThh:mm:00`, with `Z` or `±hh:mm`.
fn is_whole_minute(text: &str) -> bool {
    let rest = text.get(16..).unwrap_or_default();
    let offset = rest.strip_prefix(":00").unwrap_or(rest);
    let is_offset = offset == "Z" || (offset.len() == 6 && offset.get(3..4) == Some(":"));
    text.get(10..11) == Some("T") && is_offset
}

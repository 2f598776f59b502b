//! Value rules for `deserialize_with`, each with a description that follows "must be".

use std::fmt;
use std::marker::PhantomData;

use contract::request::Method;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::label::is_not_blank;
use crate::{Accent, BaseUrl, Label, Language};

const TEXT: &str = "a text that is not empty";
const LANGUAGES: &str = "a list of language codes the portal has, such as [\"en\", \"ar\"]";
const COUNTRY_CODES: &str = "a list of calling codes, digits only, such as [\"966\"]";
const STAFF_CLIENTS: &str = "a list of at least one { \"client\", \"label\" }";
const CLIENT: &str = "the value of the client header, such as \"spice mobile\"";
const SECONDS: &str = "a whole number of seconds, 1 to 604800";
const PATH: &str = "a path on the portal's own origin, such as \"/logo.svg\"";
const LINK: &str = "an address that starts with https://, or a path on the portal's own origin, such as \"/privacy\"";
const LABELS: &str = "an object of code and label, such as { \"1\": \"Single\" }";
const BASE_URL: &str = "an address that starts with https://, or empty for the portal's own origin; \
    http:// for localhost only; no user name, no query, no fragment";
const WEEK: u32 = 604_800;

/// Reads a text that satisfies a rule.
fn checked<'de, D: Deserializer<'de>>(
    from: D,
    expected: &str,
    rule: fn(&str) -> bool,
) -> Result<String, D::Error> {
    let text = String::deserialize(from).ok();
    text.filter(|text| rule(text))
        .ok_or_else(|| D::Error::custom(expected))
}

pub(crate) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    checked(from, TEXT, is_not_blank)
}

pub(crate) fn optional_text<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<String>, D::Error> {
    text(from).map(Some)
}

pub(crate) fn any_text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    checked(from, "a text; it may be empty", |_| true)
}

/// The schema's pattern for [`path`].
#[cfg(feature = "schema")]
pub(crate) const PATH_PATTERN: &str = r"^/(?![/\\])";

/// Reads a path on the portal's own origin: its content security policy allows no other.
pub(crate) fn path<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let own: fn(&str) -> bool =
        |path| path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    checked(from, PATH, own).map(Some)
}

/// The schema's pattern for [`link`].
#[cfg(feature = "schema")]
pub(crate) const LINK_PATTERN: &str =
    r"^(https://[^\s/?#@\\:][^\s/?#@\\]*([/?#]\S*)?|/([^\s/\\]\S*)?)$";

/// Reads an address that a person may be led to: no other scheme, no user name, no white space.
pub(crate) fn link<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let fits: fn(&str) -> bool = |url| {
        let place = match url.strip_prefix("https://") {
            Some(rest) => {
                let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
                !host.is_empty() && !host.starts_with(':') && !host.contains(['@', '\\'])
            }
            None => url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\"),
        };
        place && !url.contains(char::is_whitespace)
    };
    checked(from, LINK, fits)
}

pub(crate) fn optional_link<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<String>, D::Error> {
    link(from).map(Some)
}

/// Reads the value of a header: `fetch` throws on some characters other than printable ASCII.
pub(crate) fn client<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let fits: fn(&str) -> bool =
        |name| is_not_blank(name) && name.bytes().all(|b| (b' '..=b'~').contains(&b));
    checked(from, CLIENT, fits)
}

pub(crate) fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    let seconds = u32::deserialize(from).ok();
    let seconds = seconds.filter(|seconds| (1..=WEEK).contains(seconds));
    seconds.ok_or_else(|| D::Error::custom(SECONDS))
}

pub(crate) fn optional_seconds<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<u32>, D::Error> {
    seconds(from).map(Some)
}

/// Names of a [`Method`].
#[derive(serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum MethodName {
    Get,
    Post,
}

pub(crate) fn method<'de, D: Deserializer<'de>>(from: D) -> Result<Method, D::Error> {
    Ok(match MethodName::deserialize(from)? {
        MethodName::Get => Method::Get,
        MethodName::Post => Method::Post,
    })
}

/// Visitor for a list of at least one item.
struct List<T>(&'static str, PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        if list.is_empty() {
            return Err(A::Error::custom(self.0));
        }
        Ok(list)
    }
}

fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
    expected: &'static str,
) -> Result<Vec<T>, D::Error> {
    from.deserialize_seq(List(expected, PhantomData))
}

/// Reads languages, without duplicates.
pub(crate) fn languages<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Language>, D::Error> {
    let mut once: Vec<Language> = Vec::new();
    for language in list(from, LANGUAGES)? {
        if !once.contains(&language) {
            once.push(language);
        }
    }
    Ok(once)
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let tag = checked(from, LANGUAGES, |_| true)?;
        Self::find(&tag).ok_or_else(|| D::Error::custom(LANGUAGES))
    }
}

pub(crate) fn staff_clients<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    list(from, STAFF_CLIENTS)
}

struct CountryCode(String);

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let is_one =
            |code: &str| (1..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
        checked(from, COUNTRY_CODES, is_one).map(Self)
    }
}

pub(crate) fn country_codes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let codes: Vec<CountryCode> = list(from, COUNTRY_CODES)?;
    Ok(codes.into_iter().map(|code| code.0).collect())
}

impl<'de> Deserialize<'de> for BaseUrl {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = checked(from, BASE_URL, |_| true)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(BASE_URL))
    }
}

impl<'de> Deserialize<'de> for Accent {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = checked(from, Self::EXPECTED, |_| true)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(Self::EXPECTED))
    }
}

/// Visitor for codes and labels, in the order of the file: the only object with open keys.
struct LabelsVisitor;

impl<'de> Visitor<'de> for LabelsVisitor {
    type Value = Vec<(String, Label)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(LABELS)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut labels: Self::Value = Vec::new();
        while let Some((code, label)) = members.next_entry::<String, Label>()? {
            if labels.iter().any(|(other, _)| *other == code) {
                return Err(A::Error::custom(
                    "an object in which each code is there once",
                ));
            }
            labels.push((code, label));
        }
        Ok(labels)
    }
}

pub(crate) fn labels<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, Label)>, D::Error> {
    from.deserialize_map(LabelsVisitor)
}

//! Texts from the configuration.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use crate::Language;

#[cfg(feature = "schema")]
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
#[cfg(feature = "schema")]
use std::borrow::Cow;

const LABEL: &str = "a text, or one for each language: { \"en\": \"…\", \"ar\": \"…\" }";

/// A text from the configuration: one for all languages, or one per language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// The same in all languages.
    Everywhere(String),
    /// One per language, at least one, in the order of the file.
    Each(Vec<(Language, String)>),
}

impl Label {
    /// The text in a language by its BCP 47 tag, or else the first text.
    ///
    /// ```
    /// use config::{Label, Language};
    ///
    /// let label = Label::Each(vec![(Language::En, "Single".to_owned())]);
    /// assert_eq!(label.text_in("ar"), "Single");
    /// ```
    pub fn text_in(&self, language: &str) -> &str {
        match self {
            Self::Everywhere(text) => text,
            Self::Each(texts) => {
                let own = texts.iter().find(|(own, _)| own.tag() == language);
                own.or(texts.first()).map_or("", |(_, text)| text)
            }
        }
    }
}

pub(crate) fn is_not_blank(text: &str) -> bool {
    !text.chars().all(char::is_whitespace)
}

struct LabelVisitor;

impl<'de> Visitor<'de> for LabelVisitor {
    type Value = Label;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(LABEL)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Label, E> {
        if is_not_blank(text) {
            Ok(Label::Everywhere(text.to_owned()))
        } else {
            Err(E::custom(LABEL))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Label, A::Error> {
        let mut texts: Vec<(Language, String)> = Vec::new();
        while let Some(key) = members.next_key::<String>()? {
            let language = Language::ALL.iter().find(|known| known.tag() == key);
            let language =
                *language.ok_or_else(|| A::Error::unknown_field(&key, Language::TAGS))?;
            if texts.iter().any(|(other, _)| *other == language) {
                return Err(A::Error::duplicate_field(language.tag()));
            }
            let text: String = members.next_value()?;
            if !is_not_blank(&text) {
                return Err(A::Error::custom(LABEL));
            }
            texts.push((language, text));
        }
        if texts.is_empty() {
            return Err(A::Error::custom(LABEL));
        }
        Ok(Label::Each(texts))
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(LabelVisitor)
    }
}

/// `patient.labels.…`, an object of codes and labels.
#[cfg(feature = "schema")]
pub(crate) struct LabelMap;

#[cfg(feature = "schema")]
impl JsonSchema for LabelMap {
    fn schema_name() -> Cow<'static, str> {
        "LabelMap".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "additionalProperties": generator.subschema_for::<Label>(),
        })
    }
}

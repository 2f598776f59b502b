//! Texts from the configuration.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

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
    /// One per language.
    Each(LabelTexts),
}

/// The texts of a [`Label`], at least one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("minProperties" = 1)))]
#[serde(default, deny_unknown_fields)]
pub struct LabelTexts {
    /// The text in English. Default: the Arabic one.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub en: Option<String>,
    /// The text in Arabic. Default: the English one.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub ar: Option<String>,
}

impl Label {
    /// The text in a language by its BCP 47 tag, or else in the other language.
    ///
    /// ```
    /// use config::{Label, LabelTexts};
    ///
    /// let label = Label::Each(LabelTexts { en: Some("Single".to_owned()), ar: None });
    /// assert_eq!(label.text_in("ar"), "Single");
    /// ```
    pub fn text_in(&self, language: &str) -> &str {
        match self {
            Self::Everywhere(text) => text,
            Self::Each(LabelTexts { en, ar }) => {
                let (own, other) = if language == Language::Ar.tag() {
                    (ar, en)
                } else {
                    (en, ar)
                };
                own.as_deref().or(other.as_deref()).unwrap_or_default()
            }
        }
    }
}

struct LabelVisitor;

impl<'de> Visitor<'de> for LabelVisitor {
    type Value = Label;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(LABEL)
    }

    fn visit_str<E>(self, text: &str) -> Result<Label, E> {
        Ok(Label::Everywhere(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, texts: A) -> Result<Label, A::Error> {
        let texts = LabelTexts::deserialize(MapAccessDeserializer::new(texts))?;
        if texts == LabelTexts::default() {
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

#[cfg(feature = "schema")]
impl JsonSchema for Label {
    fn schema_name() -> Cow<'static, str> {
        "Label".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, generator.subschema_for::<LabelTexts>()] })
    }
}

//! Languages of the portal.

/// An item of `languages`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English
    En,
    /// Arabic
    Ar,
}

impl Language {
    /// Every language, in the default order.
    pub const ALL: [Self; 2] = [Self::En, Self::Ar];

    /// The BCP 47 tag.
    ///
    /// ```
    /// assert_eq!(config::Language::Ar.tag(), "ar");
    /// ```
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ar => "ar",
        }
    }

    /// The language of a BCP 47 tag, by its primary subtag: `ar-SA` is `ar`.
    ///
    /// ```
    /// use config::Language;
    ///
    /// assert_eq!(Language::find("ar-SA"), Some(Language::Ar));
    /// assert_eq!(Language::find("xx"), None);
    /// ```
    pub fn find(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

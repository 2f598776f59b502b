//! The languages that the portal has.

/// One of `languages`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English
    En,
    /// Arabic
    Ar,
}

impl Language {
    /// Every one, the default order.
    pub const ALL: [Self; 2] = [Self::En, Self::Ar];

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ar => "ar",
        }
    }

    /// The language with this BCP 47 tag, by its primary subtag: `ar-SA` is `ar`.
    pub fn find(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

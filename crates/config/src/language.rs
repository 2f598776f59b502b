//! Languages of the portal.

/// Calls a macro with the languages of the portal, the default first: the name of each in [`Language`], and its
/// BCP 47 tag, after which its table `src/i18n/<tag>.rs` is named. Another language is one more line here.
#[macro_export]
macro_rules! languages {
    ($macro:ident) => {
        $macro! {
            En en,
            Ar ar,
        }
    };
}

macro_rules! define {
    ($($language:ident $tag:ident,)*) => {
        /// An item of `languages`
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Language {
            $(#[doc = concat!("`", stringify!($tag), "`")] $language,)*
        }

        impl Language {
            /// Every language, in the default order.
            pub const ALL: &[Self] = &[$(Self::$language),*];

            /// The BCP 47 tags, in the same order.
            pub(crate) const TAGS: &[&str] = &[$(stringify!($tag)),*];

            /// The BCP 47 tag.
            ///
            /// ```
            /// assert_eq!(config::Language::Ar.tag(), "ar");
            /// ```
            pub const fn tag(self) -> &'static str {
                match self {
                    $(Self::$language => stringify!($tag),)*
                }
            }
        }
    };
}

languages!(define);

impl Language {
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
            .iter()
            .copied()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

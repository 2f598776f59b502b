//! For tests: marks the fields of a table of messages, and lists their texts.

use contract::staff::KnownRole;

/// Argument of the messages with a text in them.
pub(crate) const SAMPLE: &str = "openstreetmap.org";

/// A field of a table.
pub(crate) trait Mark: Copy {
    /// The field with marks, which tell it from text outside the table.
    fn marked(self) -> Self;

    /// Texts of the field.
    fn texts(self) -> Vec<String>;
}

impl Mark for &'static str {
    fn marked(self) -> Self {
        Box::leak(["⟦", self, "⟧"].concat().into_boxed_str())
    }
    fn texts(self) -> Vec<String> {
        vec![self.to_owned()]
    }
}

// A pair, of which one is shown.
impl Mark for [&'static str; 2] {
    fn marked(self) -> Self {
        self.map(Mark::marked)
    }
    fn texts(self) -> Vec<String> {
        self.map(str::to_owned).into()
    }
}

impl Mark for char {
    fn marked(self) -> Self {
        self
    }
    fn texts(self) -> Vec<String> {
        Vec::new()
    }
}

// Messages with an argument stay as they are.
impl Mark for fn(u32) -> String {
    fn marked(self) -> Self {
        self
    }
    fn texts(self) -> Vec<String> {
        [0, 1, 2, 3, 10, 11, 59, 60, 61, 100, 102, 7_200, u32::MAX]
            .map(self)
            .into()
    }
}
impl Mark for fn(KnownRole) -> &'static str {
    fn marked(self) -> Self {
        self
    }
    fn texts(self) -> Vec<String> {
        let roles = KnownRole::ALL.iter();
        roles.map(|(_, role)| self(*role).to_owned()).collect()
    }
}
impl Mark for fn(KnownRole) -> Option<&'static str> {
    fn marked(self) -> Self {
        self
    }
    fn texts(self) -> Vec<String> {
        let roles = KnownRole::ALL.iter();
        roles
            .filter_map(|(_, role)| self(*role).map(str::to_owned))
            .collect()
    }
}
impl Mark for fn(&str) -> String {
    fn marked(self) -> Self {
        self
    }
    fn texts(self) -> Vec<String> {
        vec![self(SAMPLE)]
    }
}

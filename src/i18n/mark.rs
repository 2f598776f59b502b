//! What a test does with the fields of a table of messages: marks them, and lists what they say.

use contract::staff::KnownRole;

/// What stands in a field of a table.
pub(super) trait Mark: Copy {
    /// It marked, so that it can be told from text that is written into the code.
    fn marked(self) -> Self;

    /// What it says.
    fn says(self) -> Vec<String>;
}

impl Mark for &'static str {
    fn marked(self) -> Self {
        Box::leak(["⟦", self, "⟧"].concat().into_boxed_str())
    }
    fn says(self) -> Vec<String> {
        vec![self.to_owned()]
    }
}

// A pair, of which one is said.
impl Mark for [&'static str; 2] {
    fn marked(self) -> Self {
        self.map(Mark::marked)
    }
    fn says(self) -> Vec<String> {
        self.map(str::to_owned).into()
    }
}

impl Mark for char {
    fn marked(self) -> Self {
        self
    }
    fn says(self) -> Vec<String> {
        Vec::new()
    }
}

// Sentences with something in them stay English here.
impl Mark for fn(u32) -> String {
    fn marked(self) -> Self {
        self
    }
    fn says(self) -> Vec<String> {
        [0, 1, 2, 3, 10, 11, 59, 60, 61, 100, 102, 7_200, u32::MAX]
            .map(self)
            .into()
    }
}
impl Mark for fn(KnownRole) -> &'static str {
    fn marked(self) -> Self {
        self
    }
    fn says(self) -> Vec<String> {
        let roles = KnownRole::ALL.iter();
        roles.map(|(_, role)| self(*role).to_owned()).collect()
    }
}
impl Mark for fn(&str) -> String {
    fn marked(self) -> Self {
        self
    }
    fn says(self) -> Vec<String> {
        vec![self("")]
    }
}

//! What an accepted field comes with: the value, and what looked odd about it.

use core::{array, iter::Flatten};

/// An accepted value, and what looked odd about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Checked<T, H> {
    /// What is sent.
    pub value: T,
    /// What is shown. Never blocks, except on a strict site.
    pub hints: Hints<H>,
}

/// The hints about one value, in the order in which their enum lists them.
///
/// A value can look wrong in itself, and it can look like something else that belongs in
/// another field: two questions with one answer each, hence never more than two hints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hints<H>([Option<H>; 2]);

impl<H: Copy + PartialEq> Hints<H> {
    pub(crate) fn new(looks_wrong: Option<H>, looks_like: Option<H>) -> Self {
        Self([looks_wrong, looks_like])
    }

    /// Whether nothing looked odd. A strict site accepts a value only then.
    pub fn is_empty(self) -> bool {
        self.first().is_none()
    }

    /// The hint to show when there is room for one.
    pub fn first(self) -> Option<H> {
        self.iter().next()
    }

    /// Whether this hint is among them.
    pub fn contains(self, hint: H) -> bool {
        self.0.contains(&Some(hint))
    }

    /// The hints, one by one.
    pub fn iter(self) -> <Self as IntoIterator>::IntoIter {
        self.into_iter()
    }
}

impl<H> IntoIterator for Hints<H> {
    type Item = H;
    type IntoIter = Flatten<array::IntoIter<Option<H>, 2>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().flatten()
    }
}

//! An accepted value together with its warnings.

use core::{array, iter::Flatten};

/// An accepted value and the warnings about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Checked<T, W> {
    /// The clean value, as it is sent.
    pub value: T,
    /// The warnings to show. They reject nothing by themselves; a strict site treats them as errors.
    pub warnings: Warnings<W>,
}

/// Up to two warnings about one value, in the order in which their enum lists them.
///
/// A value can have an unusual format, and it can look like a value of another field. Each of the
/// two questions has at most one answer, hence two warnings at most.
///
/// ```
/// use input::PhoneWarning;
///
/// let warnings = input::phone("1012345672", &["966"]).unwrap().warnings;
/// assert_eq!(warnings.first(), Some(PhoneWarning::NotSaudiMobile));
/// assert!(warnings.contains(PhoneWarning::LooksLikeNationalId));
/// assert_eq!(warnings.iter().count(), 2);
/// assert!(!warnings.is_empty());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warnings<W>([Option<W>; 2]);

impl<W: Copy + PartialEq> Warnings<W> {
    pub(crate) fn new(unusual_format: Option<W>, looks_like: Option<W>) -> Self {
        Self([unusual_format, looks_like])
    }

    /// `true` if there is no warning. A strict site accepts a value only then.
    pub fn is_empty(self) -> bool {
        self.first().is_none()
    }

    /// The warning to show where there is room for one.
    pub fn first(self) -> Option<W> {
        self.iter().next()
    }

    /// `true` if this warning is among them.
    pub fn contains(self, warning: W) -> bool {
        self.0.contains(&Some(warning))
    }

    /// Iterator over the warnings.
    pub fn iter(self) -> <Self as IntoIterator>::IntoIter {
        self.into_iter()
    }
}

impl<W> IntoIterator for Warnings<W> {
    type Item = W;
    type IntoIter = Flatten<array::IntoIter<Option<W>, 2>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().flatten()
    }
}

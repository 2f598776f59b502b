//! Where the text of a value lives: readable by its own type only, and gone when dropped.

use alloc::string::String;
use core::fmt;
use zeroize::Zeroizing;

/// Text about a person: wiped on drop, and not printed even by `{:?}`.
///
/// It stands on the heap although it is short, because a move then copies a pointer: a value
/// kept inline would leave its digits behind on the stack wherever it had been.
#[derive(PartialEq, Eq)]
pub(crate) struct Personal(Zeroizing<String>);

impl Personal {
    /// Measures before it writes: a string that grows leaves copies that nobody wipes.
    pub(crate) fn collect(chars: impl Iterator<Item = char> + Clone) -> Self {
        let mut text = String::with_capacity(chars.clone().map(char::len_utf8).sum());
        text.extend(chars);
        Self(text.into())
    }

    pub(crate) fn copy(text: &str) -> Self {
        Self(String::from(text).into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

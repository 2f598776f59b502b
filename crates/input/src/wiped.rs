//! Storage for the text of a value: private to its type, and zeroed on drop.

use alloc::string::String;
use core::fmt;
use zeroize::Zeroizing;

/// Personal text that is zeroed on drop and redacted in `Debug` output.
///
/// It is allocated on the heap although it is short: a move then copies a pointer. A value stored
/// inline would leave its digits on the stack after each move.
#[derive(PartialEq, Eq)]
pub(crate) struct WipedText(Zeroizing<String>);

impl WipedText {
    /// Collects characters, with the capacity computed first: a growing `String` reallocates and
    /// leaves copies in freed memory that are not wiped.
    pub(crate) fn collect(chars: impl Iterator<Item = char> + Clone) -> Self {
        let mut text = String::with_capacity(chars.clone().map(char::len_utf8).sum());
        text.extend(chars);
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for WipedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

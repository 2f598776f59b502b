//! A person's text: a name, a number, a token. It has no `Display`, its `Debug` keeps quiet, and
//! its bytes are wiped when it is dropped.
//!
//! This module must not know what the text means.

use zeroize::Zeroize;

/// Text that belongs to a person.
///
/// Not `Clone`, so that each further copy is written out (`Personal::from(text.as_str())`) and can
/// be seen in review. What is shown to the person is borrowed with [`Personal::as_str`].
#[derive(PartialEq, Eq, Default)]
pub struct Personal(String);

impl Personal {
    /// The text, for showing or sending; never for logging.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An empty text with room for `bytes` bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Appends, and wipes the old place when the text has to move to a larger one:
    /// a plain `String` would leave its bytes behind in freed memory.
    pub(crate) fn push_str(&mut self, more: &str) {
        let needed = self.0.len().saturating_add(more.len());
        if needed > self.0.capacity() {
            let room = needed.max(self.0.capacity().saturating_mul(2));
            let mut moved = Self::with_capacity(room);
            moved.0.push_str(&self.0);
            *self = moved;
        }
        self.0.push_str(more);
    }

    /// Appends one character.
    pub(crate) fn push(&mut self, character: char) {
        self.push_str(character.encode_utf8(&mut [0; 4]));
    }

    /// Appends a byte as two lower-case hexadecimal digits.
    pub(crate) fn push_hex(&mut self, byte: u8) {
        for digit in [byte >> 4, byte & 0xf] {
            self.push(char::from(
                digit + if digit < 10 { b'0' } else { b'a' - 10 },
            ));
        }
    }
}

impl From<String> for Personal {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Personal {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Drop for Personal {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Gives types a `Debug` that says their name and nothing of what is in them: a person's data has
/// no way into a log or a panic message.
macro_rules! keep_quiet {
    ($($name:ident),+) => {
        $(impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })+
    };
}
pub(crate) use keep_quiet;

keep_quiet!(Personal);

//! Personal text: a name, a number, a token. It has no `Display`, its `Debug` is redacted, and its bytes
//! are zeroed when it is dropped.
//!
//! The text has no meaning in this module.

use zeroize::Zeroize;

/// Personal text, zeroed on drop.
///
/// Not `Clone`: each copy is explicit (`Personal::from(text.as_str())`) and visible in review. The
/// text is borrowed with [`Personal::as_str`] for display.
///
/// ```
/// use contract::personal::Personal;
///
/// let name = Personal::from("Test Patient");
/// assert_eq!(name.as_str(), "Test Patient");
/// assert_eq!(format!("{name:?}"), "Personal(…)");
/// ```
#[derive(PartialEq, Eq, Default)]
pub struct Personal(String);

impl Personal {
    /// The text, to display or to send; never to log.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An empty text with a capacity of `bytes` bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Appends a text. When the buffer has to grow, the old one is zeroed: a plain `String` would leave
    /// its bytes in freed memory.
    pub(crate) fn push_str(&mut self, more: &str) {
        let needed = self.0.len().saturating_add(more.len());
        if needed > self.0.capacity() {
            let capacity = needed.max(self.0.capacity().saturating_mul(2));
            let mut moved = Self::with_capacity(capacity);
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

/// Implements `Debug` with the type's name only, so that personal data cannot reach a log or a panic
/// message.
macro_rules! redact_debug {
    ($($name:ident),+) => {
        $(impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })+
    };
}
pub(crate) use redact_debug;

redact_debug!(Personal);

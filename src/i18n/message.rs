//! Messages that are in the language of the page once they are shown.

use std::borrow::Cow;

use super::{
    digits::digits,
    messages::{MessageKey, Messages},
};

/// A message in no particular language.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// A text of the table.
    Plain(MessageKey),
    /// A text of the table with a number in it.
    Counted(fn(&'static Messages) -> fn(u32) -> String, u32),
}

impl Message {
    /// The message in a language.
    pub fn text(self, messages: &'static Messages) -> Cow<'static, str> {
        match self {
            Self::Plain(key) => Cow::Borrowed(key(messages)),
            Self::Counted(key, count) => Cow::Owned(digits(messages, &key(messages)(count))),
        }
    }
}

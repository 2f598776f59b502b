//! The portal's languages. [`Messages`] is the type of the tables: a table that lacks a text does not compile.
//! Another language is one file with a [`Messages`] and one line that registers it, in [`config::languages!`];
//! the compiler asks for what is missing. See `docs/words.md`.

mod ar;
mod countries;
mod digits;
mod en;
mod format;
mod languages;
mod locale;
mod message;
mod messages;
#[cfg(all(test, not(target_family = "wasm")))]
#[allow(clippy::expect_used, reason = "a test")]
pub(crate) mod pseudo;
#[cfg(all(test, not(target_family = "wasm")))]
mod style;

pub use digits::digits;
pub use format::{
    age, calendar_date, computed_hijri_date, country_in, country_name, hijri_date, instant,
    is_arabic, number, warm_up,
};
pub use languages::{ALL, FALLBACK, find, of};
pub use locale::{Locale, set_document_language};
pub use message::Message;
pub use messages::{MessageKey, Messages};

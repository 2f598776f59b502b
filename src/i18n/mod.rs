//! The portal's languages. [`Words`] is the table's type: every sentence is one field, so a
//! language that lacks one does not compile. A further language is one file with one [`Words`], one line
//! in [`ALL`], and one in the crate `config`.

mod ar;
mod digits;
mod en;
mod format;
mod languages;
mod locale;
#[cfg(all(test, not(target_family = "wasm")))]
mod mark;
mod messages;
#[cfg(all(test, not(target_family = "wasm")))]
#[allow(clippy::expect_used, reason = "a test")]
pub(crate) mod pseudo;

pub use digits::digits;
pub use format::{
    age, calendar_date, clock, computed_hijri_date, country_name, hijri_date, instant, number,
    warm_up,
};
pub use languages::{ALL, FALLBACK, find, of};
pub use locale::{Language, mark_page};
pub use messages::{Message, Pick, Words};

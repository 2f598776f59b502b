//! One page a file. A page reads what is typed, asks [`crate::api`], tells [`crate::session`], and
//! shows what comes of it; it never builds an address and never sees bytes.

mod addresses;
mod cannot_start;
mod not_found;
mod patient_sign_in;
mod profile;
mod record;
mod roles;
mod staff_sign_in;

pub use addresses::Addresses;
pub use cannot_start::CannotStart;
pub use not_found::NotFound;
pub use patient_sign_in::PatientSignIn;
pub use profile::Profile;
pub use roles::Roles;
pub use staff_sign_in::StaffSignIn;

use leptos::prelude::*;

use crate::{i18n::Pick, portal::Portal};

/// Keeps the document's title at `heading – brand`, with "Error: " before it while there is one.
fn title(portal: Portal, heading: Pick, trouble: impl Fn() -> bool + 'static) {
    Effect::new(move |_| {
        let words = portal.lang.words();
        let prefix = if trouble() { words.title_error } else { "" };
        let brand = portal.config.brand.name_in(words);
        document().set_title(&[prefix, heading(words), " – ", brand].concat());
    });
}

/// Unix time, in seconds.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "far below 2^53"
)]
fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

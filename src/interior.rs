//! The part of the program behind sign-in: calls, the reading of answers, record pages and their
//! words. A release build puts it into a second file (see `xtask/src/program.rs`), which is fetched
//! once a person begins to fill in a form, so that the first look at the portal does not pay for it.
//!
//! [`enter`] is the one door. Whatever is reached only through [`Interior`] ends up behind it; what
//! the rest of the program calls by name does not.

use std::{future::Future, pin::Pin, time::Duration};

use input::{PhoneNumber, StaffUsername};
use leptos::prelude::*;
use zeroize::Zeroizing;

use crate::{
    api::{self, Listener, patient::Identifier},
    config::Config,
    dynamic::Sealed,
    failure::Failure,
    i18n::{self, Words},
    navigation::Navigation,
    pages::{Addresses, Profile, Roles},
    portal::Portal,
    route::{Entrance, Inside, Route},
    session::Person,
};

/// A sign-in under way.
pub type SignIn = Pin<Box<dyn Future<Output = Result<Person, Failure>>>>;

/// What there is behind sign-in.
pub struct Interior {
    /// Signs a patient in.
    pub patient_sign_in: fn(&'static Config, PhoneNumber, Identifier, Listener) -> SignIn,
    /// Signs a member of staff in by an entrance's `client`, with user name and password.
    pub staff_sign_in:
        fn(&'static Config, &'static str, StaffUsername, Zeroizing<String>, Listener) -> SignIn,
    /// Ends the session of somebody on the server, in the background.
    pub sign_out: fn(&'static Config, Person),
    /// Where one can go.
    pub navigation: fn(Portal, Memo<Route>, Entrance) -> Sealed,
    /// A page.
    pub page: fn(Portal, Inside) -> Sealed,
    /// Has the browser get its calendars out, which takes it longer than a frame the first time.
    pub warm_up: fn(&'static Words),
}

static INTERIOR: Interior = Interior {
    patient_sign_in: |config, phone, identifier, signal| {
        Box::pin(async move {
            let patient = api::patient::sign_in(config, &phone, &identifier, &signal).await?;
            Ok(Person::Patient(Box::new(patient)))
        })
    },
    staff_sign_in: |config, client, username, password, signal| {
        Box::pin(async move {
            let signed_in =
                api::staff::sign_in(config, client, &username, &password, &signal).await?;
            drop(password);
            Ok(Person::Staff(Box::new(signed_in)))
        })
    },
    sign_out: |config, person| {
        if let Person::Staff(signed_in) = person {
            leptos::task::spawn_local(async move {
                drop(api::staff::sign_out_of(config, &signed_in).await);
            });
        }
    },
    navigation: |portal, place, entrance| {
        Sealed::new(move || view! { <Navigation portal place entrance/> })
    },
    page: |portal, inside| match inside {
        Inside::Profile => Sealed::new(move || view! { <Profile portal/> }),
        Inside::Addresses => Sealed::new(move || view! { <Addresses portal/> }),
        Inside::Roles => Sealed::new(move || view! { <Roles portal/> }),
    },
    warm_up: i18n::warm_up,
};

/// Fetches the interior, or finds it fetched.
///
/// # Errors
/// [`Failure::Unreachable`] or [`Failure::Offline`] where it cannot be fetched. The next call tries
/// again.
pub async fn enter() -> Result<&'static Interior, Failure> {
    door::open().await
}

/// Signs somebody in by what `begin` chooses of the interior, which is fetched first.
///
/// # Errors
/// As [`enter`], and why the sign-in came to nothing.
pub async fn sign_in(
    begin: impl FnOnce(&'static Interior) -> SignIn,
) -> Result<(Person, &'static Interior), Failure> {
    let interior = enter().await?;
    Ok((begin(interior).await?, interior))
}

/// Fetches the interior ahead of its use, for somebody who reads `words`. If that fails, [`enter`]
/// will say so in time.
pub async fn prepare(words: &'static Words) {
    if let Ok(interior) = enter().await {
        set_timeout(move || (interior.warm_up)(words), Duration::ZERO);
    }
}

#[cfg(not(split))]
mod door {
    use super::{Failure, INTERIOR, Interior};

    /// Everything is in one file.
    #[allow(clippy::unused_async, reason = "as in a split program")]
    pub(super) async fn open() -> Result<&'static Interior, Failure> {
        Ok(&INTERIOR)
    }
}

#[cfg(split)]
#[allow(unsafe_code, reason = "the macro links the two files")]
mod door {
    use wasm_split_helpers::wasm_split;

    use super::{Failure, INTERIOR, Interior};

    #[wasm_split(interior, fallible)]
    pub(super) fn open() -> Result<&'static Interior, Failure> {
        Ok(&INTERIOR)
    }

    impl From<wasm_split_helpers::SplitLoaderError> for Failure {
        fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
            let html = leptos::prelude::document().document_element();
            if html.is_some_and(|html| html.has_attribute("data-app-outdated")) {
                return Self::Outdated;
            }
            crate::api::unanswered()
        }
    }
}

//! The part of the program behind sign-in: calls, the reading of answers, record pages and their
//! words. A release build puts it into a second file (see `xtask/src/program.rs`), which is fetched
//! once a person begins to fill in a form, so that the first look at the portal does not pay for it.
//!
//! [`enter`] is the one door. Whatever is reached only through [`Interior`] ends up behind it; what
//! the rest of the program calls by name does not.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use contract::{patient::Login, refusal::Refusal, staff::Client};
use input::{PhoneNumber, StaffUsername};
use leptos::prelude::*;
use zeroize::Zeroizing;

use crate::{
    api::{self, Listener, patient::Identifier},
    config::Config,
    dynamic::Sealed,
    failure::{Failure, Trouble},
    i18n::{self, Message, Words},
    navigation::Navigation,
    pages::{Addresses, Code, Profile, Roles},
    portal::Portal,
    route::{Entrance, Inside, Route},
    session::{Person, Session},
};

/// A sign-in under way, and what it comes to.
pub type SignIn = Pin<Box<dyn Future<Output = Result<Session, Trouble>>>>;

/// What there is behind sign-in.
pub struct Interior {
    /// Signs a patient in.
    pub patient_sign_in: fn(&'static Config, PhoneNumber, Identifier, Listener) -> SignIn,
    /// Signs a member of staff in by an entrance's `client`, with user name and password.
    pub staff_sign_in:
        fn(&'static Config, &'static Client, StaffUsername, Zeroizing<String>, Listener) -> SignIn,
    /// Ends the session of somebody on the server, in the background.
    pub sign_out: fn(&'static Config, Person),
    /// Where one can go.
    pub navigation: fn(Portal, Memo<Route>, Entrance) -> Sealed,
    /// A page; for none, the one before them all, which asks for the one-time code.
    pub page: fn(Portal, Option<Inside>) -> Sealed,
    /// Has the browser get its calendars out, which takes it longer than a frame the first time.
    pub warm_up: fn(&'static Words),
}

static INTERIOR: Interior = Interior {
    patient_sign_in: |config, phone, identifier, signal| {
        Box::pin(async move {
            let outcome = api::patient::sign_in(config, &phone, &identifier, &signal).await;
            Ok(match outcome.map_err(|failure| failure.told(now()))? {
                Login::Record(patient) => Session::Open(Person::Patient(patient), &INTERIOR),
                Login::CodeSent(sent) => Session::Code(Arc::new(sent), &INTERIOR),
            })
        })
    },
    staff_sign_in: |config, client, username, password, signal| {
        Box::pin(async move {
            let outcome = api::staff::sign_in(config, client, username, &password, &signal).await;
            drop(password);
            let signed_in = outcome.map_err(|failure| told_to_staff(config, client, &failure))?;
            let person = Person::Staff(Box::new(signed_in));
            Ok(Session::Open(person, &INTERIOR))
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
        None => Sealed::new(move || view! { <Code portal/> }),
        Some(Inside::Profile) => Sealed::new(move || view! { <Profile portal/> }),
        Some(Inside::Addresses) => Sealed::new(move || view! { <Addresses portal/> }),
        Some(Inside::Roles) => Sealed::new(move || view! { <Roles portal/> }),
    },
    warm_up: i18n::warm_up,
};

/// A role that may not enter here may enter elsewhere, and SPICE 2.0 locks an account for 5 minutes.
fn told_to_staff(config: &Config, client: &Client, failure: &Failure) -> Trouble {
    let message = match failure {
        Failure::Refused(Refusal::NoPermission) if config.staff.entrances.len() > 1 => {
            Message::Plain(|w| w.record().no_permission_other_entrance)
        }
        Failure::Refused(Refusal::AccountLocked(None) | Refusal::AccountDisabled(None))
            if !matches!(client, Client::One(_)) =>
        {
            Message::Counted(|w| w.record().account_locked_minutes, 5)
        }
        _ => return failure.told(now()),
    };
    Trouble::Told(message, None)
}

/// Unix time, in seconds.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "far below 2^53"
)]
pub(crate) fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

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
/// As [`enter`], and why the sign-in came to nothing, as the person is told.
pub async fn sign_in(begin: impl FnOnce(&'static Interior) -> SignIn) -> Result<Session, Trouble> {
    match enter().await {
        Ok(interior) => begin(interior).await,
        Err(failure) => Err(failure.told_at_the_door()),
    }
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

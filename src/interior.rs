//! The part of the program that nobody needs to look at a sign-in page: what its form does once it
//! is used, calls, the reading of answers, every page that is made in the browser, and their words.
//! A release build puts it into a second file (see `xtask/src/program.rs`), which is fetched once a
//! person turns to anything on the page, so that the first look at the portal does not pay for it.
//!
//! The [`Door`] is the one way in. Whatever is reached only through [`Interior`] ends up behind it;
//! what the rest of the program calls by name does not.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use web_sys::HtmlElement;

use crate::{
    app,
    config::{Config, Problem},
    dynamic::{Sealed, follow},
    failure::Failure,
    i18n::{self, Words},
    navigation,
    pages::{cannot_start, patient_form, staff_form},
    portal::{Page, Portal},
    route::Visitor,
    start,
};

/// What there is behind the door.
pub struct Interior {
    /// What the patients' sign-in form does.
    pub patient: patient_form::Acts,
    /// What the staff's sign-in form does.
    pub staff: staff_form::Acts,
    /// Where somebody can go: nowhere, for a guest.
    pub navigation: fn(&'static Portal, Visitor) -> Sealed,
    /// A page, and what stands below it.
    pub page: fn(&'static Portal, Page) -> Sealed,
    /// The portal in an element, rendered anew in these words: where no page was served, or one that
    /// does not fit.
    pub show: fn(HtmlElement, &'static Config, &'static Words),
    /// Instead of the portal, where its configuration cannot be used.
    pub cannot_start: fn(HtmlElement, &'static Words, Problem),
    /// Has the browser get its calendars out, which takes it longer than a frame the first time.
    pub warm_up: fn(&'static Words),
}

/// By this name it is known behind the door and to a program in one file. Everybody else
/// [enters](Door::enter): to name it would bring all of it.
pub static INTERIOR: Interior = Interior {
    patient: patient_form::ACTS,
    staff: staff_form::ACTS,
    navigation: navigation::navigation,
    page: app::page,
    show: start::show,
    cannot_start: cannot_start::show,
    warm_up: i18n::warm_up,
};

/// Fetches the interior, or finds it fetched.
///
/// # Errors
/// [`Failure::Unreachable`], [`Failure::Offline`] or [`Failure::Outdated`] where it cannot be
/// fetched. The next call tries again.
pub async fn fetch() -> Result<&'static Interior, Failure> {
    split::open().await
}

/// The way to the interior, and whether it is here.
#[derive(Clone, Copy)]
pub struct Door(RwSignal<Option<&'static Interior>>);

impl Door {
    /// The interior is not here yet, as far as anybody needs to know.
    pub fn closed() -> Self {
        Self(RwSignal::new(None))
    }

    /// The interior is here.
    pub fn open(interior: &'static Interior) -> Self {
        Self(RwSignal::new(Some(interior)))
    }

    /// The interior, if it is here; follows its arrival.
    pub fn interior(self) -> Option<&'static Interior> {
        follow(self.0).get()
    }

    /// The interior, if it is here now.
    pub fn interior_now(self) -> Option<&'static Interior> {
        self.0.get_untracked()
    }

    /// Fetches the interior, or finds it fetched.
    ///
    /// # Errors
    /// As [`fetch`].
    pub async fn enter(self) -> Result<&'static Interior, Failure> {
        let interior = fetch().await?;
        if matches!(self.0.try_get_untracked(), Some(None)) {
            self.0.set(Some(interior));
        }
        Ok(interior)
    }

    /// Has `act` done now, or as soon as the interior is here. What comes of it is no news to anybody:
    /// if the interior cannot be fetched, it is not done.
    pub fn soon(self, act: Box<dyn FnOnce(&'static Interior)>) {
        if let Some(interior) = self.interior_now() {
            return act(interior);
        }
        spawn_local(async move {
            if let Ok(interior) = self.enter().await {
                act(interior);
            }
        });
    }

    /// Fetches the interior ahead of its use, for somebody who reads `words`. If that fails, whoever
    /// needs it will say so in time.
    pub fn prepare(self, words: &'static Words) {
        self.soon(Box::new(move |interior| {
            set_timeout(move || (interior.warm_up)(words), Duration::ZERO);
        }));
    }
}

#[cfg(not(split))]
mod split {
    use super::{Failure, INTERIOR, Interior};

    /// Everything is in one file.
    #[allow(clippy::unused_async, reason = "as in a split program")]
    pub(super) async fn open() -> Result<&'static Interior, Failure> {
        Ok(&INTERIOR)
    }
}

/// The two halves of the link between the files, by the names that `xtask/src/program.rs` takes the
/// program apart at, and the wait for the second file.
#[cfg(split)]
#[allow(unsafe_code, reason = "the two files are linked by hand")]
mod split {
    use std::{
        cell::{Cell, RefCell},
        ffi::c_void,
        future::poll_fn,
        rc::Rc,
        task::{Poll, Waker},
    };

    use super::{Failure, INTERIOR, Interior};
    use crate::api;

    /// Whether the file has come, once that is known, and who waits to know.
    #[derive(Default)]
    struct Arrival {
        success: Cell<Option<bool>>,
        waits: RefCell<Option<Waker>>,
    }

    #[link(wasm_import_module = "__wasm_split_placeholder__")]
    unsafe extern "C" {
        /// Fetches the file, unless it is here, and calls `then` once, with `arrival` and the outcome.
        fn __wasm_split_load_interior(
            then: unsafe extern "C" fn(*const c_void, bool),
            arrival: *const c_void,
        );
        /// What is [exported](__wasm_split_00interior00_export_00000000000000000000000000000000) there.
        /// Not to be called before it has come.
        fn __wasm_split_00interior00_import_00000000000000000000000000000000() -> *const Interior;
    }

    #[unsafe(no_mangle)]
    extern "C" fn __wasm_split_00interior00_export_00000000000000000000000000000000()
    -> *const Interior {
        &raw const INTERIOR
    }

    /// # Safety
    /// `arrival` is what `Rc::into_raw` gave in [`open`], and is given back once.
    unsafe extern "C" fn arrived(arrival: *const c_void, success: bool) {
        // SAFETY: as promised.
        let arrival = unsafe { Rc::from_raw(arrival.cast::<Arrival>()) };
        arrival.success.set(Some(success));
        if let Some(waiting) = arrival.waits.take() {
            waiting.wake();
        }
    }

    pub(super) async fn open() -> Result<&'static Interior, Failure> {
        let arrival = Rc::new(Arrival::default());
        // SAFETY: the glue calls back once (`wrapAsyncCb` in it), with what it was given.
        unsafe { __wasm_split_load_interior(arrived, Rc::into_raw(Rc::clone(&arrival)).cast()) };
        let success = poll_fn(|waiting| match arrival.success.get() {
            Some(success) => Poll::Ready(success),
            None => {
                arrival.waits.replace(Some(waiting.waker().clone()));
                Poll::Pending
            }
        });
        if success.await {
            // SAFETY: the file is here, and what it exports is a static of this very program.
            return Ok(unsafe {
                &*__wasm_split_00interior00_import_00000000000000000000000000000000()
            });
        }
        let html = leptos::prelude::document().document_element();
        if html.is_some_and(|html| html.has_attribute("data-app-outdated")) {
            return Err(Failure::Outdated);
        }
        Err(api::unanswered())
    }
}

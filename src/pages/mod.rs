//! One page a file, and of the two sign-in pages a second one for what their form does. A page reads
//! what is typed, asks [`crate::api`], tells [`crate::session`], and shows what comes of it; it never
//! builds an address and never sees bytes.

mod addresses;
pub mod cannot_start;
mod code;
mod not_found;
pub mod patient_form;
mod patient_sign_in;
mod profile;
mod record;
mod roles;
pub mod staff_form;
mod staff_sign_in;

pub use addresses::Addresses;
pub use code::Code;
pub use not_found::NotFound;
pub use patient_sign_in::PatientSignIn;
pub use profile::Profile;
pub use record::rehearse as rehearse_record;
pub use roles::Roles;
pub use staff_sign_in::StaffSignIn;

use leptos::prelude::*;

use crate::{
    api::{Abort, Listener},
    config::Config,
    failure::Trouble,
    i18n::{Pick, Words},
    platform::follow,
    portal::Portal,
    route::{Entrance, Route},
    ui::{Alert, Form, Link, Status},
};

/// Keeps the document's title at `heading – brand`, with "Error: " before it while there is one.
fn title(portal: &'static Portal, heading: Pick, trouble: impl Fn() -> bool + 'static) {
    Effect::new(move || {
        let words = portal.lang.words();
        let prefix = if trouble() { words.title_error } else { "" };
        document().set_title(&[prefix, &title_of(portal.config, words, heading)].concat());
    });
}

/// `heading – brand`: the title of a page that nothing is wrong with.
pub(crate) fn title_of(config: &Config, words: &'static Words, heading: Pick) -> String {
    [heading(words), " – ", config.brand.name_in(words.code)].concat()
}

/// Why the last session ended, until somebody signs in again.
#[component]
fn Farewell(portal: &'static Portal) -> impl IntoView {
    let Portal { lang, farewell, .. } = *portal;
    let text = Signal::derive(move || lang.tell(follow(farewell).get()).into_owned());
    view! { <Status class="farewell" text/> }
}

/// The way to the other sign-in page, where the configuration opens it.
#[component]
fn OtherSignIn(portal: &'static Portal, other: Entrance) -> impl IntoView {
    let config = portal.config;
    let (open, text): (bool, Pick) = match other {
        Entrance::Patient => (config.patient.enabled, |w| w.to_patient),
        Entrance::Staff => (config.staff.enabled, |w| w.to_staff),
    };
    let route = Route::SignIn(other, None);
    open.then(|| {
        view! {
            <p class="sign-in__other">
                <Link
                    lang=portal.lang
                    text
                    href=route.href(portal.router.base)
                    on_click=move |event| portal.follow_link(&event, route)
                />
            </p>
        }
    })
}

/// What was wrong for want of a network is over when there is one.
fn follow_network(portal: &'static Portal, form: Form) {
    Effect::new(move || {
        if follow(portal.online).get() {
            form.come_online();
        }
    });
}

/// The calls of a page. All of them stop when it is left.
#[derive(Clone, Copy)]
struct Calls(StoredValue<Option<Abort>, LocalStorage>);

impl Calls {
    fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// For the calls to come; those before them stop.
    fn begin(self) -> Listener {
        let abort = Abort::new();
        let signal = abort.signal();
        self.0.set_value(Some(abort));
        signal
    }
}

/// Says on the form what came of a call, and holds it back where the server wants that.
fn tell(form: Form, trouble: Trouble) {
    let (alert, wait) = match trouble {
        Trouble::Offline => (Alert::Offline, None),
        Trouble::Told(message, wait) => (Alert::Call(message), wait),
    };
    form.tell(Some(alert));
    if let Some(seconds) = wait {
        form.hold_back(seconds);
    }
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

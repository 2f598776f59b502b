//! One page a file. A page reads what is typed, asks [`crate::api`], tells [`crate::session`], and
//! shows what comes of it; it never builds an address and never sees bytes.

mod addresses;
mod cannot_start;
mod code;
mod not_found;
mod patient_sign_in;
mod profile;
mod record;
mod roles;
mod staff_sign_in;

pub use addresses::Addresses;
pub use cannot_start::CannotStart;
pub use code::Code;
pub use not_found::NotFound;
pub use patient_sign_in::PatientSignIn;
pub use profile::Profile;
pub use roles::Roles;
pub use staff_sign_in::StaffSignIn;

use leptos::prelude::*;

use crate::{
    config::Config,
    dynamic::{effect, flag, follow, on},
    failure::Trouble,
    i18n::{Message, Pick, Words},
    portal::Portal,
    route::{Entrance, Route},
    ui::{Alert, FieldProblem, Form, Link, PAGE},
};

/// Keeps the document's title at `heading – brand`, with "Error: " before it while there is one.
fn title(portal: Portal, heading: Pick, trouble: impl Fn() -> bool + 'static) {
    effect(move || {
        let words = portal.lang.words();
        let prefix = if trouble() { words.title_error } else { "" };
        document().set_title(&[prefix, &title_of(portal.config, words, heading)].concat());
    });
}

/// `heading – brand`: the title of a page that nothing is wrong with.
pub(crate) fn title_of(config: &Config, words: &'static Words, heading: Pick) -> String {
    [heading(words), " – ", config.brand.name_in(words)].concat()
}

/// Why the last session ended, until somebody signs in again.
fn farewell(portal: Portal) -> impl IntoView {
    let Portal { lang, farewell, .. } = portal;
    view! {
        <p class="farewell" role="status" data-shown=flag(move || follow(farewell).get().is_some())>
            {lang.tell_any(move || follow(farewell).get())}
        </p>
    }
}

/// The way to the other sign-in page, where the configuration opens it.
fn other_sign_in(portal: Portal, other: Entrance) -> impl IntoView {
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
                    href=route.href()
                    follow=on(move |()| portal.router.push(route))
                />
            </p>
        }
    })
}

/// What was wrong for want of a network is over when there is one.
fn follow_network(portal: Portal, form: Form) {
    effect(move || {
        if follow(portal.online).get() {
            form.come_online();
        }
    });
}

/// Says on the form what came of a call, and holds it back where the server wants that.
fn tell(form: Form, trouble: Trouble) {
    let (alert, wait) = match trouble {
        Trouble::Offline => (Alert::Offline, None),
        Trouble::Outdated => {
            let message = Message::Plain(|w| w.outdated);
            let field = PAGE;
            (Alert::Fields(vec![FieldProblem { field, message }]), None)
        }
        Trouble::Told(message, wait) => (Alert::Call(message), wait),
    };
    form.tell(Some(alert));
    if let Some(seconds) = wait {
        form.hold_back(seconds);
    }
}

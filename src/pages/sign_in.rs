//! What the sign-in pages share: why the last session ended, the link to the other page, the calls of a
//! form, and what a failed call becomes on it.

use leptos::prelude::*;

use crate::{
    api::{Abort, Failure, Listener},
    i18n::Pick,
    platform::follow,
    router::{Entrance, Route},
    state::Portal,
    ui::{Form, FormError, Link, Status},
};

/// Why the last session ended, until somebody signs in again.
#[component]
pub(super) fn Farewell(portal: &'static Portal) -> impl IntoView {
    let Portal { lang, farewell, .. } = *portal;
    let text = Signal::derive(move || lang.tell(follow(farewell).get()).into_owned());
    view! { <Status class="farewell" text/> }
}

/// The way to the other sign-in page, where the configuration opens it.
#[component]
pub(super) fn OtherSignIn(portal: &'static Portal, other: Entrance) -> impl IntoView {
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
pub(super) fn follow_network(portal: &'static Portal, form: Form) {
    Effect::new(move || {
        if follow(portal.online).get() {
            form.come_online();
        }
    });
}

/// The calls of a page. All of them stop when it is left.
#[derive(Clone, Copy)]
pub(super) struct Calls(StoredValue<Option<Abort>, LocalStorage>);

impl Calls {
    pub(super) fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// For the calls to come; those before them stop.
    pub(super) fn begin(self) -> Listener {
        let abort = Abort::new();
        let signal = abort.signal();
        self.0.set_value(Some(abort));
        signal
    }
}

/// Shows on a form what came of a call, and holds the form back where the server wants that.
pub(super) fn show_failure(form: Form, failure: &Failure) {
    form.tell(Some(form_error(failure)));
    if let Some(seconds) = failure.wait(now()) {
        form.hold_back(seconds);
    }
}

/// What a form says of a failed call.
pub(super) fn form_error(failure: &Failure) -> FormError {
    match failure {
        Failure::Offline => FormError::Offline,
        Failure::Unreachable | Failure::TimedOut | Failure::Refused(_) => {
            FormError::Call(failure.message(now()))
        }
    }
}

/// Unix time, in seconds.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "far below 2^53"
)]
pub(super) fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

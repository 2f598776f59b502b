//! Shared by the sign-in pages: the reason why the last session ended, the link to the other page,
//! pending requests, and the error of a request on its form.

use leptos::prelude::*;

use crate::{
    api::{AbortGuard, AbortToken, ApiError, Failure},
    i18n::MessageKey,
    platform::unsubscribe_on_cleanup,
    router::{Audience, Route},
    state::AppState,
    ui::{Form, FormError, HelpPhone, Link, LiveRegion, SubmissionError},
};

/// Reason why the last session ended, until the next sign-in.
#[component]
pub(super) fn SignedOutMessage(state: &'static AppState) -> impl IntoView {
    let AppState {
        locale,
        signed_out_message,
        ..
    } = *state;
    let ended = move || unsubscribe_on_cleanup(signed_out_message).get();
    let text = Signal::derive(move || {
        locale
            .format(ended().map(|ended| ended.message))
            .into_owned()
    });
    let hidden = Signal::derive(move || !ended().is_some_and(|ended| ended.needs_help));
    view! {
        <LiveRegion class="signed-out-message" text/>
        <HelpPhone locale phone=untrack(|| state.help_phone()) hidden/>
    }
}

/// Link to the other sign-in page, where the configuration enables it.
#[component]
pub(super) fn OtherSignIn(state: &'static AppState, other: Audience) -> impl IntoView {
    let config = state.config;
    let (open, text): (bool, MessageKey) = match other {
        Audience::Patient => (config.patient.enabled, |m| m.to_patient),
        Audience::Staff => (config.staff.enabled, |m| m.to_staff),
    };
    let route = Route::SignIn(other, None);
    open.then(|| {
        view! {
            <p class="sign-in__other">
                <Link
                    locale=state.locale
                    text
                    href=route.href(state.router.base)
                    on_click=move |event| state.navigate(&event, route)
                />
            </p>
        }
    })
}

/// Clears the offline error once the browser is online.
pub(super) fn clear_error_when_online(state: &'static AppState, form: Form) {
    Effect::new(move || {
        if unsubscribe_on_cleanup(state.online).get() {
            form.clear_offline();
        }
    });
}

/// Requests of a page, cancelled when it is left.
#[derive(Clone, Copy)]
pub(super) struct PendingRequests(StoredValue<Option<AbortGuard>, LocalStorage>);

impl PendingRequests {
    pub(super) fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// Cancels the requests so far; the token is for those to come.
    pub(super) fn begin(self) -> AbortToken {
        let abort = AbortGuard::new();
        let signal = abort.signal();
        self.0.set_value(Some(abort));
        signal
    }
}

/// Shows the error of a request on the form, and blocks the form for as long as the service asks.
pub(super) fn show_failure(form: Form, failure: &Failure) {
    form.set_error(Some(form_error(failure)));
    if let Some(seconds) = failure.error.wait(now()) {
        form.block_for(seconds);
    }
}

/// Failure of a request as an error of a form.
pub(super) fn form_error(failure: &Failure) -> FormError {
    match &failure.error {
        ApiError::Offline => FormError::Offline,
        error @ (ApiError::Unreachable | ApiError::TimedOut | ApiError::Service(_)) => {
            FormError::Submission(SubmissionError {
                message: error.message(now()),
                reference: failure.reference(),
                help: error.help(),
            })
        }
    }
}

/// Unix time in seconds.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "far below 2^53"
)]
pub(super) fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

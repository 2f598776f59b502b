//! Shared by the sign-in pages: the reason why the last session ended, the link to the other page,
//! pending requests, the error of a request on its form, the waits of those who sign in, and what a shared device
//! forgets.

use config::Config;
use leptos::prelude::*;
use zeroize::Zeroizing;

use crate::{
    api::{AbortGuard, AbortToken, ApiError, Failure, report},
    i18n::{Message, MessageKey},
    layout::Logo,
    platform::{Moment, unsubscribe_on_cleanup},
    router::{Audience, Route},
    session::after_idle,
    state::{AppState, SignedOutMessage},
    ui::{
        Form, FormError, HelpPhone, Link, LiveRegion, MESSAGE, SubmissionError, set_typed, typed,
    },
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
        <LiveRegion class="signed-out-message" id=MESSAGE text/>
        <HelpPhone locale phone=state.help_phone_now() hidden/>
    }
}

/// Beside a form on a wide screen: the hospital's logo and name, what the portal is for, and help.
#[component]
pub(super) fn BrandPane(state: &'static AppState, text: MessageKey) -> impl IntoView {
    let AppState { config, locale, .. } = *state;
    view! {
        <div class="brand-pane">
            <Logo state/>
            <p class="brand-pane__name">{move || config.brand.name_in(locale.messages().code)}</p>
            <p>{locale.text(text)}</p>
            <HelpPhone locale phone=state.help_phone_now()/>
        </div>
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

/// A wait that a service asked for.
struct Wait {
    /// The user name or phone it was said of; `None` for everybody's.
    of: Option<Zeroizing<String>>,
    since: Moment,
    seconds: u32,
}

/// Waits of a sign-in form, each of the one it was said of: another person is not held back.
#[derive(Clone, Copy)]
pub(super) struct Waits(StoredValue<Vec<Wait>>);

impl Waits {
    pub(super) fn new() -> Self {
        Self(StoredValue::new(Vec::new()))
    }

    /// Drops all waits.
    pub(super) fn clear(self) {
        let _ = self.0.try_update_value(Vec::clear);
    }

    /// Keeps the wait that an error asks for, and blocks the form.
    pub(super) fn add(self, form: Form, of: &str, error: &ApiError) {
        if let Some(seconds) = error.wait(now()) {
            let of = (!error.is_for_all()).then(|| Zeroizing::new(of.to_owned()));
            let since = Moment::now();
            let _ = self
                .0
                .try_update_value(|waits| waits.push(Wait { of, since, seconds }));
            form.block_since(since, seconds);
        }
    }

    /// Blocks the form for the rest of this person's wait, or lets it go.
    pub(super) fn follow(self, form: Form, person: Option<&str>) {
        let wait = self.0.try_update_value(|waits| {
            waits.retain(|wait| wait.since.elapsed() < f64::from(wait.seconds) * 1000.0);
            let is_of = |wait: &&Wait| match &wait.of {
                None => true,
                of => of.as_deref().map(String::as_str) == person,
            };
            let last = waits.iter().rev().find(is_of);
            last.map(|wait| (wait.since, wait.seconds))
        });
        match wait.flatten() {
            Some((since, seconds)) => form.block_since(since, seconds),
            None if form.blocked().is_running() => {
                form.blocked().stop();
                // It names a wait that this person does not have.
                form.set_error(None);
            }
            None => {}
        }
    }
}

/// On a shared device: empties the fields of a form that was left, and puts language and theme back, once it was
/// not used for `idle_seconds`.
pub(super) fn forget_when_idle(
    state: &'static AppState,
    idle_seconds: u32,
    fields: &'static [&'static str],
    forget: Callback<()>,
) {
    if !state.config.shared_device {
        return;
    }
    // In the browser only, and until the page is left.
    Effect::new(move || {
        after_idle(idle_seconds, move || {
            let was_used = fields.iter().any(|field| !typed(field).is_empty());
            for field in fields {
                set_typed(field, "");
            }
            forget.run(());
            state.forget_preferences();
            if was_used {
                state.signed_out_message.set(Some(SignedOutMessage {
                    message: Message::Plain(|m| m.form_emptied),
                    needs_help: false,
                }));
            }
        });
    });
}

/// Shows the error of a request on the form, and blocks the form for as long as the service asks.
pub(super) fn show_failure(config: &Config, form: Form, failure: &Failure) {
    form.set_error(Some(form_error(config, failure)));
    if let Some(seconds) = failure.error.wait(now()) {
        form.block_for(seconds);
    }
}

/// Failure of a request as an error of a form. It is reported where the configuration says so.
pub(super) fn form_error(config: &Config, failure: &Failure) -> FormError {
    report(config, failure);
    match &failure.error {
        ApiError::Offline => FormError::Offline,
        error @ (ApiError::Unreachable
        | ApiError::Redirected
        | ApiError::TimedOut
        | ApiError::Service(_)) => FormError::Submission(SubmissionError {
            message: error.message(now()),
            reference: failure.reference(),
            help: error.help(),
        }),
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

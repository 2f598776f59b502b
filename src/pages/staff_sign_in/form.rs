//! The staff's sign-in form: its state, and submitting it.

use ::config::{Config, StaffClientConfig};
use contract::{service_error::ServiceError, staff::StaffClient};
use leptos::{prelude::*, task::spawn_local};
use zeroize::Zeroizing;

use super::{
    super::sign_in_shared::{PendingRequests, Waits, form_error},
    validation::{Checked, Draft, PASSWORD, USERNAME},
};
use crate::{
    api::{self, ApiError},
    i18n::Message,
    state::AppState,
    store::Person,
    ui::{Form, FormError, SubmissionError, set_typed, typed},
};

/// The form's state, in handles that are `Copy`.
#[derive(Clone, Copy)]
pub struct StaffForm {
    /// State shared by all pages.
    pub state: &'static AppState,
    /// Errors, and whether it is being submitted.
    pub form: Form,
    /// Index of the chosen staff client.
    pub client: RwSignal<usize>,
    calls: PendingRequests,
    waits: Waits,
}

impl StaffForm {
    /// An empty form.
    pub fn new(state: &'static AppState) -> Self {
        Self {
            state,
            form: Form::new(),
            client: RwSignal::new(0),
            calls: PendingRequests::new(),
            waits: Waits::new(),
        }
    }

    /// Blocks the form if the user name in it has to wait.
    pub fn follow_wait(self) {
        let person = person(&typed(USERNAME));
        let person = person.as_ref().map(|name| name.as_str());
        self.waits.follow(self.form, person);
    }

    /// Empties the form.
    pub fn forget(self) {
        self.form.set_error(None);
        self.waits.clear();
        self.follow_wait();
        self.client.set(0);
    }
}

/// The user name that a wait is known by: a phone number in one form, as SPICE 2.0 gets it.
fn person(username: &str) -> Option<Zeroizing<String>> {
    let username = input::staff_username(username).ok()?.normalize_phone();
    Some(Zeroizing::new(username.as_str().to_owned()))
}

/// Validates the form, and signs in.
pub fn submit(page: StaffForm) {
    let StaffForm {
        state,
        form,
        calls,
        waits,
        ..
    } = page;
    let config = state.config;
    // A password manager may have filled in another one.
    page.follow_wait();
    if !form.can_submit() {
        return;
    }
    let draft = Draft {
        username: typed(USERNAME),
        password: typed(PASSWORD),
    };
    let Checked { username, password } = match draft.check() {
        Ok(clean) => clean,
        Err(problems) => return form.set_error(Some(FormError::Fields(problems))),
    };
    let Some(client) = config
        .staff
        .clients
        .get(page.client.get_untracked())
        .map(StaffClientConfig::client)
    else {
        return;
    };
    if !form.begin_submit() {
        return;
    }
    form.set_error(None);
    let signal = calls.begin();
    spawn_local(async move {
        let person = person(username.as_str()).unwrap_or_default();
        let outcome = api::staff::sign_in(config, &client, username, &password, &signal).await;
        drop(password);
        let waited_for = form.end_submit();
        match outcome {
            Ok(signed_in) if waited_for => {
                state.sign_in(Person::Staff(Box::new(signed_in)));
            }
            // The page was left: the session is not used, so it is ended.
            Ok(signed_in) => api::staff::sign_out_in_background(config, signed_in),
            Err(failure) if waited_for => {
                // What failed by no fault of the password may be sent again as it is.
                if failure.error.is_refusal() {
                    set_typed(PASSWORD, "");
                }
                form.set_error(Some(
                    match client_message(config, &client, &failure.error) {
                        Some(message) => FormError::Submission(SubmissionError {
                            message,
                            reference: None,
                            help: failure.error.help(),
                        }),
                        None => form_error(config, &failure),
                    },
                ));
                waits.add(form, &person, &failure.error);
            }
            Err(_) => {}
        }
    });
}

/// Messages that depend on the staff client: a role may have access through another client, and SPICE 2.0
/// locks an account for 6 minutes (seen: locked at 5:55, open at 6:05), so 7 are said.
fn client_message(config: &Config, client: &StaffClient, error: &ApiError) -> Option<Message> {
    match error {
        ApiError::Service(ServiceError::NoPermission) if config.staff.clients.len() > 1 => {
            Some(Message::Plain(|m| m.no_permission_other_entrance))
        }
        ApiError::Service(
            ServiceError::AccountLocked(None) | ServiceError::AccountDisabled(None),
        ) if !matches!(client, StaffClient::SpiceV1(_)) => {
            Some(Message::Counted(|m| m.account_locked_minutes, 7))
        }
        _ => None,
    }
}

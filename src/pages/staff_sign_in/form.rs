//! The staff's sign-in form: what it holds, and sending it.

use ::config::{Config, StaffEntrance};
use contract::{refusal::Refusal, staff::Client};
use leptos::{prelude::*, task::spawn_local};

use super::{
    super::sign_in::{PendingRequests, show_api_error},
    validation::{Clean, Draft, PASSWORD, USERNAME},
};
use crate::{
    api::{self, ApiError},
    i18n::Message,
    state::AppState,
    store::{Person, Session},
    ui::{Form, FormError, input_of, typed},
};

/// The form, in handles that are free to copy.
#[derive(Clone, Copy)]
pub struct StaffForm {
    /// The portal it is in.
    pub state: &'static AppState,
    /// What is wrong with it, and whether it is on its way.
    pub form: Form,
    /// The index of the entrance.
    pub entrance: RwSignal<usize>,
    calls: PendingRequests,
}

impl StaffForm {
    /// A form that nobody has used.
    pub fn new(state: &'static AppState) -> Self {
        Self {
            state,
            form: Form::new(),
            entrance: RwSignal::new(0),
            calls: PendingRequests::new(),
        }
    }
}

/// Checks what was typed, and signs in with it.
pub fn send(page: StaffForm) {
    let StaffForm {
        state, form, calls, ..
    } = page;
    let config = state.config;
    if !form.can_submit() {
        return;
    }
    let draft = Draft {
        username: typed(USERNAME),
        password: typed(PASSWORD),
    };
    let Clean { username, password } = match draft.check() {
        Ok(clean) => clean,
        Err(problems) => return form.set_error(Some(FormError::Fields(problems))),
    };
    let Some(client) = config
        .staff
        .entrances
        .get(page.entrance.get_untracked())
        .map(StaffEntrance::client)
    else {
        return;
    };
    if !form.begin_submit() {
        return;
    }
    form.set_error(None);
    let signal = calls.begin();
    spawn_local(async move {
        let outcome = api::staff::sign_in(config, &client, username, &password, &signal).await;
        drop(password);
        let waited_for = form.end_submit();
        match outcome {
            Ok(signed_in) if waited_for => {
                state
                    .session
                    .open(Session::SignedIn(Person::Staff(Box::new(signed_in))));
            }
            // Nobody is there to use the session any more, and nobody to tell that it could not be ended.
            Ok(signed_in) => drop(api::staff::sign_out_of(config, &signed_in).await),
            Err(error) if waited_for => {
                forget(PASSWORD);
                match exception(config, &client, &error) {
                    Some(message) => form.set_error(Some(FormError::Submission(message))),
                    None => show_api_error(form, &error),
                }
            }
            Err(_) => {}
        }
    });
}

/// A role that may not enter here may enter elsewhere, and SPICE 2.0 locks an account for 5 minutes.
fn exception(config: &Config, client: &Client, error: &ApiError) -> Option<Message> {
    match error {
        ApiError::Service(Refusal::NoPermission) if config.staff.entrances.len() > 1 => {
            Some(Message::Plain(|m| m.no_permission_other_entrance))
        }
        ApiError::Service(Refusal::AccountLocked(None) | Refusal::AccountDisabled(None))
            if !matches!(client, Client::One(_)) =>
        {
            Some(Message::Counted(|m| m.account_locked_minutes, 5))
        }
        _ => None,
    }
}

/// Empties the password's field: it is the one thing a failed try does not keep.
fn forget(id: &str) {
    if let Some(input) = input_of(id) {
        input.set_value("");
    }
}

//! The staff's sign-in form: what it holds, and sending it.

use ::config::{Config, StaffEntrance};
use contract::{refusal::Refusal, staff::Client};
use leptos::{prelude::*, task::spawn_local};

use super::{
    super::sign_in::{Calls, show_failure},
    validation::{Clean, Draft, PASSWORD, USERNAME},
};
use crate::{
    api::{self, Failure},
    i18n::Message,
    state::Portal,
    store::{Person, Session},
    ui::{Form, FormError, input_of, typed},
};

/// The form, in handles that are free to copy.
#[derive(Clone, Copy)]
pub struct StaffForm {
    /// The portal it is in.
    pub portal: &'static Portal,
    /// What is wrong with it, and whether it is on its way.
    pub form: Form,
    /// The index of the entrance.
    pub entrance: RwSignal<usize>,
    calls: Calls,
}

impl StaffForm {
    /// A form that nobody has used.
    pub fn new(portal: &'static Portal) -> Self {
        Self {
            portal,
            form: Form::new(),
            entrance: RwSignal::new(0),
            calls: Calls::new(),
        }
    }
}

/// Checks what was typed, and signs in with it.
pub fn send(page: StaffForm) {
    let StaffForm {
        portal,
        form,
        calls,
        ..
    } = page;
    let config = portal.config;
    if !form.is_open_now() {
        return;
    }
    let draft = Draft {
        username: typed(USERNAME),
        password: typed(PASSWORD),
    };
    let Clean { username, password } = match draft.check() {
        Ok(clean) => clean,
        Err(problems) => return form.tell(Some(FormError::Fields(problems))),
    };
    let Some(client) = config
        .staff
        .entrances
        .get(page.entrance.get_untracked())
        .map(StaffEntrance::client)
    else {
        return;
    };
    if !form.start() {
        return;
    }
    form.tell(None);
    let signal = calls.begin();
    spawn_local(async move {
        let outcome = api::staff::sign_in(config, &client, username, &password, &signal).await;
        drop(password);
        let waited_for = form.finish();
        match outcome {
            Ok(signed_in) if waited_for => {
                portal
                    .session
                    .open(Session::Open(Person::Staff(Box::new(signed_in))));
            }
            // Nobody is there to use the session any more, and nobody to tell that it could not be ended.
            Ok(signed_in) => drop(api::staff::sign_out_of(config, &signed_in).await),
            Err(failure) if waited_for => {
                forget(PASSWORD);
                match exception(config, &client, &failure) {
                    Some(message) => form.tell(Some(FormError::Call(message))),
                    None => show_failure(form, &failure),
                }
            }
            Err(_) => {}
        }
    });
}

/// A role that may not enter here may enter elsewhere, and SPICE 2.0 locks an account for 5 minutes.
fn exception(config: &Config, client: &Client, failure: &Failure) -> Option<Message> {
    match failure {
        Failure::Refused(Refusal::NoPermission) if config.staff.entrances.len() > 1 => {
            Some(Message::Plain(|w| w.no_permission_other_entrance))
        }
        Failure::Refused(Refusal::AccountLocked(None) | Refusal::AccountDisabled(None))
            if !matches!(client, Client::One(_)) =>
        {
            Some(Message::Counted(|w| w.account_locked_minutes, 5))
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

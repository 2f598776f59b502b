//! What the staff's sign-in form does once somebody uses it: it checks and sends.

use contract::{service_error::ServiceError, staff::StaffClient};
use input::{StaffUsername, StaffUsernameError};
use leptos::{prelude::*, task::spawn_local};
use zeroize::Zeroizing;

use super::{Calls, now, tell};
use crate::{
    api,
    config::{Config, StaffClientConfig},
    failure::{Failure, Trouble},
    i18n::Message,
    portal::Portal,
    session::{Person, Session},
    ui::{Alert, FieldProblem, Form, input_of, typed},
};

// --- types ---

/// The user name's field's element id.
pub const USERNAME: &str = "username";
/// The password's field's element id.
pub const PASSWORD: &str = "password";

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

/// What stands in the fields, as typed.
struct Draft {
    username: Zeroizing<String>,
    password: Zeroizing<String>,
}

/// What can be sent.
struct Clean {
    username: StaffUsername,
    password: Zeroizing<String>,
}

// --- rules ---

impl Draft {
    /// Everything that is wrong, or what to send.
    fn check(self) -> Result<Clean, Vec<FieldProblem>> {
        let password_problem = self.password.is_empty().then_some(FieldProblem {
            field: PASSWORD,
            message: Message::Plain(|w| w.password_empty),
        });
        match (input::staff_username(&self.username), password_problem) {
            (Ok(username), None) => Ok(Clean {
                username,
                password: self.password,
            }),
            (username, password_problem) => {
                let username_problem =
                    username
                        .err()
                        .map(|StaffUsernameError::Empty| FieldProblem {
                            field: USERNAME,
                            message: Message::Plain(|w| w.username_empty),
                        });
                Err([username_problem, password_problem]
                    .into_iter()
                    .flatten()
                    .collect())
            }
        }
    }
}

// --- what it does ---

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
        Err(problems) => return form.tell(Some(Alert::Fields(problems))),
    };
    let Some(client) = config
        .staff
        .clients
        .get(page.entrance.get_untracked())
        .map(StaffClientConfig::client)
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
                tell(form, told(config, &client, &failure));
            }
            Err(_) => {}
        }
    });
}

/// A role that may not enter here may enter elsewhere, and SPICE 2.0 locks an account for 5 minutes.
fn told(config: &Config, client: &StaffClient, failure: &Failure) -> Trouble {
    let message = match failure {
        Failure::Refused(ServiceError::NoPermission) if config.staff.clients.len() > 1 => {
            Message::Plain(|w| w.no_permission_other_entrance)
        }
        Failure::Refused(
            ServiceError::AccountLocked(None) | ServiceError::AccountDisabled(None),
        ) if !matches!(client, StaffClient::SpiceV1(_)) => {
            Message::Counted(|w| w.account_locked_minutes, 5)
        }
        _ => return failure.told(now()),
    };
    Trouble::Told(message, None)
}

/// Empties the password's field: it is the one thing a failed try does not keep.
fn forget(id: &str) {
    if let Some(input) = input_of(id) {
        input.set_value("");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n;

    fn draft(username: &str, password: &str) -> Draft {
        Draft {
            username: username.to_owned().into(),
            password: password.to_owned().into(),
        }
    }

    #[test]
    fn both_fields_are_asked_for_at_once() {
        let problems = draft(" ", "").check().err().unwrap_or_default();
        let said: Vec<_> = problems
            .iter()
            .map(|p| p.message.say(i18n::FALLBACK))
            .collect();
        assert_eq!(
            said,
            ["Enter your email or username", "Enter your password"]
        );
    }

    #[test]
    fn a_password_of_spaces_is_a_password() {
        assert!(draft("a@b.hospital", "  ").check().is_ok());
    }

    #[test]
    fn the_password_stays_as_it_was_typed() {
        let Ok(clean) = draft("kavya", " Spice@123 ").check() else {
            panic!("a name and a password are enough");
        };
        assert_eq!(clean.password.as_str(), " Spice@123 ");
    }
}

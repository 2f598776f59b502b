//! `/staff`: a member of staff signs in with user name and password.

use input::{StaffUsername, StaffUsernameError};
use leptos::{ev, prelude::*, task::spawn_local};
use zeroize::Zeroizing;

use super::{farewell, follow_network, other_sign_in, tell, title};
use crate::{
    api::Abort,
    dynamic::{on, text},
    i18n::Message,
    interior,
    portal::Portal,
    route::Entrance,
    session::Session,
    ui::{
        Alert, Choice, ChoiceOption, ErrorSummary, Field, FieldProblem, FieldSpec, Form, Heading,
        Password, SubmitButton, input_of, typed,
    },
};

// --- types ---

const USERNAME: &str = "username";
const PASSWORD: &str = "password";

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

// --- view ---

/// The staff's sign-in page.
#[component]
pub fn StaffSignIn(portal: Portal) -> impl IntoView {
    let Portal { config, lang, .. } = portal;
    let form = Form::new();
    let entrance = RwSignal::new(0_usize);
    let shown = RwSignal::new(false);
    // Stops the call when the page is left.
    let calls = StoredValue::new_local(None::<Abort>);
    title(portal, |w| w.staff_sign_in, move || form.has_alert());
    follow_network(portal, form);

    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !form.is_open_now() {
            return;
        }
        shown.set(false);
        let draft = Draft {
            username: typed(USERNAME),
            password: typed(PASSWORD),
        };
        let clean = match draft.check() {
            Ok(clean) => clean,
            Err(problems) => return form.tell(Some(Alert::Fields(problems))),
        };
        let Some(client) = config
            .staff
            .entrances
            .get(entrance.get_untracked())
            .map(|entrance| &entrance.client)
        else {
            return;
        };
        if !form.start() {
            return;
        }
        form.tell(None);
        let abort = Abort::new();
        let signal = abort.signal();
        calls.set_value(Some(abort));
        spawn_local(async move {
            let Clean {
                username,
                password: secret,
            } = clean;
            let outcome = interior::sign_in(|interior| {
                (interior.staff_sign_in)(config, client, username, secret, signal)
            })
            .await;
            let waited_for = form.finish();
            match outcome {
                Ok(session) if waited_for => portal.session.open(session),
                // Nobody is there to use the session any more.
                Ok(Session::Open(person, interior)) => (interior.sign_out)(config, person),
                Ok(Session::Guest | Session::Code(..)) => {}
                Err(trouble) => {
                    forget(PASSWORD);
                    tell(form, trouble);
                }
            }
        });
    };

    let remember = |token| if config.shared_device { "off" } else { token };
    let username_spec = FieldSpec {
        id: USERNAME,
        label: |w| w.username,
        hint: None,
        kind: "text",
        keys: "email",
        autocomplete: remember("username"),
        read_back: false,
    };
    let options: Vec<_> = config
        .staff
        .entrances
        .iter()
        .enumerate()
        .map(|(index, entrance)| ChoiceOption {
            id: ["entrance-", &index.to_string()].concat(),
            label: text(move || entrance.label.text_in(lang.words())),
        })
        .collect();
    view! {
        <div class="sign-in">
            <Heading lang text=|w| w.staff_sign_in/>
            <p class="sign-in__intro">{lang.say(|w| w.staff_intro)}</p>
            {farewell(portal)}
            <ErrorSummary lang form/>
            <form method="dialog" novalidate class="sign-in__form" on:submit=on(send)>
                {(options.len() > 1)
                    .then(|| {
                        view! {
                            <Choice lang name="entrance" label=|w| w.entrance options chosen=entrance/>
                        }
                    })}
                <Field
                    lang
                    spec=username_spec
                    form
                    note=RwSignal::new(None)
                    changed=|| ()
                />
                <Password
                    lang
                    id=PASSWORD
                    label=|w| w.password
                    shown
                    autocomplete=remember("current-password")
                    form
                />
                <SubmitButton lang form label=|w| w.sign_in busy=|w| w.signing_in/>
            </form>
            {other_sign_in(portal, Entrance::Patient)}
        </div>
    }
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

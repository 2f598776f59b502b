//! The page between a patient's sign-in and their record, where the service has sent a one-time code
//! to their phone. It has no address of its own: without the sign-in before it there is nothing here,
//! so a reload begins anew. Back leads to the sign-in page as it was left.

use std::mem;

use contract::patient::{Resend, Verification};
use input::OneTimeCodeError;
use leptos::{ev, prelude::*, task::spawn_local};
use zeroize::Zeroizing;

use super::{Calls, follow_network, now, patient_form, patient_sign_in, tell, title};
use crate::{
    api,
    failure::Trouble,
    i18n::{Message, Pick},
    portal::Portal,
    session::{Person, Session},
    ui::{
        Alert, Button, Countdown, ErrorSummary, Field, FieldProblem, FieldSpec, Form, Heading,
        Notice, NoticeLine, SubmitButton, after_render, focus_heading, input_of, spoken_wait,
        typed,
    },
};

const CODE: &str = "code";

/// What stood in the sign-in page's fields, to be put back for somebody who comes back to it.
struct Draft {
    fields: [Zeroizing<String>; patient_form::FIELDS.len()],
    other_choice: bool,
}

impl Draft {
    fn read() -> Self {
        Self {
            fields: patient_form::FIELDS.map(typed),
            other_choice: input_of(patient_sign_in::OTHER_CHOICE)
                .is_some_and(|radio| radio.checked()),
        }
    }

    fn put_back(&self) {
        if self.other_choice
            && let Some(radio) = input_of(patient_sign_in::OTHER_CHOICE)
        {
            // As by hand, so that the page follows.
            radio.click();
        }
        for (field, text) in patient_form::FIELDS.into_iter().zip(&self.fields) {
            if let Some(input) = input_of(field) {
                input.set_value(text);
            }
        }
    }
}

/// What is wrong with what stands in the field.
fn problem(message: Pick) -> Alert {
    Alert::Fields(vec![FieldProblem {
        field: CODE,
        message: Message::Plain(message),
    }])
}

/// Shows the sign-in page as it was left, unless somebody is signed in or nobody waits for a code.
fn go_back(portal: &'static Portal, draft: StoredValue<Draft>) {
    if portal.session.code_sent().is_some() {
        drop(portal.session.close());
        let draft = draft.try_update_value(|draft| mem::replace(draft, Draft::read()));
        after_render(move || {
            if let Some(draft) = draft {
                draft.put_back();
            }
            focus_heading();
        });
    }
}

/// Asks for the one-time code.
#[component]
pub fn Code(portal: &'static Portal) -> impl IntoView {
    let Portal {
        config,
        lang,
        session,
        ..
    } = *portal;
    let form = Form::new();
    // Held back until another code may be asked for.
    let again = Form::new();
    again.hold_back(config.patient.resend_seconds);
    let notice = Notice::new();
    let calls = Calls::new();
    // The sign-in page is still there while this one is made.
    let draft = StoredValue::new(Draft::read());
    title(portal, |w| w.enter_code, move || form.has_alert());
    follow_network(portal, form);

    after_render(focus_heading);

    let stepped_in = portal.router.step_in();
    // Asked for anew: by Back, or by a link to the start page.
    Effect::watch(
        move || portal.router.asked(),
        move |_, _, _| go_back(portal, draft),
        false,
    );
    // By whatever way it is left, nothing is kept of the code.
    on_cleanup(move || {
        if session.code_sent().is_some() {
            drop(session.close());
        }
    });

    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !form.is_open_now() || again.is_busy() {
            return;
        }
        let code = match input::one_time_code(&typed(CODE)) {
            Ok(code) => code,
            Err(error) => {
                return form.tell(Some(problem(match error {
                    OneTimeCodeError::Empty => |w| w.code_empty,
                    OneTimeCodeError::Characters => |w| w.code_characters,
                    OneTimeCodeError::Length => |w| w.code_length,
                })));
            }
        };
        let Some(sent) = session.code_sent() else {
            return;
        };
        if !form.start() {
            return;
        }
        form.tell(None);
        notice.hush();
        let signal = calls.begin();
        spawn_local(async move {
            let outcome = api::patient::verify(config, &sent, &code, &signal).await;
            if !form.finish() {
                return;
            }
            match outcome {
                Ok(Verification::Verified(patient)) => {
                    session.open(Session::Open(Person::Patient(patient)));
                }
                Ok(Verification::WrongCode) => form.tell(Some(problem(|w| w.code_wrong))),
                Ok(Verification::CodeExpired) => form.tell(Some(problem(|w| w.code_over))),
                Err(failure) => tell(form, failure.told(now())),
            }
        });
    };
    let send_again = move |()| {
        if !again.is_open_now() || form.is_busy() {
            return;
        }
        let Some(sent) = session.code_sent() else {
            return;
        };
        if !again.start() {
            return;
        }
        form.tell(None);
        notice.hush();
        let signal = calls.begin();
        spawn_local(async move {
            let outcome = api::patient::resend(config, &sent, &signal).await;
            if !again.finish() {
                return;
            }
            match outcome {
                Ok(Resend::Sent(name)) => {
                    if let Some(name) = name {
                        session.rename_code(name);
                    }
                    // The one that is typed counts no more.
                    if let Some(input) = input_of(CODE) {
                        input.set_value("");
                        let _ = input.focus();
                    }
                    notice.say(|w| w.code_sent_again);
                    again.hold_back(config.patient.resend_seconds);
                }
                Ok(Resend::CodeExpired) => {
                    let message = Message::Plain(|w| w.code_none_left);
                    form.tell(Some(Alert::Call(message)));
                }
                Err(failure) => {
                    // The code that is there may still be tried: it is the other button that waits.
                    let mut trouble = failure.told(now());
                    if let Trouble::Told(_, wait) = &mut trouble
                        && let Some(seconds) = wait.take()
                    {
                        again.hold_back(seconds);
                    }
                    tell(form, trouble);
                }
            }
        });
    };
    let leave = move |()| {
        if stepped_in {
            portal.router.step_back();
        } else {
            go_back(portal, draft);
        }
    };

    let spec = FieldSpec {
        id: CODE,
        label: |w| w.one_time_code,
        hint: Some(|w| w.code_hint),
        kind: "text",
        keys: "numeric",
        autocomplete: "one-time-code",
        read_back: false,
    };
    view! {
        <div class="sign-in">
            <Heading lang text=|w| w.enter_code/>
            <p class="sign-in__intro">{lang.text(|w| w.code_intro)}</p>
            <ErrorSummary lang form fields=&[CODE]/>
            <form method="dialog" novalidate class="sign-in__form" on:submit=send>
                <Field lang spec form note=RwSignal::new(None) changed=|()| ()/>
                <SubmitButton lang form label=|w| w.sign_in busy=|w| w.signing_in/>
                <Again portal again on_click=send_again/>
                <Button class="dialog__leave" text=lang.text(|w| w.code_back) on_click=leave/>
            </form>
            <NoticeLine lang notice/>
        </div>
    }
}

/// The button that asks for another code, and how long until it does.
#[component]
fn Again(
    portal: &'static Portal,
    again: Form,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    let lang = portal.lang;
    let text = Signal::derive(move || {
        let words = lang.words();
        if again.is_busy() {
            words.sending_code
        } else {
            words.send_code_again
        }
    });
    let spoken = Signal::derive(move || {
        let words = lang.words();
        match again.seconds_left() {
            0 => words.code_again_now.to_owned(),
            left => (words.code_again_after)(spoken_wait(left)),
        }
    });
    view! {
        <Button
            class="field__switch"
            text
            held_back=Signal::derive(move || again.is_held_back())
            on_click
        />
        <Countdown lang form=again label=|w| w.code_again_in spoken/>
    }
}

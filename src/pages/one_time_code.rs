//! The page between a patient's sign-in and their record, where the service has sent a one-time code
//! to their phone. It has no address of its own: without the sign-in before it there is nothing here,
//! so a reload begins anew. Back leads to the sign-in page as it was left.

use std::mem;

use contract::patient::{Resent, Verdict};
use input::OneTimeCodeError;
use leptos::{ev, prelude::*, task::spawn_local};
use zeroize::Zeroizing;

use super::{
    patient_sign_in::{FIELDS, OTHER_CHOICE},
    sign_in::{PendingRequests, clear_error_when_online, form_error, now, show_api_error},
    title::title,
};
use crate::{
    api,
    i18n::{Message, MessageKey},
    state::AppState,
    store::{Person, Session},
    ui::{
        Button, Countdown, ErrorSummary, Field, FieldError, FieldSpec, Form, FormError, Heading,
        SubmitButton, Toast, ToastRegion, after_render, focus_heading, input_of, spoken_seconds,
        typed,
    },
};

const CODE: &str = "code";

/// What stood in the sign-in page's fields, to be put back for somebody who comes back to it.
struct Draft {
    fields: [Zeroizing<String>; FIELDS.len()],
    other_choice: bool,
}

impl Draft {
    fn read() -> Self {
        Self {
            fields: FIELDS.map(typed),
            other_choice: input_of(OTHER_CHOICE).is_some_and(|radio| radio.checked()),
        }
    }

    fn put_back(&self) {
        if self.other_choice
            && let Some(radio) = input_of(OTHER_CHOICE)
        {
            // As by hand, so that the page follows.
            radio.click();
        }
        for (field, text) in FIELDS.into_iter().zip(&self.fields) {
            if let Some(input) = input_of(field) {
                input.set_value(text);
            }
        }
    }
}

/// What is wrong with what stands in the field.
fn problem(message: MessageKey) -> FormError {
    FormError::Fields(vec![FieldError {
        field: CODE,
        message: Message::Plain(message),
    }])
}

/// Shows the sign-in page as it was left, unless somebody is signed in or nobody waits for a code.
fn go_back(state: &'static AppState, draft: StoredValue<Draft>) {
    if state.session.code_sent().is_some() {
        drop(state.session.close());
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
pub fn OneTimeCode(state: &'static AppState) -> impl IntoView {
    let AppState {
        config,
        locale,
        session,
        ..
    } = *state;
    let form = Form::new();
    // Held back until another code may be asked for.
    let again = Form::new();
    again.block_for(config.patient.resend_seconds);
    let toast = Toast::new();
    let calls = PendingRequests::new();
    // The sign-in page is still there while this one is made.
    let draft = StoredValue::new(Draft::read());
    title(state, |m| m.enter_code, move || form.has_error());
    clear_error_when_online(state, form);

    after_render(focus_heading);

    let stepped_in = state.router.push_entry();
    // Asked for anew: by Back, or by a link to the start page.
    Effect::watch(
        move || state.router.requested(),
        move |_, _, _| go_back(state, draft),
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
        if !form.can_submit() || again.is_submitting() {
            return;
        }
        let code = match input::one_time_code(&typed(CODE)) {
            Ok(code) => code,
            Err(error) => {
                return form.set_error(Some(problem(match error {
                    OneTimeCodeError::Empty => |m| m.code_empty,
                    OneTimeCodeError::Characters => |m| m.code_characters,
                    OneTimeCodeError::Length => |m| m.code_length,
                })));
            }
        };
        let Some(sent) = session.code_sent() else {
            return;
        };
        if !form.begin_submit() {
            return;
        }
        form.set_error(None);
        toast.hide();
        let signal = calls.begin();
        spawn_local(async move {
            let outcome = api::patient::verify(config, &sent, &code, &signal).await;
            if !form.end_submit() {
                return;
            }
            match outcome {
                Ok(Verdict::Right(patient)) => {
                    session.open(Session::SignedIn(Person::Patient(patient)));
                }
                Ok(Verdict::Wrong) => form.set_error(Some(problem(|m| m.code_wrong))),
                Ok(Verdict::Over) => form.set_error(Some(problem(|m| m.code_over))),
                Err(error) => show_api_error(form, &error),
            }
        });
    };
    let send_again = move |()| {
        if !again.can_submit() || form.is_submitting() {
            return;
        }
        let Some(sent) = session.code_sent() else {
            return;
        };
        if !again.begin_submit() {
            return;
        }
        form.set_error(None);
        toast.hide();
        let signal = calls.begin();
        spawn_local(async move {
            let outcome = api::patient::resend(config, &sent, &signal).await;
            if !again.end_submit() {
                return;
            }
            match outcome {
                Ok(Resent::Sent(name)) => {
                    if let Some(name) = name {
                        session.replace_code(name);
                    }
                    // The one that is typed counts no more.
                    if let Some(input) = input_of(CODE) {
                        input.set_value("");
                        let _ = input.focus();
                    }
                    toast.show(|m| m.code_sent_again);
                    again.block_for(config.patient.resend_seconds);
                }
                Ok(Resent::Over) => {
                    let message = Message::Plain(|m| m.code_none_left);
                    form.set_error(Some(FormError::Submission(message)));
                }
                Err(error) => {
                    // The code that is there may still be tried: it is the other button that waits.
                    if let Some(seconds) = error.wait(now()) {
                        again.block_for(seconds);
                    }
                    form.set_error(Some(form_error(&error)));
                }
            }
        });
    };
    let leave = move |()| {
        if stepped_in {
            state.router.back();
        } else {
            go_back(state, draft);
        }
    };

    let spec = FieldSpec {
        id: CODE,
        label: |m| m.one_time_code,
        hint: Some(|m| m.code_hint),
        kind: "text",
        keys: "numeric",
        autocomplete: "one-time-code",
        read_back: false,
    };
    view! {
        <div class="sign-in">
            <Heading locale text=|m| m.enter_code/>
            <p class="sign-in__intro">{locale.text(|m| m.code_intro)}</p>
            <ErrorSummary locale form fields=&[CODE]/>
            <form method="dialog" novalidate class="sign-in__form" on:submit=send>
                <Field locale spec form warning=RwSignal::new(None) changed=|()| ()/>
                <SubmitButton locale form label=|m| m.sign_in busy=|m| m.signing_in/>
                <Again state again on_click=send_again/>
                <Button class="dialog__leave" text=locale.text(|m| m.code_back) on_click=leave/>
            </form>
            <ToastRegion locale toast/>
        </div>
    }
}

/// The button that asks for another code, and how long until it does.
#[component]
fn Again(
    state: &'static AppState,
    again: Form,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    let locale = state.locale;
    let text = Signal::derive(move || {
        let messages = locale.messages();
        if again.is_submitting() {
            messages.sending_code
        } else {
            messages.send_code_again
        }
    });
    let spoken = Signal::derive(move || {
        let messages = locale.messages();
        match again.seconds_left() {
            0 => messages.code_again_now.to_owned(),
            left => (messages.code_again_after)(spoken_seconds(left)),
        }
    });
    view! {
        <Button
            class="field__switch"
            text
            blocked=Signal::derive(move || again.is_blocked())
            on_click
        />
        <Countdown locale form=again label=|m| m.code_again_in spoken/>
    }
}

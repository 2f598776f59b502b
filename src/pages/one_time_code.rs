//! The one-time code, between a patient's sign-in and their record. It has no address of its own: without
//! the request before it there is no code, so a reload starts at sign-in. Back leads to the sign-in page,
//! with what was typed there.

use std::mem;

use contract::patient::{Resend, Verification};
use input::OneTimeCodeError;
use leptos::{ev, prelude::*, task::spawn_local};
use zeroize::Zeroizing;

use super::{
    document_title::set_title,
    patient_sign_in::{FIELDS, OTHER_CHOICE},
    sign_in_shared::{
        BrandPane, PendingRequests, clear_error_when_online, form_error, now, show_failure,
    },
};
use crate::{
    api,
    i18n::{Message, MessageKey},
    router::{remember_code_page, take_code_page},
    session::after_idle,
    state::{AppState, SignedOutMessage},
    store::Person,
    ui::{
        Button, Countdown, ErrorSummary, Field, FieldError, FieldSpec, Form, FormError, Heading,
        Help, SubmissionError, SubmitButton, Toast, ToastRegion, after_render, focus_heading,
        input_of, spoken_seconds, typed,
    },
};

const CODE: &str = "code";

/// Values of the sign-in page's fields, for the way back to it.
struct SavedFields {
    fields: [Zeroizing<String>; FIELDS.len()],
    other_choice: bool,
}

impl SavedFields {
    fn read() -> Self {
        Self {
            fields: FIELDS.map(typed),
            other_choice: input_of(OTHER_CHOICE).is_some_and(|radio| radio.checked()),
        }
    }

    fn restore(&self) {
        if self.other_choice
            && let Some(radio) = input_of(OTHER_CHOICE)
        {
            // By a click, so that the page's listeners run.
            radio.click();
        }
        for (field, text) in FIELDS.into_iter().zip(&self.fields) {
            if let Some(input) = input_of(field) {
                input.set_value(text);
            }
        }
    }
}

/// Error at the code field.
fn code_error(message: MessageKey) -> FormError {
    FormError::Fields(vec![FieldError {
        field: CODE,
        message: Message::Plain(message),
    }])
}

/// Shows the sign-in page as it was left, unless the session has gone on or ended.
fn go_back(state: &'static AppState, saved: StoredValue<SavedFields>) {
    if state.session.code_sent().is_some() {
        drop(state.session.end());
        let saved = saved.try_update_value(|saved| mem::replace(saved, SavedFields::read()));
        after_render(move || {
            if let Some(saved) = saved {
                saved.restore();
            }
            focus_heading();
        });
    }
}

/// The one-time code page.
#[component]
pub fn OneTimeCode(state: &'static AppState) -> impl IntoView {
    let AppState {
        config,
        locale,
        session,
        ..
    } = *state;
    let form = Form::new();
    let help = state.help_phone_now();
    // Blocked until another code may be requested.
    let resend_form = Form::new();
    resend_form.block_for(config.patient.resend_seconds);
    let toast = Toast::new();
    let calls = PendingRequests::new();
    // The sign-in page is still in the document while this one is made.
    let saved = StoredValue::new(SavedFields::read());
    set_title(state, |m| m.enter_code, Some(form));
    clear_error_when_online(state, form);

    after_render(focus_heading);

    let entry_pushed = state.router.push_entry();
    remember_code_page();
    state.signed_out_message.set(None);
    let limits = config.patient_session_limits();
    after_idle(limits.idle_seconds, move || {
        if session.code_sent().is_some() {
            drop(session.end());
            state.signed_out_message.set(Some(SignedOutMessage {
                message: Message::Plain(|m| m.code_idle),
                needs_help: false,
            }));
        }
    });
    let ending = session.code_sent().map(|sent| sent.phone_ending.clone());
    let ending = ending.unwrap_or_default();
    let intro = move || (locale.messages().code_intro)(&ending);
    // A navigation to the same route: Back, or a link to the start page.
    Effect::watch(
        move || state.router.requested(),
        move |_, _, _| go_back(state, saved),
        false,
    );
    // The code is dropped, whatever way leads away from the page.
    on_cleanup(move || {
        take_code_page();
        if session.code_sent().is_some() {
            drop(session.end());
        }
    });

    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !form.can_submit() || resend_form.is_submitting() {
            return;
        }
        let code = match input::one_time_code(&typed(CODE)) {
            Ok(code) => code,
            Err(error) => {
                return form.set_error(Some(code_error(match error {
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
            let outcome =
                api::patient::verify(config, &sent.identifier, &sent.id, &code, &signal).await;
            if !form.end_submit() {
                return;
            }
            match outcome {
                Ok(Verification::Verified(patient)) => {
                    state.sign_in(Person::Patient(patient));
                }
                Ok(Verification::WrongCode) => form.set_error(Some(code_error(|m| m.code_wrong))),
                Ok(Verification::CodeExpired) => form.set_error(Some(code_error(|m| m.code_over))),
                Err(failure) => show_failure(config, form, &failure),
            }
        });
    };
    let resend = move |()| {
        if !resend_form.can_submit() || form.is_submitting() {
            return;
        }
        let Some(sent) = session.code_sent() else {
            return;
        };
        if !resend_form.begin_submit() {
            return;
        }
        form.set_error(None);
        toast.hide();
        let signal = calls.begin();
        spawn_local(async move {
            let outcome = api::patient::resend(config, &sent.id, &signal).await;
            if !resend_form.end_submit() {
                return;
            }
            match outcome {
                Ok(Resend::Sent(name)) => {
                    if let Some(name) = name {
                        session.replace_code(name);
                    }
                    // The code that was typed is no longer valid.
                    if let Some(input) = input_of(CODE) {
                        input.set_value("");
                        let _ = input.focus();
                    }
                    toast.show(|m| m.code_sent_again);
                    resend_form.block_for(config.patient.resend_seconds);
                }
                Ok(Resend::CodeExpired) => {
                    let message = Message::Plain(|m| m.code_none_left);
                    form.set_error(Some(FormError::Submission(SubmissionError {
                        message,
                        reference: None,
                        help: Help::None,
                    })));
                }
                Err(failure) => {
                    // The current code may still be tried: only the resend button waits.
                    if let Some(seconds) = failure.error.wait(now()) {
                        resend_form.block_for(seconds);
                    }
                    form.set_error(Some(form_error(config, &failure)));
                }
            }
        });
    };
    let back = move |()| {
        if entry_pushed {
            state.router.back();
        } else {
            go_back(state, saved);
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
            <p class="code-form__sent">{intro}</p>
            <ErrorSummary locale form fields=&[CODE] help forgot_password=None/>
            <form method="dialog" novalidate class="sign-in__form code-form" on:submit=submit>
                <Field locale spec form warning=RwSignal::new(None) changed=|()| ()/>
                <SubmitButton locale form label=|m| m.sign_in busy=|m| m.signing_in/>
                <ResendButton state resend_form on_click=resend/>
                <Button class="text-button" text=locale.text(|m| m.code_back) on_click=back/>
            </form>
            <ToastRegion locale toast/>
        </div>
        <BrandPane state text=|m| m.patient_intro/>
    }
}

/// Button that requests another code, with its countdown.
#[component]
fn ResendButton(
    state: &'static AppState,
    resend_form: Form,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    let locale = state.locale;
    let text = Signal::derive(move || {
        let messages = locale.messages();
        if resend_form.is_submitting() {
            messages.sending_code
        } else {
            messages.send_code_again
        }
    });
    let spoken = Signal::derive(move || {
        let messages = locale.messages();
        match resend_form.blocked().left().unwrap_or(0) {
            0 => messages.code_again_now.to_owned(),
            left => Message::Counted(|m| m.code_again_after, spoken_seconds(left))
                .text(messages)
                .into_owned(),
        }
    });
    view! {
        <Button
            class="field__action"
            text
            blocked=Signal::derive(move || resend_form.is_blocked())
            on_click
        />
        <Countdown locale timer=resend_form.blocked() label=|m| m.code_again_in spoken/>
    }
}

//! `/`: sign-in of patients with mobile number and National ID or Patient ID. This is the view;
//! `validation` checks what is typed, `form` submits it.

mod form;
mod validation;

use leptos::{ev, prelude::*};

use super::{
    document_title::set_title,
    sign_in_shared::{
        BrandPane, OtherSignIn, SignedOutMessage, clear_error_when_online, forget_when_idle,
    },
};
use crate::{
    i18n::MessageKey,
    router::Audience,
    state::AppState,
    ui::{
        Button, Choice, ChoiceOption, ErrorSummary, Field, FieldSpec, Heading, HelpPhone,
        OutwardLinks, ReadBack, SubmitButton, typed,
    },
};

use form::PatientForm;
use validation::{IdentifierKind, PHONE};

pub(super) use validation::FIELDS;

/// Element id of the second radio button.
pub(super) const OTHER_CHOICE: &str = "by-patient-id";

/// The patients' sign-in page.
#[component]
pub fn PatientSignIn(state: &'static AppState) -> impl IntoView {
    let AppState { config, locale, .. } = *state;
    let page = PatientForm::new(state);
    let form = page.form;
    set_title(state, |m| m.patient_sign_in, Some(form));
    clear_error_when_online(state, form);

    // Counts input events, so that the read-back is computed anew; once after mounting as well, for text
    // that was typed or restored before.
    let typing = RwSignal::new(0);
    let count = move || typing.update(|count: &mut usize| *count += 1);
    Effect::new(count);
    let idle_seconds = config.patient_session_limits().idle_seconds;
    let forget = Callback::new(move |()| {
        page.forget();
        count();
    });
    forget_when_idle(state, idle_seconds, &FIELDS, forget);
    // The number as understood, where digits or prefix differ from what is typed. Not while prerendering:
    // there is no field to read; nor of a number that a warning says to check.
    let read_phone = move || {
        (typing.get() > 0 && page.phone_warning.get().is_none())
            .then(|| validation::interpretation(&typed(PHONE), config))?
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        form::submit(page);
    };

    let remember = |token| if config.shared_device { "off" } else { token };
    let phone_spec = FieldSpec {
        id: PHONE,
        label: |m| m.mobile_number,
        hint: Some(|m| m.mobile_number_hint),
        kind: "tel",
        keys: "tel",
        autocomplete: remember("tel-national"),
        read_back: true,
    };
    let national_id_spec = FieldSpec {
        id: IdentifierKind::NationalId.field(),
        label: |m| m.national_id_number,
        hint: Some(|m| m.national_id_hint),
        kind: "text",
        keys: "numeric",
        autocomplete: "off",
        read_back: false,
    };
    let patient_id_spec = FieldSpec {
        id: IdentifierKind::PatientId.field(),
        label: |m| m.patient_id_number,
        hint: Some(|m| m.patient_id_hint),
        kind: "text",
        keys: "text",
        autocomplete: "off",
        read_back: false,
    };
    let options = vec![
        option(state, "by-national-id", |m| m.national_id),
        option(state, OTHER_CHOICE, |m| m.patient_id),
    ];
    view! {
        <div class="sign-in">
            <Heading locale text=|m| m.patient_sign_in/>
            <p class="sign-in__intro">{locale.text(|m| m.patient_intro)}</p>
            <SignedOutMessage state/>
            <ErrorSummary locale form fields=&FIELDS help=state.help_phone_now() forgot_password=None/>
            <form method="dialog" novalidate class="sign-in__form" on:submit=submit on:input=move |_| {
                count();
                page.follow_wait();
            }>
                <Field locale
                    spec=phone_spec
                    form
                    warning=page.phone_warning
                    changed=move |()| form::warn_phone(page)
                />
                <ReadBack locale id=PHONE label=|m| m.read_as read=read_phone/>
                <Choice locale name="by" label=|m| m.sign_in_with options chosen=page.chosen on_change=move |()| page.clear_other()/>
                <div hidden=move || page.kind() != IdentifierKind::NationalId>
                    <Field locale
                        spec=national_id_spec
                        form
                        warning=page.warning_of(IdentifierKind::NationalId)
                        changed=move |()| form::warn_identifier(page, IdentifierKind::NationalId)
                    />
                </div>
                <div hidden=move || page.kind() != IdentifierKind::PatientId>
                    <Field locale
                        spec=patient_id_spec
                        form
                        warning=page.warning_of(IdentifierKind::PatientId)
                        changed=move |()| form::warn_identifier(page, IdentifierKind::PatientId)
                    />
                    <Button
                        class="field__action"
                        text=locale.text(|m| m.switch_to_national_id)
                        hidden=Signal::derive(move || !form::may_be_national_id(page))
                        on_click=move |()| form::switch_to_national_id(page)
                    />
                </div>
                <SubmitButton locale form label=|m| m.sign_in busy=|m| m.signing_in/>
            </form>
            <OutwardLinks
                locale
                class="sign-in__ways"
                title=|m| m.other_ways
                links=config.patient.other_ways.iter().map(|link| (&link.label, link.url.as_str())).collect()
                link_class="button button--quiet"
            />
            <div class="sign-in__foot">
                <details class="sign-in__help">
                    <summary>{locale.text(|m| m.sign_in_help)}</summary>
                    <p>{locale.text(|m| m.help_patient_id)}</p>
                    <p>{locale.text(|m| m.help_no_id)}</p>
                    <p>{locale.text(|m| m.help_number)}</p>
                    <p>{locale.text(|m| m.help_child)}</p>
                    <HelpPhone locale phone=state.help_phone_now()/>
                </details>
                <OtherSignIn state other=Audience::Staff/>
            </div>
        </div>
        <BrandPane state text=|m| m.patient_intro/>
    }
}

fn option(state: &'static AppState, id: &str, label: MessageKey) -> ChoiceOption {
    ChoiceOption {
        id: id.to_owned(),
        label: Signal::derive(move || state.locale.get(label).to_owned()),
    }
}

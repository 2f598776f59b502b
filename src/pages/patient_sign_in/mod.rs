//! `/`: a patient signs in with mobile number and National ID or Patient ID. The view; checking what was
//! typed is in `validation`, sending it in `form`.

mod form;
mod validation;

use leptos::{ev, prelude::*};

use super::{
    sign_in::{OtherSignIn, SignedOutMessage, clear_error_when_online},
    title::title,
};
use crate::{
    i18n::MessageKey,
    router::Audience,
    state::AppState,
    ui::{
        Button, Choice, ChoiceOption, ErrorSummary, Field, FieldSpec, Heading, ReadBack,
        SubmitButton, typed,
    },
};

use form::PatientForm;
use validation::{By, PHONE};

pub(super) use validation::FIELDS;

/// The radio that is not chosen from the start.
pub(super) const OTHER_CHOICE: &str = "by-patient-id";

/// The patients' sign-in page.
#[component]
pub fn PatientSignIn(state: &'static AppState) -> impl IntoView {
    let AppState { config, locale, .. } = *state;
    let page = PatientForm::new(state);
    let form = page.form;
    title(state, |m| m.patient_sign_in, move || form.has_error());
    clear_error_when_online(state, form);

    // Counts what is typed; nothing is kept of it. Once more when the page is up: for what was typed
    // before, or put back by the browser.
    let typing = RwSignal::new(0);
    let count = move || typing.update(|count: &mut usize| *count += 1);
    Effect::new(count);
    // How a number in other digits, or with a country's prefix, is understood. Not while the page is
    // prerendered: there is no field to read yet.
    let read_phone = move |messages| {
        (typing.get() > 0).then(|| validation::read_back(&typed(PHONE), config, messages))?
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        form::send(page);
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
        id: By::NationalId.field(),
        label: |m| m.national_id_number,
        hint: Some(|m| m.national_id_hint),
        kind: "text",
        keys: "numeric",
        autocomplete: "off",
        read_back: false,
    };
    let patient_id_spec = FieldSpec {
        id: By::PatientId.field(),
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
            <ErrorSummary locale form fields=&FIELDS/>
            <form method="dialog" novalidate class="sign-in__form" on:submit=send on:input=move |_| count()>
                <Field locale
                    spec=phone_spec
                    form
                    warning=page.phone_warning
                    changed=move |()| form::warn_phone(page)
                />
                <ReadBack locale id=PHONE read=read_phone/>
                <Choice locale name="by" label=|m| m.sign_in_with options chosen=page.chosen on_change=move |()| page.clear_other()/>
                <div hidden=move || page.by() != By::NationalId>
                    <Field locale
                        spec=national_id_spec
                        form
                        warning=page.warning_of(By::NationalId)
                        changed=move |()| form::warn_identifier(page, By::NationalId)
                    />
                </div>
                <div hidden=move || page.by() != By::PatientId>
                    <Field locale
                        spec=patient_id_spec
                        form
                        warning=page.warning_of(By::PatientId)
                        changed=move |()| form::warn_identifier(page, By::PatientId)
                    />
                    <Button
                        class="field__switch"
                        text=locale.text(|m| m.switch_to_national_id)
                        hidden=Signal::derive(move || !form::may_be_national_id(page))
                        on_click=move |()| form::switch_to_national_id(page)
                    />
                </div>
                <SubmitButton locale form label=|m| m.sign_in busy=|m| m.signing_in/>
            </form>
            <OtherSignIn state other=Audience::Staff/>
        </div>
    }
}

fn option(state: &'static AppState, id: &str, label: MessageKey) -> ChoiceOption {
    ChoiceOption {
        id: id.to_owned(),
        label: Signal::derive(move || state.locale.get(label).to_owned()),
    }
}

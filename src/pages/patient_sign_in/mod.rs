//! `/`: a patient signs in with mobile number and National ID or Patient ID. The view; checking what was
//! typed is in `validation`, sending it in `form`.

mod form;
mod validation;

use leptos::{ev, prelude::*};

use super::{
    sign_in::{Farewell, OtherSignIn, follow_network},
    title::title,
};
use crate::{
    i18n::Pick,
    router::Entrance,
    state::Portal,
    ui::{
        Button, Choice, ChoiceOption, ErrorSummary, Field, FieldSpec, Heading, Reading,
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
pub fn PatientSignIn(portal: &'static Portal) -> impl IntoView {
    let Portal { config, lang, .. } = *portal;
    let page = PatientForm::new(portal);
    let form = page.form;
    title(portal, |w| w.patient_sign_in, move || form.has_alert());
    follow_network(portal, form);

    // Counts what is typed; nothing is kept of it. Once more when the page is up: for what was typed
    // before, or put back by the browser.
    let typing = RwSignal::new(0);
    let count = move || typing.update(|count: &mut usize| *count += 1);
    Effect::new(count);
    // How a number in other digits, or with a country's prefix, is understood. Not while the page is
    // prerendered: there is no field to read yet.
    let read_phone = move |words| {
        (typing.get() > 0).then(|| validation::read_back(&typed(PHONE), config, words))?
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        form::send(page);
    };

    let remember = |token| if config.shared_device { "off" } else { token };
    let phone_spec = FieldSpec {
        id: PHONE,
        label: |w| w.mobile_number,
        hint: Some(|w| w.mobile_number_hint),
        kind: "tel",
        keys: "tel",
        autocomplete: remember("tel-national"),
        read_back: true,
    };
    let national_id_spec = FieldSpec {
        id: By::NationalId.field(),
        label: |w| w.national_id_number,
        hint: Some(|w| w.national_id_hint),
        kind: "text",
        keys: "numeric",
        autocomplete: "off",
        read_back: false,
    };
    let patient_id_spec = FieldSpec {
        id: By::PatientId.field(),
        label: |w| w.patient_id_number,
        hint: Some(|w| w.patient_id_hint),
        kind: "text",
        keys: "text",
        autocomplete: "off",
        read_back: false,
    };
    let options = vec![
        option(portal, "by-national-id", |w| w.national_id),
        option(portal, OTHER_CHOICE, |w| w.patient_id),
    ];
    view! {
        <div class="sign-in">
            <Heading lang text=|w| w.patient_sign_in/>
            <p class="sign-in__intro">{lang.text(|w| w.patient_intro)}</p>
            <Farewell portal/>
            <ErrorSummary lang form fields=&FIELDS/>
            <form method="dialog" novalidate class="sign-in__form" on:submit=send on:input=move |_| count()>
                <Field
                    lang
                    spec=phone_spec
                    form
                    note=page.phone_note
                    changed=move |()| form::remark_phone(page)
                />
                <Reading lang id=PHONE read=read_phone/>
                <Choice lang name="by" label=|w| w.sign_in_with options chosen=page.chosen on_change=move |()| page.forget_other()/>
                <div hidden=move || page.by() != By::NationalId>
                    <Field
                        lang
                        spec=national_id_spec
                        form
                        note=page.note_of(By::NationalId)
                        changed=move |()| form::remark_identifier(page, By::NationalId)
                    />
                </div>
                <div hidden=move || page.by() != By::PatientId>
                    <Field
                        lang
                        spec=patient_id_spec
                        form
                        note=page.note_of(By::PatientId)
                        changed=move |()| form::remark_identifier(page, By::PatientId)
                    />
                    <Button
                        class="field__switch"
                        text=lang.text(|w| w.switch_to_national_id)
                        hidden=Signal::derive(move || !form::is_national_id(page))
                        on_click=move |()| form::switch_to_national_id(page)
                    />
                </div>
                <SubmitButton lang form label=|w| w.sign_in busy=|w| w.signing_in/>
            </form>
            <OtherSignIn portal other=Entrance::Staff/>
        </div>
    }
}

fn option(portal: &'static Portal, id: &str, label: Pick) -> ChoiceOption {
    ChoiceOption {
        id: id.to_owned(),
        label: Signal::derive(move || portal.lang.say(label).to_owned()),
    }
}

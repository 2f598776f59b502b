//! The patients' sign-in form: what it holds, its warnings as one types, and sending it.

use std::sync::Arc;

use contract::patient::Login;
use input::FileNumberHint;
use leptos::{prelude::*, task::spawn_local};

use super::{
    super::sign_in::{Calls, show_failure},
    validation::{By, Clean, Draft, PHONE, Verdict, check_identifier, check_phone},
};
use crate::{
    api,
    i18n::Message,
    state::Portal,
    store::{Person, Session},
    ui::{Form, FormError, after_render, input_of, typed},
};

/// The form, in handles that are free to copy.
#[derive(Clone, Copy)]
pub struct PatientForm {
    /// The portal it is in.
    pub portal: &'static Portal,
    /// What is wrong with it, and whether it is on its way.
    pub form: Form,
    /// The index of the choice between National ID and Patient ID.
    pub chosen: RwSignal<usize>,
    /// What looks odd in the phone's field.
    pub phone_note: RwSignal<Option<Message>>,
    national_id_note: RwSignal<Option<Message>>,
    patient_id_note: RwSignal<Option<Message>>,
    calls: Calls,
}

impl PatientForm {
    /// A form that nobody has used.
    pub fn new(portal: &'static Portal) -> Self {
        Self {
            portal,
            form: Form::new(),
            chosen: RwSignal::new(0),
            phone_note: RwSignal::new(None),
            national_id_note: RwSignal::new(None),
            patient_id_note: RwSignal::new(None),
            calls: Calls::new(),
        }
    }

    /// Which number goes with the phone; follows the choice.
    pub fn by(self) -> By {
        By::from_choice(self.chosen.get())
    }

    /// Takes back what was wrong with the identifier that is no longer asked for.
    pub fn forget_other(self) {
        self.form
            .forget(match By::from_choice(self.chosen.get_untracked()) {
                By::NationalId => By::PatientId.field(),
                By::PatientId => By::NationalId.field(),
            });
    }

    /// What looks odd in the field of an identifier.
    pub fn note_of(self, by: By) -> RwSignal<Option<Message>> {
        match by {
            By::NationalId => self.national_id_note,
            By::PatientId => self.patient_id_note,
        }
    }
}

/// Takes what was typed as a Patient ID for the national ID it is.
pub fn switch_to_national_id(page: PatientForm) {
    if let (Some(from), Some(to)) = (
        input_of(By::PatientId.field()),
        input_of(By::NationalId.field()),
    ) {
        if to.value().is_empty() {
            to.set_value(&from.value());
        }
        from.set_value("");
        page.note_of(By::PatientId).set(None);
        page.chosen.set(0);
        page.forget_other();
        after_render(move || {
            let _ = to.focus();
        });
    }
}

/// Whether something was said about the Patient ID, and it could be a national ID; follows changes.
pub fn is_national_id(page: PatientForm) -> bool {
    let field = By::PatientId.field();
    let told = page.note_of(By::PatientId).get().is_some() || page.form.problem_of(field).is_some();
    told && input::file_number(&typed(field))
        .is_ok_and(|checked| checked.hints.contains(FileNumberHint::LooksLikeNationalId))
}

/// Says what looks odd in the phone's field.
pub fn remark_phone(page: PatientForm) {
    let verdict = check_phone(&typed(PHONE), page.portal.config);
    remark(page.phone_note, verdict);
}

/// Says what looks odd in the field of an identifier.
pub fn remark_identifier(page: PatientForm, by: By) {
    let verdict = check_identifier(by, &typed(by.field()), page.portal.config);
    remark(page.note_of(by), verdict);
}

/// An error is told when the form is sent; until then only what looks odd.
fn remark<T>(note: RwSignal<Option<Message>>, verdict: Verdict<T>) {
    let _ = note.try_set(verdict.ok().and_then(|(_, remark)| remark));
}

/// Checks what was typed, and signs in with it.
pub fn send(page: PatientForm) {
    let PatientForm {
        portal,
        form,
        calls,
        ..
    } = page;
    let config = portal.config;
    if !form.is_open_now() {
        return;
    }
    let by = By::from_choice(page.chosen.get_untracked());
    let draft = Draft {
        phone: typed(PHONE),
        by,
        identifier: typed(by.field()),
    };
    remark_phone(page);
    remark_identifier(page, by);
    let Clean { phone, identifier } = match draft.check(config) {
        Ok(clean) => clean,
        Err(problems) => return form.tell(Some(FormError::Fields(problems))),
    };
    if !form.start() {
        return;
    }
    form.tell(None);
    let signal = calls.begin();
    spawn_local(async move {
        let outcome = api::patient::sign_in(config, &phone, &identifier, &signal).await;
        if !form.finish() {
            return;
        }
        match outcome {
            Ok(Login::Record(patient)) => {
                portal.session.open(Session::Open(Person::Patient(patient)));
            }
            Ok(Login::CodeSent(sent)) => portal.session.open(Session::Code(Arc::new(sent))),
            Err(failure) => show_failure(form, &failure),
        }
    });
}

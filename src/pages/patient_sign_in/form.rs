//! The patients' sign-in form: what it holds, its warnings as one types, and sending it.

use std::sync::Arc;

use contract::patient::Login;
use input::FileNumberHint;
use leptos::{prelude::*, task::spawn_local};

use super::{
    super::sign_in::{PendingRequests, show_api_error},
    validation::{By, Clean, Draft, PHONE, Verdict, check_identifier, check_phone},
};
use crate::{
    api,
    i18n::Message,
    state::AppState,
    store::{Person, Session},
    ui::{Form, FormError, after_render, input_of, typed},
};

/// The form, in handles that are free to copy.
#[derive(Clone, Copy)]
pub struct PatientForm {
    /// The portal it is in.
    pub state: &'static AppState,
    /// What is wrong with it, and whether it is on its way.
    pub form: Form,
    /// The index of the choice between National ID and Patient ID.
    pub chosen: RwSignal<usize>,
    /// What looks odd in the phone's field.
    pub phone_warning: RwSignal<Option<Message>>,
    national_id_warning: RwSignal<Option<Message>>,
    patient_id_warning: RwSignal<Option<Message>>,
    calls: PendingRequests,
}

impl PatientForm {
    /// A form that nobody has used.
    pub fn new(state: &'static AppState) -> Self {
        Self {
            state,
            form: Form::new(),
            chosen: RwSignal::new(0),
            phone_warning: RwSignal::new(None),
            national_id_warning: RwSignal::new(None),
            patient_id_warning: RwSignal::new(None),
            calls: PendingRequests::new(),
        }
    }

    /// Which number goes with the phone; follows the choice.
    pub fn by(self) -> By {
        By::from_index(self.chosen.get())
    }

    /// Takes back what was wrong with the identifier that is no longer asked for.
    pub fn clear_other(self) {
        self.form
            .clear_field(match By::from_index(self.chosen.get_untracked()) {
                By::NationalId => By::PatientId.field(),
                By::PatientId => By::NationalId.field(),
            });
    }

    /// What looks odd in the field of an identifier.
    pub fn warning_of(self, by: By) -> RwSignal<Option<Message>> {
        match by {
            By::NationalId => self.national_id_warning,
            By::PatientId => self.patient_id_warning,
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
        page.warning_of(By::PatientId).set(None);
        page.chosen.set(0);
        page.clear_other();
        after_render(move || {
            let _ = to.focus();
        });
    }
}

/// Whether something was said about the Patient ID, and it could be a national ID; follows changes.
pub fn may_be_national_id(page: PatientForm) -> bool {
    let field = By::PatientId.field();
    let told =
        page.warning_of(By::PatientId).get().is_some() || page.form.error_of(field).is_some();
    told && input::file_number(&typed(field))
        .is_ok_and(|checked| checked.hints.contains(FileNumberHint::LooksLikeNationalId))
}

/// Says what looks odd in the phone's field.
pub fn warn_phone(page: PatientForm) {
    let verdict = check_phone(&typed(PHONE), page.state.config);
    remark(page.phone_warning, verdict);
}

/// Says what looks odd in the field of an identifier.
pub fn warn_identifier(page: PatientForm, by: By) {
    let verdict = check_identifier(by, &typed(by.field()), page.state.config);
    remark(page.warning_of(by), verdict);
}

/// An error is told when the form is sent; until then only what looks odd.
fn remark<T>(warning: RwSignal<Option<Message>>, verdict: Verdict<T>) {
    let _ = warning.try_set(verdict.ok().and_then(|(_, remark)| remark));
}

/// Checks what was typed, and signs in with it.
pub fn send(page: PatientForm) {
    let PatientForm {
        state, form, calls, ..
    } = page;
    let config = state.config;
    if !form.can_submit() {
        return;
    }
    let by = By::from_index(page.chosen.get_untracked());
    let draft = Draft {
        phone: typed(PHONE),
        by,
        identifier: typed(by.field()),
    };
    warn_phone(page);
    warn_identifier(page, by);
    let Clean { phone, identifier } = match draft.check(config) {
        Ok(clean) => clean,
        Err(problems) => return form.set_error(Some(FormError::Fields(problems))),
    };
    if !form.begin_submit() {
        return;
    }
    form.set_error(None);
    let signal = calls.begin();
    spawn_local(async move {
        let outcome = api::patient::sign_in(config, &phone, &identifier, &signal).await;
        if !form.end_submit() {
            return;
        }
        match outcome {
            Ok(Login::Record(patient)) => {
                state
                    .session
                    .open(Session::SignedIn(Person::Patient(patient)));
            }
            Ok(Login::CodeSent(sent)) => state.session.open(Session::AwaitingCode(Arc::new(sent))),
            Err(error) => show_api_error(form, &error),
        }
    });
}

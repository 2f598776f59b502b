//! The patients' sign-in form: its state, its warnings during typing, and submitting it.

use std::sync::Arc;

use contract::patient::Login;
use input::PatientIdWarning;
use leptos::{prelude::*, task::spawn_local};

use super::{
    super::sign_in_shared::{PendingRequests, Waits, form_error},
    validation::{Checked, Draft, IdentifierKind, PHONE, Validated, check_identifier, check_phone},
};
use crate::{
    api,
    i18n::Message,
    state::AppState,
    store::{Person, SentCode, Session},
    ui::{Form, FormError, after_render, input_of, typed},
};

/// The form's state, in handles that are `Copy`.
#[derive(Clone, Copy)]
pub struct PatientForm {
    /// State shared by all pages.
    pub state: &'static AppState,
    /// Errors, and whether it is being submitted.
    pub form: Form,
    /// Index of the choice between National ID and Patient ID.
    pub chosen: RwSignal<usize>,
    /// Warning at the phone field.
    pub phone_warning: RwSignal<Option<Message>>,
    national_id_warning: RwSignal<Option<Message>>,
    patient_id_warning: RwSignal<Option<Message>>,
    calls: PendingRequests,
    waits: Waits,
}

impl PatientForm {
    /// An empty form.
    pub fn new(state: &'static AppState) -> Self {
        Self {
            state,
            form: Form::new(),
            chosen: RwSignal::new(0),
            phone_warning: RwSignal::new(None),
            national_id_warning: RwSignal::new(None),
            patient_id_warning: RwSignal::new(None),
            calls: PendingRequests::new(),
            waits: Waits::new(),
        }
    }

    /// Blocks the form if the phone in it has to wait.
    pub fn follow_wait(self) {
        let phone = check_phone(&typed(PHONE), self.state.config).ok();
        let phone = phone.as_ref().map(|(phone, _)| phone.as_str());
        self.waits.follow(self.form, phone);
    }

    /// Empties the form.
    pub fn forget(self) {
        self.form.set_error(None);
        self.waits.clear();
        self.follow_wait();
        self.chosen.set(0);
    }

    /// The chosen identifier. Tracks the choice.
    pub fn kind(self) -> IdentifierKind {
        IdentifierKind::from_index(self.chosen.get())
    }

    /// Clears the error at the identifier that is not chosen.
    pub fn clear_other(self) {
        self.form.clear_field(
            match IdentifierKind::from_index(self.chosen.get_untracked()) {
                IdentifierKind::NationalId => IdentifierKind::PatientId.field(),
                IdentifierKind::PatientId => IdentifierKind::NationalId.field(),
            },
        );
    }

    /// Warning at the field of an identifier.
    pub fn warning_of(self, kind: IdentifierKind) -> RwSignal<Option<Message>> {
        match kind {
            IdentifierKind::NationalId => self.national_id_warning,
            IdentifierKind::PatientId => self.patient_id_warning,
        }
    }
}

/// Moves what was typed as Patient ID into the National ID field.
pub fn switch_to_national_id(page: PatientForm) {
    if let (Some(from), Some(to)) = (
        input_of(IdentifierKind::PatientId.field()),
        input_of(IdentifierKind::NationalId.field()),
    ) {
        if to.value().is_empty() {
            to.set_value(&from.value());
        }
        from.set_value("");
        page.warning_of(IdentifierKind::PatientId).set(None);
        page.chosen.set(0);
        page.clear_other();
        after_render(move || {
            let _ = to.focus();
        });
    }
}

/// True if the Patient ID field has a warning or an error and its value has the form of a National ID.
pub fn may_be_national_id(page: PatientForm) -> bool {
    let field = IdentifierKind::PatientId.field();
    let told = page.warning_of(IdentifierKind::PatientId).get().is_some()
        || page.form.error_of(field).is_some();
    told && input::patient_id(&typed(field)).is_ok_and(|checked| {
        checked
            .warnings
            .contains(PatientIdWarning::LooksLikeNationalId)
    })
}

/// Updates the warning at the phone field.
pub fn warn_phone(page: PatientForm) {
    let validated = check_phone(&typed(PHONE), page.state.config);
    show_warning(page.phone_warning, validated);
}

/// Updates the warning at the field of an identifier.
pub fn warn_identifier(page: PatientForm, kind: IdentifierKind) {
    let validated = check_identifier(kind, &typed(kind.field()), page.state.config);
    show_warning(page.warning_of(kind), validated);
}

/// Errors appear on submit, warnings while typing.
fn show_warning<T>(warning: RwSignal<Option<Message>>, validated: Validated<T>) {
    let _ = warning.try_set(validated.ok().and_then(|(_, warning)| warning));
}

/// Validates the form, and signs in.
pub fn submit(page: PatientForm) {
    let PatientForm {
        state,
        form,
        calls,
        waits,
        ..
    } = page;
    let config = state.config;
    // A browser may have filled in another one.
    page.follow_wait();
    if !form.can_submit() {
        return;
    }
    let kind = IdentifierKind::from_index(page.chosen.get_untracked());
    let draft = Draft {
        phone: typed(PHONE),
        kind,
        identifier: typed(kind.field()),
    };
    warn_phone(page);
    warn_identifier(page, kind);
    let Checked { phone, identifier } = match draft.check(config) {
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
                state.sign_in(Person::Patient(patient));
            }
            Ok(Login::CodeSent(sent)) => {
                let sent = SentCode {
                    id: sent,
                    phone_ending: phone.ending().to_owned(),
                    identifier: Arc::new(identifier),
                };
                state.session.begin(Session::AwaitingCode(Arc::new(sent)));
            }
            Err(failure) => {
                form.set_error(Some(form_error(config, &failure)));
                waits.add(form, phone.as_str(), &failure.error);
            }
        }
    });
}

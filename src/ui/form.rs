//! The state of a form: its errors, and whether it is being submitted.

use leptos::prelude::*;

use super::{after_render::after_render, timer::Timer};
use crate::{i18n::Message, platform::Moment};

/// Error at a field.
#[derive(Debug, Clone, Copy)]
pub struct FieldError {
    /// Element id of the field.
    pub field: &'static str,
    /// Text in the error summary and at the field.
    pub message: Message,
}

/// A request that failed.
#[derive(Debug, Clone)]
pub struct SubmissionError {
    /// Text in the error summary.
    pub message: Message,
    /// Reference of a fault of the service.
    pub reference: Option<String>,
    /// What may get further than the person can alone.
    pub help: Help,
}

/// What may answer an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Help {
    /// What the message says is enough.
    None,
    /// A call to the help phone.
    Phone,
    /// A new password, or a call to the help phone.
    Password,
    /// The page, loaded again.
    Reload,
}

/// Errors of a form.
#[derive(Debug, Clone)]
pub enum FormError {
    /// Fields that did not pass validation.
    Fields(Vec<FieldError>),
    /// A request that failed.
    Submission(SubmissionError),
    /// A request that was not sent while offline. Cleared when the browser is online.
    Offline,
}

/// State of a form. After the page is left its methods do nothing, so that a late response is no panic.
#[derive(Clone, Copy)]
pub struct Form {
    error: RwSignal<Option<FormError>>,
    /// True from the moment errors are set until they are cleared.
    announced: RwSignal<bool>,
    submitting: RwSignal<bool>,
    blocked: Timer,
}

impl Form {
    /// A form without errors.
    pub fn new() -> Self {
        Self {
            error: RwSignal::new(None),
            announced: RwSignal::new(false),
            submitting: RwSignal::new(false),
            blocked: Timer::new(),
        }
    }

    /// True while there is an error. Tracks errors.
    pub fn has_error(self) -> bool {
        self.error.try_with(Option::is_some).unwrap_or(false)
    }

    /// True once errors are set, false once they are all cleared. Notifies on each setting, and not when one of
    /// several errors is cleared, which must not move the focus.
    pub fn is_announced(self) -> bool {
        self.announced.try_get().unwrap_or(false)
    }

    /// Error of the whole form. Tracks errors.
    pub fn form_error(self) -> Option<Message> {
        let form_error = self.error.try_with(|error| match error {
            Some(FormError::Submission(error)) => Some(error.message),
            Some(FormError::Offline) => Some(Message::Plain(|m| m.offline)),
            Some(FormError::Fields(_)) | None => None,
        });
        form_error.flatten()
    }

    /// Reference of a fault of the service. Tracks errors.
    pub fn reference(self) -> Option<String> {
        let reference = self.error.try_with(|error| match error {
            Some(FormError::Submission(error)) => error.reference.clone(),
            Some(FormError::Fields(_) | FormError::Offline) | None => None,
        });
        reference.flatten()
    }

    /// What may answer the error. Tracks errors.
    pub fn help(self) -> Help {
        let help = self.error.try_with(|error| match error {
            Some(FormError::Submission(error)) => error.help,
            Some(FormError::Fields(_) | FormError::Offline) | None => Help::None,
        });
        help.unwrap_or(Help::None)
    }

    /// Error at a field. Tracks errors.
    pub fn error_of(self, field: &'static str) -> Option<Message> {
        let error = self.error.try_with(|error| match error {
            Some(FormError::Fields(errors)) => errors
                .iter()
                .find(|error| error.field == field)
                .map(|error| error.message),
            Some(FormError::Submission(_) | FormError::Offline) | None => None,
        });
        error.flatten()
    }

    /// True while the form is being submitted. Tracks it.
    pub fn is_submitting(self) -> bool {
        self.submitting.try_get().unwrap_or(false)
    }

    /// True if the form can be submitted: it is neither being submitted nor blocked.
    pub fn can_submit(self) -> bool {
        self.submitting.try_get_untracked() == Some(false) && !self.blocked.is_running()
    }

    /// Time for which it is blocked.
    pub fn blocked(self) -> Timer {
        self.blocked
    }

    /// True while submitting has no effect. Tracks it.
    pub fn is_blocked(self) -> bool {
        self.is_submitting() || self.blocked.has_time_left()
    }

    /// Blocks the form for some seconds of wall-clock time: a device that was asleep continues with what is
    /// left. The error is cleared at the end.
    pub fn block_for(self, seconds: u32) {
        self.block_since(Moment::now(), seconds);
    }

    /// Blocks the form for what is left of some seconds since a moment.
    pub fn block_since(self, since: Moment, seconds: u32) {
        self.blocked
            .start_at(since, seconds, move || self.set_error(None));
    }

    /// Clears the offline error.
    pub fn clear_offline(self) {
        if let Some(Some(FormError::Offline)) = self.error.try_get_untracked() {
            self.set_error(None);
        }
    }

    /// Clears the error at a field that is no longer shown.
    pub fn clear_field(self, field: &'static str) {
        let _ = self.error.try_update(|error| {
            if let Some(FormError::Fields(errors)) = error {
                errors.retain(|error| error.field != field);
                if errors.is_empty() {
                    *error = None;
                }
            }
        });
    }

    /// Marks the form as being submitted; `false` if it is already.
    #[must_use]
    pub fn begin_submit(self) -> bool {
        self.submitting
            .try_update(|submitting| !std::mem::replace(submitting, true))
            .unwrap_or(false)
    }

    /// Marks the submission as finished; `false` if the page is left.
    #[must_use]
    pub fn end_submit(self) -> bool {
        self.submitting.try_set(false).is_none()
    }

    /// Sets the error, or clears it with `None`. An error before it is cleared first, and rendered so: screen
    /// readers do not announce the same text twice.
    pub fn set_error(self, error: Option<FormError>) {
        let had_error = self.error.try_with_untracked(Option::is_some) == Some(true);
        if error.is_some() && had_error {
            self.store(None);
            after_render(move || self.store(error));
        } else {
            self.store(error);
        }
    }

    fn store(self, error: Option<FormError>) {
        let wrong = error.is_some();
        let _ = self.error.try_set(error);
        let _ = self.announced.try_set(wrong);
    }
}

impl Default for Form {
    fn default() -> Self {
        Self::new()
    }
}

//! The state of a form: what is wrong with it, and whether it is on its way.

use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;

use super::after_render::after_render;
use crate::i18n::Message;

/// What stands in the way of a field.
#[derive(Debug, Clone, Copy)]
pub struct FieldError {
    /// The field's element id.
    pub field: &'static str,
    /// What to do about it; the same words in the summary and at the field.
    pub message: Message,
}

/// What is wrong.
#[derive(Debug, Clone)]
pub enum FormError {
    /// The form was not sent.
    Fields(Vec<FieldError>),
    /// It was sent, and nothing came of it.
    Submission(Message),
    /// It was not sent, since there is no network. Over when there is.
    Offline,
}

/// A form's state. After the page is gone every call on it does nothing, so that an answer that
/// comes late finds nobody rather than a panic.
#[derive(Clone, Copy)]
pub struct Form {
    error: RwSignal<Option<FormError>>,
    /// Whether what was told last is that something is wrong.
    announced: RwSignal<bool>,
    submitting: RwSignal<bool>,
    wait: RwSignal<Option<usize>>,
}

impl Form {
    /// A form at rest.
    pub fn new() -> Self {
        Self {
            error: RwSignal::new(None),
            announced: RwSignal::new(false),
            submitting: RwSignal::new(false),
            wait: RwSignal::new(None),
        }
    }

    /// Whether something is wrong; follows changes.
    pub fn has_error(self) -> bool {
        self.error.try_with(Option::is_some).unwrap_or(false)
    }

    /// Whether something is wrong; follows what is told, each time, and not what is taken back: who
    /// mends one of two things is left where they are.
    pub fn is_announced(self) -> bool {
        self.announced.try_get().unwrap_or(false)
    }

    /// What is wrong with it as a whole; follows changes.
    pub fn form_error(self) -> Option<Message> {
        let form_error = self.error.try_with(|error| match error {
            Some(FormError::Submission(message)) => Some(*message),
            Some(FormError::Offline) => Some(Message::Plain(|m| m.offline)),
            Some(FormError::Fields(_)) | None => None,
        });
        form_error.flatten()
    }

    /// What is wrong with one field; follows changes.
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

    /// Whether it is on its way; follows changes.
    pub fn is_submitting(self) -> bool {
        self.submitting.try_get().unwrap_or(false)
    }

    /// Whether it can be sent now: it is not on its way, and nobody has to wait.
    pub fn can_submit(self) -> bool {
        self.submitting.try_get_untracked() == Some(false)
            && matches!(self.wait.try_get_untracked(), Some(None | Some(0)))
    }

    /// For how many seconds it is held back yet, if it ever was; follows changes.
    pub fn blocked_for(self) -> Option<usize> {
        self.wait.try_get().flatten()
    }

    /// For how many seconds it cannot be sent; follows changes.
    pub fn seconds_left(self) -> usize {
        self.blocked_for().unwrap_or(0)
    }

    /// Whether a press would not send it: it is on its way, or has to wait; follows changes.
    pub fn is_blocked(self) -> bool {
        self.is_submitting() || self.seconds_left() > 0
    }

    /// Holds the form back for so long, by the clock on the wall: a device that slept wakes up to
    /// what is left. What was wrong is over with the wait.
    pub fn block_for(self, seconds: u32) {
        self.count_down(Date::now() + f64::from(seconds) * 1000.0);
    }

    fn count_down(self, until: f64) {
        let left = ((until - Date::now()) / 1000.0).ceil().max(0.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most what a u32 was"
        )]
        let left = left as usize;
        let gone = self.wait.try_set(Some(left)).is_some();
        if left == 0 {
            self.set_error(None);
        } else if !gone {
            set_timeout(move || self.count_down(until), Duration::from_secs(1));
        }
    }

    /// There is a network again.
    pub fn clear_offline(self) {
        if let Some(Some(FormError::Offline)) = self.error.try_get_untracked() {
            self.set_error(None);
        }
    }

    /// Takes back what was wrong with one field, which is asked for no more.
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

    /// Takes the form for sending. `false` if it is on its way already.
    #[must_use]
    pub fn begin_submit(self) -> bool {
        self.submitting
            .try_update(|submitting| !std::mem::replace(submitting, true))
            .unwrap_or(false)
    }

    /// The call is over. `false` if the page is gone, and nobody waits for the outcome.
    #[must_use]
    pub fn end_submit(self) -> bool {
        self.submitting.try_set(false).is_none()
    }

    /// Says what is wrong; `None` takes it back. Where something was wrong before, that is taken back
    /// first and for a moment: the same words once more would be no announced to a screen reader.
    pub fn set_error(self, error: Option<FormError>) {
        let again = self.error.try_with_untracked(Option::is_some) == Some(true);
        if error.is_some() && again {
            self.put(None);
            after_render(move || self.put(error));
        } else {
            self.put(error);
        }
    }

    fn put(self, error: Option<FormError>) {
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

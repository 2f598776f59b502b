//! The state of a form: what is wrong with it, and whether it is on its way.

use leptos::prelude::*;

use crate::i18n::Message;

/// What stands in the way of a field.
#[derive(Debug, Clone, Copy)]
pub struct FieldProblem {
    /// The field's element id.
    pub field: &'static str,
    /// What to do about it; the same words in the summary and at the field.
    pub message: Message,
}

/// What is wrong.
#[derive(Debug, Clone)]
pub enum Alert {
    /// The form was not sent.
    Fields(Vec<FieldProblem>),
    /// It was sent, and nothing came of it.
    Call(Message),
}

/// A form's state. After the page is gone every call on it does nothing, so that an answer that
/// comes late finds nobody rather than a panic.
#[derive(Clone, Copy)]
pub struct Form {
    alert: RwSignal<Option<Alert>>,
    busy: RwSignal<bool>,
}

impl Form {
    /// A form at rest.
    pub fn new() -> Self {
        Self {
            alert: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// What is wrong with it; follows changes.
    pub fn alert(self) -> Option<Alert> {
        self.alert.try_get().flatten()
    }

    /// Whether something is wrong; follows changes.
    pub fn has_alert(self) -> bool {
        self.alert.try_with(Option::is_some).unwrap_or(false)
    }

    /// What is wrong with one field; follows changes.
    pub fn problem_of(self, field: &'static str) -> Option<Message> {
        let problem = self.alert.try_with(|alert| match alert {
            Some(Alert::Fields(problems)) => problems
                .iter()
                .find(|problem| problem.field == field)
                .map(|problem| problem.message),
            Some(Alert::Call(_)) | None => None,
        });
        problem.flatten()
    }

    /// Whether it is on its way; follows changes.
    pub fn is_busy(self) -> bool {
        self.busy.try_get().unwrap_or(false)
    }

    /// Whether it is on its way, asked once.
    pub fn is_busy_now(self) -> bool {
        self.busy.try_get_untracked().unwrap_or(true)
    }

    /// Takes back what was wrong with one field, which is asked for no more.
    pub fn forget(self, field: &'static str) {
        let _ = self.alert.try_update(|alert| {
            if let Some(Alert::Fields(problems)) = alert {
                problems.retain(|problem| problem.field != field);
                if problems.is_empty() {
                    *alert = None;
                }
            }
        });
    }

    /// Takes the form for sending. `false` if it is on its way already.
    #[must_use]
    pub fn start(self) -> bool {
        self.busy
            .try_update(|busy| !std::mem::replace(busy, true))
            .unwrap_or(false)
    }

    /// The call is over. `false` if the page is gone, and nobody waits for the outcome.
    #[must_use]
    pub fn finish(self) -> bool {
        self.busy.try_set(false).is_none()
    }

    /// Says what is wrong; `None` takes it back.
    pub fn tell(self, alert: Option<Alert>) {
        let _ = self.alert.try_set(alert);
    }
}

impl Default for Form {
    fn default() -> Self {
        Self::new()
    }
}

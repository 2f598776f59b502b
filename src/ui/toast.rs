//! A short message about a completed action, visible and announced.

use std::time::Duration;

use leptos::prelude::*;

use super::live_region::LiveRegion;
use crate::i18n::{Locale, MessageKey};

/// A message, or none. After the page is left its methods do nothing.
#[derive(Clone, Copy)]
pub struct Toast {
    shown: RwSignal<Option<MessageKey>>,
    // The number of the message, so that a timer hides no later one than its own; and the signal that is true for as
    // long as it is shown.
    turn: StoredValue<(u32, Option<RwSignal<bool>>)>,
}

impl Toast {
    /// No message.
    #[allow(clippy::new_without_default, reason = "a signal is made on purpose")]
    pub fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            turn: StoredValue::new((0, None)),
        }
    }

    /// Shows a message. To announce the same one again, [`Toast::hide`] it first.
    pub fn show(self, key: MessageKey) {
        self.store(Some(key));
    }

    /// Shows a message for some time; `mark` is true for as long as it is shown.
    pub fn show_for(self, key: MessageKey, duration: Duration, mark: Option<RwSignal<bool>>) {
        self.store(Some(key));
        let turn = self.turn.try_update_value(|(turn, current)| {
            *current = mark;
            *turn
        });
        if let Some(mark) = mark {
            let _ = mark.try_set(true);
        }
        set_timeout(
            move || {
                if self.turn.try_with_value(|(turn, _)| *turn) == turn {
                    self.hide();
                }
            },
            duration,
        );
    }

    /// Hides the message.
    pub fn hide(self) {
        self.store(None);
    }

    fn store(self, shown: Option<MessageKey>) {
        let mark = self.turn.try_update_value(|(turn, mark)| {
            *turn = turn.wrapping_add(1);
            mark.take()
        });
        if let Some(mark) = mark.flatten() {
            let _ = mark.try_set(false);
        }
        let _ = self.shown.try_set(shown);
    }
}

/// The live region of the toast, over the foot of the window: nothing moves.
#[component]
pub fn ToastRegion(locale: Locale, toast: Toast) -> impl IntoView {
    let text = Signal::derive(move || {
        let shown = toast.shown.get();
        shown.map_or_else(String::new, |key| locale.get(key).to_owned())
    });
    view! { <LiveRegion class="toast" text/> }
}

//! A word about what has just been done, for eyes and for screen readers.

use std::time::Duration;

use leptos::prelude::*;

use super::status::Status;
use crate::i18n::{Locale, MessageKey};

/// What there is to say, if anything. It outlives no page: whoever waits for something before
/// speaking may find that nobody is listening any more, and that is fine.
#[derive(Clone, Copy)]
pub struct Toast {
    shown: RwSignal<Option<MessageKey>>,
    /// Counts what was shown, so that what is to be taken back in time can be told from what was shown
    /// since.
    turn: StoredValue<u32>,
}

impl Toast {
    /// Nothing to say yet.
    #[allow(clippy::new_without_default, reason = "a signal is made on purpose")]
    pub fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            turn: StoredValue::new(0),
        }
    }

    /// Says it. To say the same once more, [`Toast::hush`] first: only a change is spoken.
    pub fn show(self, messages: MessageKey) {
        self.put(Some(messages));
    }

    /// Says it for a while. What is shown next has a while of its own.
    pub fn show_for(self, messages: MessageKey, duration: Duration) {
        self.put(Some(messages));
        let turn = self.turn.try_get_value();
        set_timeout(
            move || {
                if self.turn.try_get_value() == turn {
                    self.hide();
                }
            },
            duration,
        );
    }

    /// Takes back what was shown.
    pub fn hide(self) {
        self.put(None);
    }

    fn put(self, shown: Option<MessageKey>) {
        let _ = self
            .turn
            .try_update_value(|turn| *turn = turn.wrapping_add(1));
        let _ = self.shown.try_set(shown);
    }
}

/// Where it is shown: over the foot of the window, so that nothing moves.
#[component]
pub fn ToastRegion(locale: Locale, toast: Toast) -> impl IntoView {
    let text = Signal::derive(move || {
        let shown = toast.shown.get();
        shown.map_or_else(String::new, |key| locale.get(key).to_owned())
    });
    view! { <Status class="shown" text/> }
}

//! A word about what has just been done, for eyes and for screen readers.

use std::time::Duration;

use leptos::prelude::*;

use super::status::Status;
use crate::i18n::{Language, Pick};

/// What there is to say, if anything. It outlives no page: whoever waits for something before
/// speaking may find that nobody is listening any more, and that is fine.
#[derive(Clone, Copy)]
pub struct Notice {
    said: RwSignal<Option<Pick>>,
    /// Counts what was said, so that what is to be taken back in time can be told from what was said
    /// since.
    turn: StoredValue<u32>,
}

impl Notice {
    /// Nothing to say yet.
    #[allow(clippy::new_without_default, reason = "a signal is made on purpose")]
    pub fn new() -> Self {
        Self {
            said: RwSignal::new(None),
            turn: StoredValue::new(0),
        }
    }

    /// Says it. To say the same once more, [`Notice::hush`] first: only a change is spoken.
    pub fn say(self, words: Pick) {
        self.put(Some(words));
    }

    /// Says it for a while. What is said next has a while of its own.
    pub fn say_for(self, words: Pick, duration: Duration) {
        self.put(Some(words));
        let turn = self.turn.try_get_value();
        set_timeout(
            move || {
                if self.turn.try_get_value() == turn {
                    self.hush();
                }
            },
            duration,
        );
    }

    /// Takes back what was said.
    pub fn hush(self) {
        self.put(None);
    }

    fn put(self, said: Option<Pick>) {
        let _ = self
            .turn
            .try_update_value(|turn| *turn = turn.wrapping_add(1));
        let _ = self.said.try_set(said);
    }
}

/// Where it is said: over the foot of the window, so that nothing moves.
#[component]
pub fn NoticeLine(lang: Language, notice: Notice) -> impl IntoView {
    let text = Signal::derive(move || {
        let said = notice.said.get();
        said.map_or_else(String::new, |pick| lang.say(pick).to_owned())
    });
    view! { <Status class="said" text/> }
}

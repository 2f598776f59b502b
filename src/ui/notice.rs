//! A word about what has just been done, for eyes and for screen readers.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use crate::{
    dynamic::{flag, text},
    i18n::{Language, Pick},
};

/// What there is to say, if anything. It outlives no page: whoever waits for something before
/// speaking may find that nobody is listening any more, and that is fine.
#[derive(Clone, Copy)]
pub struct Notice {
    said: RwSignal<Option<Pick>>,
    /// What takes it back in time.
    end: StoredValue<Option<TimeoutHandle>>,
}

impl Notice {
    /// Nothing to say yet.
    #[allow(clippy::new_without_default, reason = "a signal is made on purpose")]
    pub fn new() -> Self {
        Self {
            said: RwSignal::new(None),
            end: StoredValue::new(None),
        }
    }

    /// Says it. To say the same once more, [`Notice::hush`] first: only a change is spoken.
    pub fn say(self, words: Pick) {
        self.put(Some(words));
    }

    /// Says it for a while. What is said next has a while of its own.
    pub fn say_for(self, words: Pick, while_: Duration) {
        self.put(Some(words));
        let end = set_timeout_with_handle(move || self.hush(), while_);
        let _ = self.end.try_set_value(end.ok());
    }

    /// Takes back what was said.
    pub fn hush(self) {
        self.put(None);
    }

    fn put(self, said: Option<Pick>) {
        if let Some(Some(end)) = self.end.try_update_value(Option::take) {
            end.clear();
        }
        let _ = self.said.try_set(said);
    }
}

/// Where it is said: over the foot of the window, so that nothing moves.
#[component]
pub fn NoticeLine(lang: Language, notice: Notice) -> impl IntoView {
    view! {
        <p class="said" role="status" data-shown=flag(move || notice.said.get().is_some())>
            {text(move || notice.said.get().map_or("", |pick| pick(lang.words())))}
        </p>
    }
}

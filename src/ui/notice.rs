//! A word about what has just been done, for eyes and for screen readers.

use leptos::prelude::*;

use crate::{
    dynamic::{flag, text},
    i18n::{Language, Pick},
};

/// What there is to say, if anything. It outlives no page: whoever waits for something before
/// speaking may find that nobody is listening any more, and that is fine.
#[derive(Clone, Copy)]
pub struct Notice(RwSignal<Option<Pick>>);

impl Notice {
    /// Nothing to say yet.
    #[allow(clippy::new_without_default, reason = "a signal is made on purpose")]
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Says it. To say the same once more, [`Notice::hush`] first: only a change is spoken.
    pub fn say(self, words: Pick) {
        let _ = self.0.try_set(Some(words));
    }

    /// Takes back what was said.
    pub fn hush(self) {
        let _ = self.0.try_set(None);
    }
}

/// Where it is said: over the foot of the window, so that nothing moves.
#[component]
pub fn NoticeLine(lang: Language, notice: Notice) -> impl IntoView {
    view! {
        <p class="said" role="status" data-shown=flag(move || notice.0.get().is_some())>
            {text(move || notice.0.get().map_or("", |pick| pick(lang.words())))}
        </p>
    }
}

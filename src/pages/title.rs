//! The title of the document: heading and brand.

use ::config::Config;
use leptos::prelude::*;

use crate::{
    i18n::{MessageKey, Messages},
    state::AppState,
};

/// Keeps the document's title at `heading – brand`, with "Error: " before it while there is one.
pub(super) fn title(
    state: &'static AppState,
    heading: MessageKey,
    trouble: impl Fn() -> bool + 'static,
) {
    Effect::new(move || {
        let messages = state.locale.messages();
        let prefix = if trouble() { messages.title_error } else { "" };
        document().set_title(&[prefix, &title_of(state.config, messages, heading)].concat());
    });
}

/// `heading – brand`: the title of a page that nothing is wrong with.
pub fn title_of(config: &Config, messages: &'static Messages, heading: MessageKey) -> String {
    [
        heading(messages),
        " – ",
        config.brand.name_in(messages.code),
    ]
    .concat()
}

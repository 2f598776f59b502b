//! The title of the document.

use ::config::Config;
use leptos::prelude::*;

use crate::{
    i18n::{MessageKey, Messages},
    state::AppState,
    ui::Form,
};

/// Keeps the title at `heading – brand`, with "Error: " before it while the page's form has an error.
pub(super) fn set_title(state: &'static AppState, heading: MessageKey, form: Option<Form>) {
    Effect::new(move || {
        let messages = state.locale.messages();
        let prefix = if form.is_some_and(Form::has_error) {
            messages.title_error
        } else {
            ""
        };
        document().set_title(&[prefix, &title_of(state.config, messages, heading)].concat());
    });
}

/// `heading – brand`.
pub fn title_of(config: &Config, messages: &'static Messages, heading: MessageKey) -> String {
    [
        heading(messages),
        " – ",
        config.brand.name_in(messages.code),
    ]
    .concat()
}

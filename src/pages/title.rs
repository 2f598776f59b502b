//! The title of the document: heading and brand.

use ::config::Config;
use leptos::prelude::*;

use crate::{
    i18n::{Pick, Words},
    state::Portal,
};

/// Keeps the document's title at `heading – brand`, with "Error: " before it while there is one.
pub(super) fn title(portal: &'static Portal, heading: Pick, trouble: impl Fn() -> bool + 'static) {
    Effect::new(move || {
        let words = portal.lang.words();
        let prefix = if trouble() { words.title_error } else { "" };
        document().set_title(&[prefix, &title_of(portal.config, words, heading)].concat());
    });
}

/// `heading – brand`: the title of a page that nothing is wrong with.
pub fn title_of(config: &Config, words: &'static Words, heading: Pick) -> String {
    [heading(words), " – ", config.brand.name_in(words.code)].concat()
}
